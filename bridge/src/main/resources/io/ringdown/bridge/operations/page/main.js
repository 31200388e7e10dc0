/** Puts the page together: which part is shown, and what each event changes. */

import { announce, mention } from './announce.js';
import { act, forgetToken, rememberToken, request, Unauthorized } from './api.js';
import { closeCall, openCall, startCall } from './call.js';
import { focusCall, showCalls, startCalls } from './calls.js';
import { confirm } from './confirm.js';
import { byId, setText } from './elements.js';
import { showEnded } from './ended.js';
import { listen } from './events.js';
import { count } from './format.js';
import { addToPlots, redrawPlots, showLanes, startLanes } from './lanes.js';
import { apply, state } from './state.js';
import { startTheme } from './theme.js';

const CALL = /^#\/calls\/([A-Za-z0-9._-]+)$/;
let signedOut = false;
let connection = 'connecting';
let callSid = null;

function route() {
  const before = callSid;
  callSid = CALL.exec(location.hash)?.[1] ?? null;
  byId('sign-in').hidden = !signedOut;
  byId('overview').hidden = signedOut || callSid !== null;
  byId('call').hidden = signedOut || callSid === null;
  document.title = callSid ? `${callSid} – Ringdown` : 'Ringdown';
  if (signedOut) {
    closeCall();
    byId('token').focus();
  } else if (callSid) {
    openCall(callSid);
  } else {
    closeCall();
    show();
    redrawPlots();
    if (before) {
      focusCall(before);
    }
  }
}

/** All that changes with the time; what nobody looks at is left as it is. */
function show() {
  if (document.hidden || signedOut) {
    return;
  }
  showFigures();
  if (callSid === null) {
    showCalls();
    showLanes();
    showEnded();
  }
}

function showFigures() {
  setText(byId('figure-live'), state.loaded ? count(state.live) : '–');
  setText(byId('figure-capacity'), state.loaded ? count(state.capacity) : '–');
  setText(byId('figure-lanes'), state.loaded ? count(state.lanes.length) : '–');
  byId('drain').disabled = !state.loaded || state.draining;
  setText(byId('drain'), state.draining ? 'Draining' : 'Drain…');
  const banner = byId('banner');
  banner.hidden = !state.draining;
  setText(banner, state.draining ? drainText() : '');
}

function drainText() {
  if (state.live === 0) {
    return 'Draining: no new calls are taken, and none is left.';
  }
  const text = `Draining: no new calls are taken, ${count(state.live)} still live`;
  switch (state.drain?.stage) {
    case 'finishing': return `${text}. They may finish for ${Math.ceil(state.drain.ms_to_limit / 1000)} s more.`;
    case 'farewell': return `${text}. They are told goodbye.`;
    case 'ending': return `${text}. They are being hung up.`;
    default: return `${text}.`;
  }
}

function onConnection(now) {
  if (now === connection) {
    return;
  }
  connection = now;
  byId('connection').dataset.state = now;
  document.body.classList.toggle('stale', now === 'lost');
  setText(byId('connection'), { live: 'Live', lost: 'Disconnected, trying again. What is shown is old.', refused: 'Signed out' }[now]);
  announce({ live: 'Connected.', lost: 'The connection to the server is lost.', refused: 'Sign in to go on.' }[now]);
  if (now === 'refused') {
    signOut();
  }
}

function onEvent(name, data) {
  const liveBefore = state.live;
  apply(name, data);
  if (name !== 'ended') {
    addToPlots();
  }
  show();
  if (state.live !== liveBefore) {
    mention(state.draining ? drainText() : state.live === 1 ? 'One call is live.' : `${count(state.live)} calls are live.`);
  }
}

function signOut() {
  forgetToken();
  signedOut = true;
  route();
}

function startSignIn() {
  byId('sign-in-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    setText(byId('sign-in-error'), '');
    rememberToken(byId('token').value);
    try {
      await request('/api/calls');
    } catch (error) {
      forgetToken();
      setText(byId('sign-in-error'), error instanceof Unauthorized ? 'That is not the token.' : 'The server does not answer.');
      byId('token').select();
      return;
    }
    byId('token').value = '';
    signedOut = false;
    route();
    byId('calls-title').focus();
    start();
  });
}

async function drain() {
  const confirmed = await confirm({
    title: 'Drain this server?',
    text: `It takes no new calls from then on, and there is no way back. The ${count(state.live)} live ones may finish up to the limit,`
      + ' then they are told goodbye. The process runs on until it is stopped.',
    action: 'Drain',
    choices: false,
  });
  if (confirmed === null) {
    return;
  }
  try {
    await act('/api/drain', {});
    state.draining = true;
    announce('Draining.');
    show();
  } catch (error) {
    if (error instanceof Unauthorized) {
      signOut();
    } else {
      announce(`Not draining: ${error.message}.`);
    }
  }
}

function start() {
  connection = 'connecting';
  listen({ event: onEvent, state: onConnection });
}

startLanes();
startCalls();
startCall(signOut);
startSignIn();
startTheme(redrawPlots);
byId('drain').addEventListener('click', drain);
byId('skip').addEventListener('click', (event) => {
  event.preventDefault();
  (callSid ? byId('call-title') : byId('calls-title')).focus();
});
addEventListener('hashchange', route);
document.addEventListener('visibilitychange', show);
route();
start();
