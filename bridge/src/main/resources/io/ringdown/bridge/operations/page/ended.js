/** The last hangups, newest first, and how often each reason stands among them. */

import { byId, element } from './elements.js';
import { age, clock, words } from './format.js';
import { state } from './state.js';

const SHOWN = 25;
let shown = null;

export function showEnded() {
  if (shown === state.ended) {
    return;
  }
  shown = state.ended;
  byId('ended-empty').hidden = shown.length > 0;
  byId('ended').hidden = shown.length === 0;
  byId('ended').tBodies[0].replaceChildren(...shown.slice(0, SHOWN).map(toRow));
  byId('reasons').replaceChildren(...reasons());
  byId('reasons').hidden = shown.length === 0;
}

function toRow(call) {
  return element(
    'tr',
    {},
    element('td', { textContent: clock(call.ended_at) }),
    element(
      'td',
      { className: 'sid' },
      element('a', { href: `#/calls/${encodeURIComponent(call.call_sid)}`, textContent: call.call_sid, title: call.call_sid }),
    ),
    element('td', { textContent: words(call.reason) }),
    element('td', { className: 'number', textContent: age(call.duration_ms / 1000) }),
  );
}

function reasons() {
  const counts = new Map();
  shown.forEach((call) => counts.set(call.reason, (counts.get(call.reason) ?? 0) + 1));
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([reason, times]) => element('li', {}, `${words(reason)} `, element('b', { textContent: String(times) })));
}
