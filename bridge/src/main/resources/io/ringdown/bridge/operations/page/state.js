/** What the server has told: the live calls, the lanes, the last hangups. Filled from events and from nowhere else. */

const KEPT_ENDED = 100;

export const state = {
  calls: new Map(),
  ended: [],
  lanes: [],
  live: 0,
  capacity: 0,
  draining: false,
  /** How far a drain has come, or null. */
  drain: null,
  /** How far the server's clock is ahead of ours, in ms. */
  aheadMs: 0,
  loaded: false,
};

export function now() {
  return Date.now() + state.aheadMs;
}

export function apply(name, data) {
  if (name === 'snapshot') {
    state.calls = new Map(data.calls.map((row) => [row[0], toCall(row)]));
    state.ended = data.ended.slice().reverse();
    state.loaded = true;
    applyHead(data);
  } else if (name === 'changes') {
    data.changed.forEach((row) => state.calls.set(row[0], toCall(row)));
    data.gone.forEach((callSid) => state.calls.delete(callSid));
    applyHead(data);
  } else if (name === 'ended') {
    state.ended = [...data.ended.slice().reverse(), ...state.ended].slice(0, KEPT_ENDED);
  }
}

function applyHead(data) {
  state.lanes = data.lanes;
  state.live = data.live;
  state.capacity = data.capacity;
  state.draining = data.draining;
  state.drain = data.drain;
  state.aheadMs = data.now_ms - Date.now();
}

function toCall([callSid, lane, phase, turn, openedMs, agent]) {
  return { callSid, lane, state: phase, turn, openedMs, agent };
}
