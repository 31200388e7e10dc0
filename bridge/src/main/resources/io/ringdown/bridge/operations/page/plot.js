/** A plot of the last five minutes, with a legend that says the last values: what is drawn can also be read. */

import { element, setText } from './elements.js';

const POINTS = 300;
const HEIGHT = 120;

export class Plot {
  /**
   * @param write makes text of a value
   * @param least the scale goes up to this at least, so that noise does not look like a mountain
   * @param series each with a label, the name of a colour of the style sheet, and maybe a dash
   */
  constructor(figure, write, least, series) {
    this.write = write;
    this.data = [[], ...series.map(() => [])];
    this.values = series.map(() => element('b', { textContent: '–' }));
    this.place = element('div', { className: 'plot', ariaHidden: 'true' });
    figure.append(this.place, this.#legend(series));
    this.plot = new uPlot(this.#options(series, least), this.data, this.place);
    new ResizeObserver(() => this.#fit()).observe(this.place);
  }

  #legend(series) {
    return element('ul', { className: 'legend' }, ...series.map((one, index) => {
      const line = element('span', { className: 'line', ariaHidden: 'true' });
      line.style.borderTopColor = `var(${one.color})`;
      line.style.borderTopStyle = one.dash ? 'dashed' : 'solid';
      return element('li', {}, line, `${one.label} `, this.values[index]);
    }));
  }

  #options(series, least) {
    const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const axis = {
      stroke: () => color('--muted'),
      grid: { stroke: () => color('--grid'), width: 1 },
      ticks: { show: false },
      font: '11px system-ui, sans-serif',
    };
    return {
      width: this.#width(),
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: (plot, min, max) => [0, Math.max(least, (max ?? 0) * 1.1)] } },
      axes: [
        { ...axis, size: 22, gap: 4, space: 80, values: [[60, '{HH}:{mm}', null, null, null, null, null, null, 1], [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1]] },
        { ...axis, size: 54, space: 28, values: (plot, ticks) => ticks.map((tick) => this.write(tick)) },
      ],
      series: [{}, ...series.map((one) => ({
        stroke: () => color(one.color),
        width: 1.5,
        dash: one.dash,
        points: { show: false },
        spanGaps: false,
      }))],
    };
  }

  #width() {
    return Math.max(160, this.place.clientWidth);
  }

  #fit() {
    if (this.place.clientWidth > 0 && this.plot.width !== this.#width()) {
      this.plot.setSize({ width: this.#width(), height: HEIGHT });
    }
  }

  add(at, values) {
    this.data[0].push(at);
    values.forEach((value, index) => {
      this.data[index + 1].push(value);
      setText(this.values[index], value === null ? '–' : this.write(value));
    });
    if (this.data[0].length > POINTS) {
      this.data.forEach((column) => column.shift());
    }
    if (!document.hidden && this.place.clientWidth > 0) {
      this.plot.setData(this.data);
    }
  }

  redraw() {
    this.#fit();
    this.plot.setData(this.data);
    this.plot.redraw(false, true);
  }
}
