/** Closing a chat: how it ended is said once, and counted. */
import { h } from '/widget/dom.js';

const ENDINGS = [
  ['solved', 'Solved'],
  ['follow_up', 'Follow-up agreed'],
  ['not_solved', 'Could not be solved'],
  ['no_reply', 'The shopper is gone'],
  ['not_for_us', 'Not for us'],
];

/** @param {import('./model.js').Desk} desk @param {string} id */
export function resolveDialog(desk, id) {
  const dialog = h('dialog', { 'aria-labelledby': 'resolve-title', onclose: () => dialog.remove() },
    h('form', { method: 'dialog' },
      h('h2', { id: 'resolve-title' }, 'How did it end?'),
      h('div', { class: 'stack' }, ...ENDINGS.map(([disposition, label]) => h('button', { type: 'submit', onclick: () => desk.move(id, 'resolve', { disposition }) }, label))),
      h('button', { type: 'submit', class: 'plain' }, 'Not yet')));
  document.body.append(dialog);
  dialog.showModal();
}
