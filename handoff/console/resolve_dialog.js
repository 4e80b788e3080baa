/** How did a chat end? Asked before it is resolved. */
import { h } from '../widget/dom.js';
import { openDialog } from './dialog.js';

const ENDINGS = [
  ['solved', 'Solved'],
  ['follow_up', 'Follow-up agreed'],
  ['not_solved', 'Could not be solved'],
  ['no_reply', 'The shopper is gone'],
  ['not_for_us', 'Not for us'],
];

/** @param {import('./model/desk.js').Desk} desk @param {string} id */
export function resolveDialog(desk, id) {
  const tags = h('input', { placeholder: 'Tags, with commas between (optional)', 'aria-label': 'Tags' });
  const end = (/** @type {string} */ disposition) => {
    const words = tags.value.split(',').map((/** @type {string} */ t) => t.trim()).filter(Boolean);
    desk.chats.act(id, 'resolve', { disposition, ...(words.length && { tags: words }) });
  };
  openDialog('How did it end?', h('div', { class: 'stack' }, tags),
    h('div', { class: 'stack' }, ...ENDINGS.map(([disposition, label]) => h('button', { type: 'submit', onclick: () => end(disposition) }, label))),
    h('button', { type: 'submit', class: 'plain' }, 'Not yet'));
}
