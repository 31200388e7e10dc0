/** Tells those who listen to the page instead of looking at it; not more often than one can listen. */

import { byId, setText } from './elements.js';

const PAUSE_MS = 10000;
let saidAt = 0;

/** Said now, whatever was said before. */
export function announce(text) {
  saidAt = Date.now();
  setText(byId('announcer'), text);
}

/** Said if nothing was said for a while. */
export function mention(text) {
  if (Date.now() - saidAt >= PAUSE_MS) {
    announce(text);
  }
}
