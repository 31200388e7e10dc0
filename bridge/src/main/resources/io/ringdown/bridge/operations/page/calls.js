/** The table of live calls: filtered, sorted, a page at a time. Rows stay where they are while their cells change. */

import { announce } from './announce.js';
import { byId, element, setText } from './elements.js';
import { age, count, words } from './format.js';
import { now, state } from './state.js';

const PAGE_ROWS = 25;
const CALL_SID = /^ca([0-9a-f]{32})$/;

const table = byId('calls');
const body = table.tBodies[0];
const rows = new Map();
const view = { filter: '', key: 'openedMs', descending: false, page: 0 };

export function startCalls() {
  for (const header of table.querySelectorAll('th[data-key]')) {
    header.querySelector('button').addEventListener('click', () => sortBy(header.dataset.key));
  }
  byId('filter').addEventListener('input', (event) => {
    view.filter = event.target.value.trim().toLowerCase();
    view.page = 0;
    announce(matching(showCalls()));
  });
  byId('pager-before').addEventListener('click', () => turnPage(-1));
  byId('pager-next').addEventListener('click', () => turnPage(1));
  body.addEventListener('click', (event) => {
    const row = event.target.closest('tr');
    if (row && !event.target.closest('a') && !getSelection().toString()) {
      location.hash = row.querySelector('a').hash;
    }
  });
}

function sortBy(key) {
  view.descending = view.key === key && !view.descending;
  view.key = key;
  view.page = 0;
  showCalls();
}

function matching(calls) {
  return calls === 1 ? 'One call matches.' : `${count(calls)} calls match.`;
}

function turnPage(by) {
  view.page += by;
  showCalls();
  announce(byId('pager-text').textContent);
}

/** Returns how many there are, those on other pages among them. */
export function showCalls() {
  const shown = sorted([...state.calls.values()].filter(matches));
  const pages = Math.max(1, Math.ceil(shown.length / PAGE_ROWS));
  view.page = Math.min(view.page, pages - 1);
  const first = view.page * PAGE_ROWS;
  place(shown.slice(first, first + PAGE_ROWS));
  showPager(shown.length, first, pages);
  showOrder();
  const empty = byId('calls-empty');
  empty.hidden = shown.length > 0;
  setText(empty, emptyText());
  table.hidden = shown.length === 0;
  offerPast(shown.length === 0 && state.loaded ? CALL_SID.exec(view.filter) : null);
  return shown.length;
}

/** A call that is over is not in the list, and may be in the journal. */
function offerPast(asked) {
  byId('calls-over').hidden = asked === null;
  if (asked !== null) {
    const link = byId('calls-over').firstElementChild;
    link.href = `#/calls/CA${asked[1]}`;
    setText(link, 'Look for it in the journal');
  }
}

function emptyText() {
  if (!state.loaded) {
    return 'Loading…';
  }
  return state.calls.size === 0 ? 'No call is live.' : `No live call matches “${view.filter}”.`;
}

function matches(call) {
  return view.filter === ''
    || [call.callSid, call.state, call.turn, call.lane, call.agent]
      .some((value) => words(value).toLowerCase().includes(view.filter) || value.toLowerCase().includes(view.filter));
}

/** The oldest call comes first when sorted by age; calls that are alike stay in the order of their age. */
function sorted(calls) {
  const sign = view.descending ? -1 : 1;
  return calls.sort((a, b) => sign * compare(a[view.key], b[view.key])
    || a.openedMs - b.openedMs
    || compare(a.callSid, b.callSid));
}

function compare(a, b) {
  if (typeof a === 'number') {
    return a - b;
  }
  return a < b ? -1 : Number(a > b);
}

/** A row that has the focus keeps it; when its call ends, the next row has it. */
function place(calls) {
  const wanted = new Set(calls.map((call) => call.callSid));
  const focused = document.activeElement?.closest?.('#calls tbody tr');
  const ended = focused && !wanted.has(focused.dataset.callSid);
  const heir = ended ? focused.nextElementSibling ?? focused.previousElementSibling : null;
  for (const [callSid, row] of rows) {
    if (!wanted.has(callSid)) {
      row.remove();
      rows.delete(callSid);
    }
  }
  calls.forEach((call, index) => {
    const row = rows.get(call.callSid) ?? newRow(call);
    update(row, call);
    if (body.children[index] !== row) {
      body.insertBefore(row, body.children[index] ?? null);
    }
  });
  if (ended) {
    (heir?.isConnected ? heir.querySelector('a') : byId('calls-title')).focus();
  }
}

function newRow(call) {
  const link = element('a', {
    href: `#/calls/${encodeURIComponent(call.callSid)}`, textContent: call.callSid, title: call.callSid,
  });
  const row = element(
    'tr',
    {},
    element('td', { className: 'sid' }, link),
    element('td', {}, element('span', { className: 'badge' })),
    element('td', { className: 'muted medium' }),
    element('td', { className: 'number' }),
    element('td', { className: 'wide', textContent: call.lane }),
    element('td', { className: 'wide', textContent: call.agent }),
  );
  row.dataset.callSid = call.callSid;
  rows.set(call.callSid, row);
  return row;
}

function update(row, call) {
  const badge = row.cells[1].firstChild;
  setText(badge, words(call.state));
  badge.dataset.state = call.state;
  setText(row.cells[2], words(call.turn));
  setText(row.cells[3], age((now() - call.openedMs) / 1000));
}

function showPager(total, first, pages) {
  byId('pager').hidden = pages === 1;
  setText(byId('pager-text'), `${count(first + 1)} to ${count(Math.min(total, first + PAGE_ROWS))} of ${count(total)}`);
  byId('pager-before').disabled = view.page === 0;
  byId('pager-next').disabled = view.page >= pages - 1;
}

/** The ages rise when the times of opening fall. */
function showOrder() {
  for (const header of table.querySelectorAll('th[data-key]')) {
    const key = header.dataset.key;
    const rising = key === 'openedMs' ? view.descending : !view.descending;
    if (key !== view.key) {
      header.removeAttribute('aria-sort');
    } else {
      header.setAttribute('aria-sort', rising ? 'ascending' : 'descending');
    }
  }
}

/** Puts the focus on the call's row, or on the heading if it is not shown. */
export function focusCall(callSid) {
  (rows.get(callSid)?.querySelector('a') ?? byId('calls-title')).focus();
}
