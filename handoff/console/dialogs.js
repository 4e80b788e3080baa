/** Small questions before a step: how a chat ended, who gets it next. */
import { h } from '/widget/dom.js';

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

/** @param {import('./model.js').Desk} desk @param {string} id */
export function resolveDialog(desk, id) {
  const tags = h('input', { placeholder: 'Tags, with commas between (optional)', 'aria-label': 'Tags' });
  const end = (/** @type {string} */ disposition) => {
    const words = tags.value.split(',').map((/** @type {string} */ t) => t.trim()).filter(Boolean);
    desk.move(id, 'resolve', { disposition, ...(words.length && { tags: words }) });
  };
  ask('How did it end?', desk.can('tags') && h('div', { class: 'stack' }, tags),
    h('div', { class: 'stack' }, ...ENDINGS.map(([disposition, label]) => h('button', { type: 'submit', onclick: () => end(disposition) }, label))),
    h('button', { type: 'submit', class: 'plain' }, 'Not yet'));
}

/** @param {import('./model.js').Desk} desk @param {string} id */
export async function transferDialog(desk, id) {
  await desk.learnTeam();
  const others = desk.team.filter((a) => a.id !== desk.agent.id && a.role !== 'content');
  ask('Who takes it over?', h('div', { class: 'stack' }, ...others.map((a) => h('button', { type: 'submit', disabled: !a.present || !a.available,
    onclick: () => desk.move(id, 'transfer', { agent_id: a.id }) }, h('span', { class: 'row' }, a.name, h('span', { class: 'quiet' }, presence(a)))))),
  !others.length && h('p', { class: 'quiet' }, 'There are no colleagues yet.'), h('button', { type: 'submit', class: 'plain' }, 'Nobody'));
}

/** @param {any} agent @returns {string} */
export const presence = (agent) => (!agent.present ? 'not at the desk' : !agent.available ? 'away'
  : `${agent.chats ?? 0} of ${agent.capacity ?? '?'} chats`);
