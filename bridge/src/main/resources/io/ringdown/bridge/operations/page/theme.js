/** Light or dark: as the system has it, until somebody chooses. */

import { byId } from './elements.js';

const KEY = 'ringdown.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export function startTheme(onChange) {
  const button = byId('theme');
  const show = () => {
    const chosen = localStorage.getItem(KEY);
    const dark = chosen ? chosen === 'dark' : system.matches;
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    button.setAttribute('aria-pressed', String(dark));
    onChange();
  };
  button.addEventListener('click', () => {
    localStorage.setItem(KEY, document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
    show();
  });
  system.addEventListener('change', show);
  show();
}
