/** Draws the timeline of a call: who was heard when, marks, barge-ins, and when each condition of the hangup held. */

import { svg } from './elements.js';
import { seconds, words } from './format.js';

const LABELS_WIDTH = 132;
const AXIS_HEIGHT = 22;
const VOICE_HEIGHT = 30;
const ROW_HEIGHT = 18;
const LEAST_TICK_PX = 70;
const TICKS_MS = [50, 100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000];

/**
 * The labels and the picture, to stand side by side; the labels stay while the picture is scrolled.
 *
 * @param width of both, when nothing is scrolled
 * @param zoom how many times wider the picture is drawn
 */
export function draw(timeline, width, zoom) {
  const durationMs = Math.max(1, timeline.duration_ms);
  const pictureWidth = Math.max(240, width - LABELS_WIDTH - 2) * zoom;
  const x = (ms) => (Math.min(durationMs, Math.max(0, ms)) / durationMs) * (pictureWidth - 8) + 4;
  const rows = toRows(timeline, durationMs);
  const height = rows.reduce((sum, row) => sum + row.height, AXIS_HEIGHT) + 6;
  const picture = svg('svg', {
    class: 'picture', width: pictureWidth, height, role: 'img', 'aria-label': summary(timeline),
  });
  const labels = svg('svg', { class: 'labels', width: LABELS_WIDTH, height, 'aria-hidden': 'true' });
  picture.append(...axis(durationMs, pictureWidth, height, x));
  let top = AXIS_HEIGHT;
  for (const row of rows) {
    labels.append(svg('text', { x: 4, y: top + row.height / 2 + 4 }, row.label));
    picture.append(svg('line', { class: 'rule', x1: 0, x2: pictureWidth, y1: top, y2: top }));
    row.bars.forEach((bar) => picture.append(toBar(bar, top, row.height, x)));
    top += row.height;
  }
  timeline.barge_ins.forEach((barge) => picture.append(
    upright('barge', x(barge.ms), AXIS_HEIGHT, AXIS_HEIGHT + 2 * VOICE_HEIGHT, `barge-in at ${seconds(barge.ms)}`),
  ));
  if (timeline.end && timeline.end.at_ms !== null && timeline.end.at_ms !== undefined) {
    const said = `${words(timeline.end.reason ?? 'end')} at ${seconds(timeline.end.at_ms)}`;
    picture.append(upright('end', x(timeline.end.at_ms), AXIS_HEIGHT - 6, height, said));
  }
  return [labels, picture];
}

/** What the picture draws as bars, in words and in the order of time: with the name of its row, times in ms, no end where none was. */
export function spans(timeline) {
  return toRows(timeline, timeline.duration_ms)
    .flatMap(({ label, bars }) => bars.map((bar) => ({ label, ...bar, to: bar.kind === 'mark lost' ? null : bar.to })))
    .sort((a, b) => a.from - b.from);
}

function toRows(timeline, durationMs) {
  const openTo = (span) => span.to_ms ?? durationMs;
  return [
    {
      label: 'Caller',
      height: VOICE_HEIGHT,
      bars: timeline.caller_speech.map((span) => ({ kind: 'caller', from: span.from_ms, to: openTo(span), said: 'caller speaks' })),
    },
    {
      label: 'Model',
      height: VOICE_HEIGHT,
      bars: timeline.model_audio.map((span) => ({
        kind: span.cut ? 'model cut' : 'model',
        from: span.from_ms,
        to: openTo(span),
        said: `response ${span.response} is heard${span.cut ? ', cut by a barge-in' : ''}`,
      })),
    },
    {
      label: 'Marks',
      height: ROW_HEIGHT,
      bars: timeline.marks.map((mark) => ({
        kind: mark.echoed_ms === null ? 'mark lost' : 'mark',
        from: mark.sent_ms,
        to: mark.echoed_ms ?? durationMs,
        said: `mark ${mark.name}${mark.echoed_ms === null ? ', not echoed' : ''}`,
      })),
    },
    ...timeline.conditions.map((condition) => ({
      label: words(condition.name),
      height: ROW_HEIGHT,
      bars: condition.spans.map((span) => ({
        kind: timeline.end?.last_condition === condition.name ? 'condition last' : 'condition',
        from: span.from_ms,
        to: openTo(span),
        said: `${words(condition.name)} holds`,
      })),
    })),
  ];
}

function toBar(bar, top, height, x) {
  const inset = height > ROW_HEIGHT ? 6 : 5;
  const title = svg('title', {}, `${bar.said}, ${seconds(bar.from)} to ${seconds(bar.to)}`);
  return svg('rect', {
    class: bar.kind,
    x: x(bar.from),
    y: top + inset,
    width: Math.max(2, x(bar.to) - x(bar.from)),
    height: height - 2 * inset,
    rx: 2,
  }, title);
}

function upright(kind, x, y1, y2, said) {
  return svg('line', { class: kind, x1: x, x2: x, y1, y2 }, svg('title', {}, said));
}

function axis(durationMs, width, height, x) {
  const perTick = (durationMs / width) * LEAST_TICK_PX;
  const step = TICKS_MS.find((ms) => ms >= perTick) ?? Math.ceil(perTick / 600000) * 600000;
  const drawn = [];
  for (let ms = 0; ms <= durationMs; ms += step) {
    const last = x(ms) > width - 40;
    drawn.push(svg('line', { class: 'tick', x1: x(ms), x2: x(ms), y1: AXIS_HEIGHT - 4, y2: height }));
    drawn.push(svg('text', { class: 'time', x: x(ms), y: 12, 'text-anchor': ms === 0 ? 'start' : last ? 'end' : 'middle' }, tickText(ms, step)));
  }
  return drawn;
}

function tickText(ms, step) {
  return `${(ms / 1000).toFixed(step < 1000 ? (step < 100 ? 2 : 1) : 0)} s`;
}

/** What the picture shows, for those who do not see it. */
export function summary(timeline) {
  const parts = [
    `${seconds(timeline.duration_ms)}${timeline.live ? ' so far' : ''}`,
    `the caller spoke ${times(timeline.caller_speech.length)}`,
    `the model was heard ${times(timeline.model_audio.length)}`,
    `${timeline.barge_ins.length} barge-ins`,
    `${timeline.marks.length} marks`,
  ];
  if (timeline.end?.reason) {
    parts.push(`${timeline.live ? 'ordered to end' : 'ended'} by ${words(timeline.end.reason)}`);
  }
  return `Timeline: ${parts.join(', ')}. The same stands in the tables below.`;
}

function times(number) {
  return number === 1 ? 'once' : `${number} times`;
}
