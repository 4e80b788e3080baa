/** The messages of one chat, each made once and kept; below them what is on its way. Follows the talk until the agent scrolls up. */
import { h } from '../widget/dom.js';
import { draftDialog } from './draft_dialog.js';
import { entry, goesOn } from './transcript.js';

/** @typedef {import('./model/chat.js').Chat} Chat */

const NEAR_END_PX = 80;
const TYPING_MS = 6000;

/** @param {any} a @param {any} b */
const bySeq = (a, b) => (a.seq ?? 0) - (b.seq ?? 0);

export class ChatLog {
  log = h('div', { class: 'log', role: 'log', tabindex: '0', 'aria-label': 'Messages' });
  foot = h('div', { class: 'log-foot' });
  node = h('div', { class: 'scroll' }, this.log, this.foot);
  follows = true;
  lastSeq = 0;
  /** @type {any} the last message of the log */ previous = null;

  /** @param {import('./model/desk.js').Desk} desk @param {(text: string) => void} edit takes a refused reply's text back */
  constructor(desk, edit) {
    this.desk = desk;
    this.edit = edit;
    this.node.addEventListener('scroll', () => (this.follows = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_END_PX));
    new ResizeObserver(() => this.settle()).observe(this.node);
  }

  clear() {
    this.lastSeq = 0;
    this.previous = null;
    this.log.replaceChildren();
    this.follows = true;
  }

  settle() {
    if (this.follows) this.node.scrollTop = this.node.scrollHeight;
  }

  /** @param {number} seq */
  scrollTo(seq) {
    this.log.querySelector(`[data-seq="${seq}"]`)?.scrollIntoView({ block: 'start' });
  }

  /** @param {Chat} chat */
  show(chat) {
    const fresh = [...chat.events.values()].filter((e) => (e.seq ?? 0) > this.lastSeq).sort(bySeq);
    for (const event of fresh) this.add(chat, event);
    if (fresh.length) this.lastSeq = chat.last;
    this.showFoot(chat);
  }

  /** @param {Chat} chat @param {any} event */
  add(chat, event) {
    const made = entry(event, chat.events, { wrong: (seq, button) => this.wrong(chat.id, seq, button), page: (text) => draftDialog(this.desk, text, chat.detail.brief?.wants) });
    if (!made) return;
    made.dataset.seq = String(event.seq);
    made.classList.toggle('near', goesOn(event, this.previous));
    this.previous = event;
    this.log.append(made);
  }

  /** The question of a wrong answer becomes a gap for the content team. @param {string} id @param {number} seq @param {HTMLButtonElement} button */
  async wrong(id, seq, button) {
    button.disabled = await this.desk.call('POST', '/content/wrong', { conversation_id: id, seq });
    if (button.disabled) button.textContent = 'Noted for the content team';
  }

  /** What is under the last message: replies on their way, read marks, the shopper typing. @param {Chat} chat */
  showFoot(chat) {
    const unsent = this.desk.outbox.of(chat.id);
    const mark = !unsent.length && deliveryMark(chat);
    const typing = Date.now() - chat.typing < TYPING_MS && 'The shopper is writing';
    this.foot.replaceChildren(...unsent.map((u) => this.unsent(u)), ...[mark, typing].filter(Boolean).map((said) => h('p', { class: 'mark quiet' }, said)));
    this.settle();
  }

  /** @param {import('./model/outbox.js').Unsent} reply */
  unsent({ client_id, text, fault }) {
    return h('article', { class: 'msg agent unsent' }, h('div', { class: 'body' }, text),
      h('p', { class: fault ? 'fault' : 'quiet' }, fault ? `Not sent: ${fault} ` : 'Sending',
        fault && h('button', { type: 'button', class: 'plain', onclick: () => this.edit(this.desk.outbox.takeBack(client_id)) }, 'Edit')));
  }
}

/** How far an agent's reply has come, when it is the last message. @param {Chat} chat @returns {string} */
function deliveryMark({ events, read }) {
  const all = [...events.values()];
  const mine = all.filter((e) => e.from === 'agent').at(-1);
  const last = Math.max(...all.filter((e) => e.type === 'message').map((e) => e.seq ?? 0));
  if (!mine || mine.seq !== last) return '';
  return mine.seq <= read ? 'Read' : 'Delivered';
}
