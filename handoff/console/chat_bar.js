/** The bar above one chat: who has it, since when, what is promised, and what may be done with it. */
import { h } from '../widget/dom.js';
import { download } from '../widget/download.js';
import { STATES } from './labels.js';
import { menu } from './menu.js';
import { redraw } from './redraw.js';
import { resolveDialog } from './resolve_dialog.js';
import { due, since, span } from './time.js';
import { transferDialog } from './transfer_dialog.js';

/** @typedef {import('./model/chat.js').Chat} Chat */

/** States in which a chat may be given to somebody. */
const OPEN = ['assigned', 'waiting', 'message_left'];
/** States in which any agent may claim it. */
const CLAIMABLE = ['waiting', 'message_left'];

export class ChatBar {
  node = h('header', { class: 'chat-bar' });

  /** @param {import('./model/desk.js').Desk} desk @param {{beside: () => void, claimed: () => void}} then what follows here: `beside` shows pages and notes */
  constructor(desk, then) {
    this.desk = desk;
    this.then = then;
  }

  /** @param {Chat} chat */
  show(chat) {
    const { desk } = this;
    const { state, agent, tags, email } = chat.detail;
    const mine = desk.chats.isMine(chat.id);
    const viewers = (chat.detail.viewers ?? []).filter((/** @type {any} */ a) => a.id !== desk.agent.id);
    redraw(this.node, [chat.id, state, agent, mine, viewers, tags, email, desk.team.offered], () => [
      h('button', { type: 'button', class: 'back', 'aria-label': 'Back to the list', onclick: () => desk.select('') }, '‹'),
      this.who(chat, mine, viewers),
      h('button', { type: 'button', class: 'open-beside', onclick: this.then.beside }, 'Pages and notes'),
      ...(CLAIMABLE.includes(state) ? [this.button(chat, 'Claim', 'claim', { class: 'main', 'aria-keyshortcuts': 'c' })] : []),
      ...this.acts(chat, state, mine)]);
    this.showTimes(chat);
  }

  /** @param {Chat} chat @param {boolean} mine @param {any[]} viewers */
  who({ detail: { state, agent, tags, email } }, mine, viewers) {
    return h('div', { class: 'who' },
      h('h2', {}, mine ? 'With you' : state === 'assigned' ? `With ${agent?.name ?? 'a colleague'}` : STATES[state],
        ...(tags ?? []).map((/** @type {string} */ tag) => h('span', { class: 'chip' }, tag))),
      h('p', { class: 'quiet' }, h('span', { class: 'since' }), h('span', { class: 'due' }),
        viewers.length ? h('span', { class: 'viewers' }, ` · also here: ${viewers.map((a) => a.name).join(', ')}`) : '',
        email ? ` · answer goes to ${email}` : ''));
  }

  /** What changes by the minute. @param {Chat} chat */
  showTimes({ id, detail }) {
    const summary = this.desk.queue.find(id);
    this.node.querySelector('.since').textContent = detail.state === 'waiting' ? `for ${span(since(detail.waiting_since))}` : `Opened ${span(since(detail.opened_at))} ago`;
    const promised = this.node.querySelector('.due');
    promised.textContent = summary ? due(summary) : '';
    promised.className = `due wait ${summary?.service ?? ''}`;
  }

  /** @param {Chat} chat @param {string} label @param {string} action @param {object} [attrs] */
  button({ id }, label, action, attrs = {}) {
    return h('button', { type: 'button', ...attrs, onclick: async (/** @type {any} */ e) => {
      const pressed = e.currentTarget;
      pressed.disabled = true;
      const done = await (action === 'claim' ? this.desk.claims.claim(id) : this.desk.chats.act(id, action));
      pressed.disabled = false;
      if (done && action === 'claim') this.then.claimed();
    } }, label);
  }

  /** What else may be done with it: in a row where there is room, behind "More" where there is not. @param {Chat} chat @param {string} state @param {boolean} mine */
  acts(chat, state, mine) {
    const { desk } = this;
    const others = [
      h('button', { type: 'button', class: 'only-phone', onclick: this.then.beside }, 'Pages and notes'),
      OPEN.includes(state) && (mine || desk.lead) && desk.team.offered && h('button', { type: 'button', onclick: () => transferDialog(desk, chat.id) }, mine ? 'Transfer' : 'Give to…'),
      mine && this.button(chat, 'Back to queue', 'release'), mine && this.button(chat, 'To the assistant', 'return'),
      desk.lead && state === 'resolved' && h('button', { type: 'button', class: 'plain', onclick: () => this.exportChat(chat.id) }, 'Export'),
    ].filter(Boolean);
    return [...menu('more-acts', 'More', { class: 'more' }, ...others),
      ...(mine ? [h('button', { type: 'button', class: 'main', onclick: () => resolveDialog(desk, chat.id) }, 'Resolve')] : [])];
  }

  /** All that is kept of a chat, as a file. @param {string} id */
  async exportChat(id) {
    try {
      download(JSON.stringify(await this.desk.api.get(`/conversations/${id}/export`), null, 2), `${id}.json`);
    } catch (fault) {
      this.desk.toast(/** @type {Error} */ (fault).message);
    }
  }
}
