/** The lanes: a row of figures for each, and three plots of the last five minutes. */

import { byId, element, setText } from './elements.js';
import { ms, share } from './format.js';
import { Plot } from './plot.js';
import { now, state } from './state.js';

const body = byId('lanes').tBodies[0];
let plots = null;

export function startLanes() {
  plots = {
    load: new Plot(byId('plot-load'), share, 1, [
      { label: 'busiest lane', color: '--series-1' },
      { label: 'mean of lanes', color: '--series-2', dash: [6, 4] },
    ]),
    latency: new Plot(byId('plot-latency'), ms, 10, [
      { label: 'uplink p50', color: '--series-1', dash: [6, 4] },
      { label: 'uplink p99', color: '--series-1' },
      { label: 'downlink p50', color: '--series-2', dash: [6, 4] },
      { label: 'downlink p99', color: '--series-2' },
    ]),
    deadAir: new Plot(byId('plot-dead-air'), ms, 50, [
      { label: 'p50', color: '--series-1' },
      { label: 'p90', color: '--series-2', dash: [6, 4] },
      { label: 'p99', color: '--series-3', dash: [2, 3] },
    ]),
  };
}

/** One more second. Of several lanes the worst is drawn: a mean would hide it. */
export function addToPlots() {
  const at = now() / 1000;
  plots.load.add(at, [worst((lane) => lane.busy_share), mean(state.lanes.map((lane) => lane.busy_share))]);
  plots.latency.add(at, [
    worst((lane) => measured(lane.uplink)?.p50_ms),
    worst((lane) => measured(lane.uplink)?.p99_ms),
    worst((lane) => measured(lane.downlink)?.p50_ms),
    worst((lane) => measured(lane.downlink)?.p99_ms),
  ]);
  plots.deadAir.add(at, [
    worst((lane) => measured(lane.dead_air)?.p50_ms),
    worst((lane) => measured(lane.dead_air)?.p90_ms),
    worst((lane) => measured(lane.dead_air)?.p99_ms),
  ]);
}

export function redrawPlots() {
  Object.values(plots).forEach((plot) => plot.redraw());
}

/** Percentiles of nothing are no zeros. */
function measured(percentiles) {
  return percentiles && percentiles.count > 0 ? percentiles : null;
}

function worst(value) {
  const values = state.lanes.map(value).filter((one) => one !== null && one !== undefined);
  return values.length === 0 ? null : Math.max(...values);
}

function mean(values) {
  const known = values.filter((one) => one !== null && one !== undefined);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
}

export function showLanes() {
  while (body.rows.length > state.lanes.length) {
    body.lastElementChild.remove();
  }
  state.lanes.forEach((lane, index) => update(body.rows[index] ?? newRow(), lane));
}

function newRow() {
  const row = element(
    'tr',
    {},
    element('th', { scope: 'row' }),
    element('td', { className: 'number' }),
    element('td', { className: 'load' }, element('span', { className: 'bar', ariaHidden: 'true' }, element('span')), element('span')),
    element('td', { className: 'number' }),
    element('td', { className: 'number' }),
    element('td', { className: 'number' }),
    element('td', { className: 'number' }),
    element('td', {}, element('span', { className: 'badge' })),
  );
  body.append(row);
  return row;
}

function update(row, lane) {
  setText(row.cells[0], lane.lane);
  setText(row.cells[1], String(lane.calls));
  const [bar, text] = row.cells[2].children;
  bar.firstChild.style.width = `${Math.min(100, (lane.busy_share ?? 0) * 100)}%`;
  setText(text, share(lane.busy_share));
  setText(row.cells[3], ms(lane.longest_turn_ms));
  setText(row.cells[4], percentiles(lane.uplink, ['p50_ms', 'p99_ms']));
  setText(row.cells[5], percentiles(lane.downlink, ['p50_ms', 'p99_ms']));
  setText(row.cells[6], percentiles(lane.dead_air, ['p50_ms', 'p90_ms', 'p99_ms']));
  const badge = row.cells[7].firstChild;
  setText(badge, lane.answering ? 'turning' : 'does not answer');
  badge.dataset.state = lane.answering ? 'talking' : 'stopped';
}

function percentiles(values, names) {
  return measured(values) ? names.map((name) => ms(values[name])).join(' / ') : '–';
}
