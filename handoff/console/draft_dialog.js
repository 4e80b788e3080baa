/** A page for the content team, drafted from what an agent wrote. */
import { h } from '../widget/dom.js';
import { openDialog } from './dialog.js';

export const CATEGORIES = ['delivery', 'refunds', 'payment', 'account', 'company', 'products'];

/**
 * A draft for the content team; shoppers see nothing of it until it is published.
 * @param {import('./model/desk.js').Desk} desk @param {string} text @param {string} [question] what it answers
 */
export function draftDialog(desk, text, question) {
  const title = h('input', { 'aria-label': 'Title', placeholder: 'Title', required: true, maxlength: 200 });
  const category = h('select', { 'aria-label': 'Category' }, ...CATEGORIES.map((c) => h('option', {}, c)));
  const body = h('textarea', { rows: 7, 'aria-label': 'Text', maxlength: 20000 });
  body.value = text;
  const dialog = openDialog('A draft page', h('p', { class: 'quiet' }, 'For the content team. Shoppers see nothing of it until it is published.'),
    h('div', { class: 'stack' }, title, category, body), h('div', { class: 'row' },
      h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, 'Not now'),
      h('button', { type: 'button', class: 'main', onclick: async () => {
        if (!title.reportValidity()) return;
        const questions = question ? [question] : [];
        if (await desk.call('POST', '/content/drafts', { title: title.value.trim(), category: category.value, text: body.value, questions })) {
          dialog.close();
          desk.toast('The draft is written.');
        }
      } }, 'Write the draft')));
}
