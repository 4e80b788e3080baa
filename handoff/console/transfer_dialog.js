/** Who takes a chat over? */
import { h } from '../widget/dom.js';
import { openDialog } from './dialog.js';

/** @param {import('./model/team.js').Agent} agent @returns {string} */
const presence = (agent) => (!agent.present ? 'not at the desk' : !agent.available ? 'away'
  : `${agent.chats ?? 0} of ${agent.capacity ?? '?'} chats`);

/** To a colleague who is there, or into the queue for a team. @param {import('./model/desk.js').Desk} desk @param {string} id */
export async function transferDialog(desk, id) {
  await desk.team.load();
  const summary = desk.queue.find(id);
  const others = desk.team.agents.filter((a) => a.id !== summary?.agent?.id && a.role !== 'content');
  const choice = (/** @type {object} */ to, /** @type {string} */ label, /** @type {string} */ said, off = false) => h('button', { type: 'submit', disabled: off,
    onclick: () => desk.chats.act(id, 'transfer', to) }, h('span', { class: 'row' }, label, h('span', { class: 'quiet' }, said)));
  openDialog('Who takes it over?', h('div', { class: 'stack' },
    ...others.map((a) => choice({ agent_id: a.id }, a.id === desk.agent.id ? `${a.name} (you)` : a.name, presence(a), !a.present || !a.available)),
    ...desk.team.names().map((team) => choice({ team }, `The team ${team}`, 'into the queue'))),
  !others.length && h('p', { class: 'quiet' }, 'There are no colleagues yet.'), h('button', { type: 'submit', class: 'plain' }, 'Leave it'));
}
