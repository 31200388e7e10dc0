/** The page of one call: what is known of it, its timeline, and the way to end it. */

import { announce } from './announce.js';
import { act, call as fetchCall, Unauthorized } from './api.js';
import { confirm } from './confirm.js';
import { byId, element, setText } from './elements.js';
import { age, clock, seconds, words } from './format.js';
import { now } from './state.js';
import { draw, spans } from './timeline.js';

const LIVE_EVERY_MS = 2000;
/** The end of a call is written a little after it: looked for a few times more. */
const AFTER_END = 3;

const shown = { callSid: null, answer: null, drawn: '', zoom: 1, timer: 0, looksLeft: AFTER_END };
let onUnauthorized = () => {};

export function startCall(whenUnauthorized) {
  onUnauthorized = whenUnauthorized;
  byId('hang-up').addEventListener('click', hangUp);
  byId('zoom-in').addEventListener('click', () => zoom(2));
  byId('zoom-out').addEventListener('click', () => zoom(0.5));
  new ResizeObserver(() => redraw()).observe(byId('timeline-card'));
  zoom(1);
}

export function openCall(callSid) {
  closeCall();
  Object.assign(shown, { callSid, answer: null, drawn: '', looksLeft: AFTER_END });
  setText(byId('call-title'), `Call ${callSid}`);
  byId('call-facts').replaceChildren();
  byId('timeline-card').hidden = true;
  byId('moments-card').hidden = true;
  byId('spans-card').hidden = true;
  byId('hang-up').hidden = true;
  message('Loading…');
  byId('call-title').focus();
  look(callSid);
}

export function closeCall() {
  clearTimeout(shown.timer);
  shown.callSid = null;
}

async function look(callSid) {
  const sinceMs = performance.now();
  try {
    const answer = await fetchCall(callSid);
    if (shown.callSid === callSid) {
      show(answer);
    }
  } catch (error) {
    if (error instanceof Unauthorized) {
      onUnauthorized();
      return;
    }
    if (shown.callSid === callSid) {
      message(`The call cannot be shown: ${error.message}. Trying again.`);
    }
  }
  if (shown.callSid === callSid && (isLive() || shown.looksLeft-- > 0)) {
    const tookMs = performance.now() - sinceMs; // a long journal takes long to read: not more than a fifth of the time
    shown.timer = setTimeout(() => look(callSid), Math.max(LIVE_EVERY_MS, 4 * tookMs));
  }
}

function isLive() {
  return Boolean(shown.answer?.call?.state);
}

function show(answer) {
  const wasLive = isLive();
  shown.answer = answer;
  byId('hang-up').hidden = !isLive();
  if (wasLive && !isLive()) {
    shown.looksLeft = AFTER_END;
    announce(`Call ${shown.callSid} has ended.`);
  }
  if (answer === null) {
    message('This call is not live, and nothing of it is remembered.');
    return;
  }
  message(answer.timeline ? '' : 'There is no timeline: the journal is off, or has nothing of this call yet.');
  showFacts(answer);
  showTimeline(answer.timeline);
}

function message(text) {
  setText(byId('call-message'), text);
  byId('call-message').hidden = text === '';
}

function showFacts({ call, timeline }) {
  const end = timeline?.end;
  const reason = call?.reason ?? end?.reason;
  const facts = [
    ['State', call?.state ? `${words(call.state)}, ${words(call.turn)}` : 'ended'],
    ['Age', call?.opened_at && call.state ? age((now() - Date.parse(call.opened_at)) / 1000) : null],
    ['Lasted', call?.duration_ms ? seconds(call.duration_ms) : timeline && !timeline.live ? seconds(timeline.duration_ms) : null],
    ['Opened', call?.opened_at ?? timeline?.opened_at ? clock(call?.opened_at ?? timeline.opened_at) : null],
    ['Lane', call?.lane ?? timeline?.lane],
    ['Agent', call?.agent ?? timeline?.agent],
    ['Reason', reason ? words(reason) : null],
    ['Via', end?.via],
    ['Drain', end?.drain],
    ['Last condition to hold', end?.last_condition ? words(end.last_condition) : null],
    ['Taken by the carrier', end?.confirmed_ms ? seconds(end.confirmed_ms) : null],
    ['What is in the way', end?.why_not],
    ['Journal', timeline && timeline.complete === false ? 'incomplete: part of this call was not written' : null],
  ].filter(([, value]) => value);
  const list = byId('call-facts');
  if (list.children.length !== facts.length) {
    list.replaceChildren(...facts.map(() => element('div', {}, element('dt'), element('dd'))));
  }
  facts.forEach(([name, value], index) => {
    const [term, description] = list.children[index].children;
    setText(term, name);
    setText(description, String(value));
  });
}

function showTimeline(timeline) {
  byId('timeline-card').hidden = !timeline;
  byId('moments-card').hidden = !timeline;
  byId('spans-card').hidden = !timeline;
  const text = JSON.stringify(timeline);
  if (timeline && text !== shown.drawn) {
    shown.drawn = text;
    redraw();
    fill(byId('moments').tBodies[0], timeline.moments.map(momentCells), ['number', 'muted', '', 'number', '']);
    fill(byId('spans').tBodies[0], spans(timeline).map(spanCells), ['muted', '', 'number', 'number']);
  }
}

function redraw() {
  const timeline = shown.answer?.timeline;
  const place = byId('timeline');
  if (timeline && place.clientWidth > 0) {
    const left = place.scrollLeft;
    place.replaceChildren(...draw(timeline, place.clientWidth, shown.zoom));
    place.scrollLeft = left;
  }
}

function zoom(by) {
  shown.zoom = Math.min(32, Math.max(1, shown.zoom * by));
  byId('zoom-out').disabled = shown.zoom === 1;
  byId('zoom-in').disabled = shown.zoom === 32;
  redraw();
}

function momentCells(moment) {
  const response = moment.response ? String(moment.response) : '';
  return [seconds(moment.ms), moment.kind, words(moment.name), response, moment.text ?? ''];
}

function spanCells(span) {
  return [span.label, span.said, seconds(span.from), span.to === null ? '' : seconds(span.to)];
}

/** Rows that are there stay, and whoever reads one keeps the place while the call goes on. */
function fill(body, rows, classes) {
  while (body.rows.length > rows.length) {
    body.lastElementChild.remove();
  }
  while (body.rows.length < rows.length) {
    body.append(element('tr', {}, ...classes.map((className) => element('td', { className }))));
  }
  rows.forEach((texts, index) => texts.forEach((text, cell) => setText(body.rows[index].cells[cell], text)));
}

async function hangUp() {
  const { callSid } = shown;
  const how = await confirm({
    title: 'Hang up this call?',
    text: `Call ${callSid}. The caller cannot be called back from here.`,
    action: 'Hang up',
    choices: true,
  });
  if (how === null) {
    return;
  }
  try {
    await act(`/api/calls/${encodeURIComponent(callSid)}/hangup`, { polite: how === 'polite' });
    announce(how === 'polite' ? 'The goodbye is on its way; then the call is hung up.' : 'The call is being hung up.');
  } catch (error) {
    if (error instanceof Unauthorized) {
      onUnauthorized();
      return;
    }
    message(`Not hung up: ${error.message}.`);
  }
  if (shown.callSid === callSid) {
    byId('call-title').focus();
    clearTimeout(shown.timer);
    look(callSid);
  }
}
