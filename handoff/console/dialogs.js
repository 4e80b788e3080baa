/** Small questions before a step: how a chat ended, who gets it next. */
import { h } from '../widget/dom.js';

const ENDINGS = [
  ['solved', 'Solved'],
  ['follow_up', 'Follow-up agreed'],
  ['not_solved', 'Could not be solved'],
  ['no_reply', 'The shopper is gone'],
  ['not_for_us', 'Not for us'],
];

/** Opens a dialog that is gone once it is closed. @param {string} title @param {...any} parts @returns {HTMLDialogElement} */
export function ask(title, ...parts) {
  const dialog = h('dialog', { 'aria-labelledby': 'dialog-title', onclose: () => dialog.remove() },
    h('form', { method: 'dialog' }, h('h2', { id: 'dialog-title' }, title), ...parts));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** @param {import('./model/desk.js').Desk} desk @param {string} id */
export function resolveDialog(desk, id) {
  const tags = h('input', { placeholder: 'Tags, with commas between (optional)', 'aria-label': 'Tags' });
  const end = (/** @type {string} */ disposition) => {
    const words = tags.value.split(',').map((/** @type {string} */ t) => t.trim()).filter(Boolean);
    desk.chats.act(id, 'resolve', { disposition, ...(words.length && { tags: words }) });
  };
  ask('How did it end?', h('div', { class: 'stack' }, tags),
    h('div', { class: 'stack' }, ...ENDINGS.map(([disposition, label]) => h('button', { type: 'submit', onclick: () => end(disposition) }, label))),
    h('button', { type: 'submit', class: 'plain' }, 'Not yet'));
}

/** To a colleague who is there, or into the queue for a team. @param {import('./model/desk.js').Desk} desk @param {string} id */
export async function transferDialog(desk, id) {
  await desk.team.load();
  const summary = desk.queue.find(id);
  const others = desk.team.agents.filter((a) => a.id !== summary?.agent?.id && a.role !== 'content');
  const choice = (/** @type {object} */ to, /** @type {string} */ label, /** @type {string} */ said, off = false) => h('button', { type: 'submit', disabled: off,
    onclick: () => desk.chats.act(id, 'transfer', to) }, h('span', { class: 'row' }, label, h('span', { class: 'quiet' }, said)));
  ask('Who takes it over?', h('div', { class: 'stack' },
    ...others.map((a) => choice({ agent_id: a.id }, a.id === desk.agent.id ? `${a.name} (you)` : a.name, presence(a), !a.present || !a.available)),
    ...desk.team.names().map((team) => choice({ team }, `The team ${team}`, 'into the queue'))),
  !others.length && h('p', { class: 'quiet' }, 'There are no colleagues yet.'), h('button', { type: 'submit', class: 'plain' }, 'Leave it'));
}

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
  const dialog = ask('A draft page', h('p', { class: 'quiet' }, 'For the content team. Shoppers see nothing of it until it is published.'),
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

/** @param {any} agent @returns {string} */
export const presence = (agent) => (!agent.present ? 'not at the desk' : !agent.available ? 'away'
  : `${agent.chats ?? 0} of ${agent.capacity ?? '?'} chats`);
