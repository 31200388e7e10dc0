/** Listens to /api/events for as long as the page is open; connects again whenever the stream ends or falls silent. */

import { request, Unauthorized } from './api.js';

const SILENT_MS = 6000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 10000;

/**
 * @param on.event is given each event's name and data
 * @param on.state is given "live", "lost" or "refused"; after "refused" nothing more comes
 */
export async function listen(on) {
  let waitMs = FIRST_WAIT_MS;
  for (;;) {
    try {
      await read((name, data) => {
        waitMs = FIRST_WAIT_MS;
        on.state('live');
        on.event(name, data);
      });
    } catch (error) {
      if (error instanceof Unauthorized) {
        on.state('refused');
        return;
      }
    }
    on.state('lost');
    await new Promise((wake) => setTimeout(wake, waitMs));
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
  }
}

async function read(onEvent) {
  const abort = new AbortController();
  let silence = setTimeout(() => abort.abort(), SILENT_MS);
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => abort.abort(), SILENT_MS);
  };
  try {
    const response = await request('/api/events', { signal: abort.signal });
    if (!response.ok) {
      throw new Error(`the server answered ${response.status}`);
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      heard();
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop();
      blocks.forEach((block) => dispatch(block, onEvent));
    }
  } finally {
    clearTimeout(silence);
    abort.abort();
  }
}

function dispatch(block, onEvent) {
  let name = null;
  let data = null;
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) {
      name = line.slice(7);
    } else if (line.startsWith('data: ')) {
      data = JSON.parse(line.slice(6));
    }
  }
  if (name !== null && data !== null) {
    onEvent(name, data);
  }
}
