/** How things are written for people. */

/** 75 s as 1:15, 4,000 s as 1:06:40. */
export function age(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  const hours = Math.floor(whole / 3600);
  const rest = `${hours ? String(parts[0]).padStart(2, '0') : parts[0]}:${String(parts[1]).padStart(2, '0')}`;
  return hours ? `${hours}:${rest}` : rest;
}

/** Milliseconds with as many digits as tell something. */
export function ms(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  if (value >= 1000) {
    return `${(value / 1000).toFixed(value >= 10000 ? 0 : 1)} s`;
  }
  return `${value >= 10 || value === 0 ? Math.round(value) : value.toFixed(value >= 1 ? 1 : 2)} ms`;
}

export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

export function share(value) {
  return value === null || value === undefined ? '–' : `${Math.round(value * 100)} %`;
}

export function count(value) {
  return value.toLocaleString('en');
}

export function clock(iso) {
  return new Date(iso).toLocaleTimeString('en-GB');
}

/** bot_goodbye_bye_only as "bot goodbye bye only". */
export function words(name) {
  return name.replaceAll('_', ' ');
}
