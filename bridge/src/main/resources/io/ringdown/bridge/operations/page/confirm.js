/** Nothing is ended without being asked for twice. */

import { byId } from './elements.js';

const dialog = byId('confirm');
let answer = null;

dialog.addEventListener('close', () => {
  if (!dialog.open) { // told late, it may be about the question before
    settle(dialog.returnValue === 'confirm' ? dialog.querySelector('[name=how]:checked').value : null);
  }
});

function settle(how) {
  answer?.(how);
  answer = null;
}

/**
 * Asks. Gives null when it was not confirmed, otherwise how: "polite" or "now" when there is that choice.
 *
 * @param question.choices whether the way of hanging up is asked for
 */
export function confirm(question) {
  settle(null);
  byId('confirm-title').textContent = question.title;
  byId('confirm-text').textContent = question.text;
  byId('confirm-do').textContent = question.action;
  byId('confirm-choices').hidden = !question.choices;
  dialog.querySelector('[value=polite]').checked = true;
  dialog.returnValue = 'cancel';
  dialog.showModal();
  byId('confirm-cancel').focus();
  return new Promise((resolve) => {
    answer = resolve;
  });
}
