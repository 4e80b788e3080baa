/** One chat: who has it and what may be done with it, the brief, the messages, the composer. */
import { h } from '../widget/dom.js';
import { save } from '../widget/plain.js';
import { brief } from './brief.js';
import { DeskComposer } from './composer.js';
import { draftDialog, resolveDialog, transferDialog } from './dialogs.js';
import { earlier } from './episodes.js';
import { redraw } from './keep.js';
import { menu } from './menu.js';
import { entry, goesOn } from './transcript.js';
import { due, since, span, STATES } from './when.js';

export class DeskChat extends HTMLElement {
  /** @type {import('./model/desk.js').Desk} */ desk;
  id_ = '';
  lastSeq = 0;
  briefKey = '';
  /** @type {any} the message shown last */ previous = null;
  composer = /** @type {DeskComposer} */ (document.createElement('desk-composer'));

  connectedCallback() {
    if (this.log) return;
    this.bar = h('header', { class: 'chat-bar' });
    this.top = h('div', { class: 'brief-place' });
    this.log = h('div', { class: 'log', role: 'log', tabindex: '0', 'aria-label': 'Messages' });
    this.foot = h('div', { class: 'log-foot' });
    this.composer.desk = this.desk;
    this.talk = h('div', { class: 'scroll' }, this.log, this.foot);
    this.empty = h('div', { class: 'blank' });
    /** Follows the talk until the agent scrolls up. */
    this.follows = true;
    this.talk.addEventListener('scroll', () => (this.follows = this.talk.scrollHeight - this.talk.scrollTop - this.talk.clientHeight < 80));
    new ResizeObserver(() => this.settle()).observe(this.talk);
    this.append(this.empty, this.bar, this.top, this.talk, this.composer);
    this.desk.addEventListener('select', () => this.open());
    this.desk.addEventListener('chat', (/** @type {any} */ e) => e.detail === this.id_ && this.show());
    this.desk.addEventListener('queue', () => this.id_ || this.show());
    this.desk.addEventListener('connection', () => this.show());
    this.desk.addEventListener('team', () => this.show());
    setInterval(() => this.showFoot(), 3000);
    this.open();
  }

  open() {
    this.id_ = this.desk.selected;
    this.lastSeq = 0;
    this.briefKey = '';
    this.previous = null;
    this.log.replaceChildren();
    this.follows = true;
    this.show();
  }

  settle() {
    if (this.follows) this.talk.scrollTop = this.talk.scrollHeight;
  }

  show() {
    const chat = this.id_ ? this.desk.chats.open(this.id_) : null;
    const ready = Boolean(chat?.detail);
    for (const part of [this.bar, this.top, this.talk]) part.hidden = !ready;
    this.composer.hidden = !ready || !this.desk.chats.isMine(this.id_);
    this.empty.hidden = ready;
    if (!chat || !ready) return this.blank(chat?.fault);
    this.showBar(chat);
    this.showBrief(chat);
    this.showMessages(chat);
    this.composer.open(this.id_);
  }

  /** The chat is the agent's now: the list shows it, and the cursor is where the reply goes. */
  claimed() {
    this.dispatchEvent(new CustomEvent('claimed'));
    this.composer.text.focus();
  }

  /** @param {string} [fault] */
  blank(fault) {
    const waiting = this.desk.queue.inState('waiting');
    const said = fault ? ['This chat cannot be shown', fault]
      : this.id_ ? ['Opening the chat', '']
        : waiting.length ? [`${waiting.length} waiting`, 'Choose one on the left, or press N to take the one that has waited longest.']
          : ['All quiet', 'When a shopper needs a person, the chat appears on the left, with a sound.'];
    this.empty.replaceChildren(h('h2', {}, said[0]), h('p', { class: 'quiet' }, said[1]));
  }

  /** @param {import('./model/chat.js').Chat} chat */
  showBar(chat) {
    const { state, agent, waiting_since } = chat.detail;
    const mine = this.desk.chats.isMine(chat.id);
    const act = (/** @type {string} */ how) => async (/** @type {any} */ e) => {
      const pressed = e.currentTarget;
      pressed.disabled = true;
      const done = await (how === 'claim' ? this.desk.claims.claim(chat.id) : this.desk.chats.act(chat.id, how));
      pressed.disabled = false;
      if (done && how === 'claim') this.claimed();
    };
    const button = (/** @type {string} */ label, /** @type {string} */ how, main = false, key = '') =>
      h('button', { type: 'button', class: main ? 'main' : '', onclick: act(how), 'aria-keyshortcuts': key }, label);
    const viewers = (chat.detail.viewers ?? []).filter((/** @type {any} */ a) => a.id !== this.desk.agent.id);
    const summary = this.desk.queue.find(chat.id);
    redraw(this.bar, [chat.id, state, agent, mine, viewers, chat.detail.tags, chat.detail.email, this.desk.team.offered], () => [
      h('button', { type: 'button', class: 'back', 'aria-label': 'Back to the list', onclick: () => this.desk.select('') }, '‹'),
      h('div', { class: 'who' },
        h('h2', {}, mine ? 'With you' : state === 'assigned' ? `With ${agent?.name ?? 'a colleague'}` : STATES[state],
          ...(chat.detail.tags ?? []).map((/** @type {string} */ tag) => h('span', { class: 'chip' }, tag))),
        h('p', { class: 'quiet' }, h('span', { class: 'since' }), h('span', { class: 'due' }),
          viewers.length ? h('span', { class: 'viewers' }, ` · also here: ${viewers.map((/** @type {any} */ a) => a.name).join(', ')}`) : '',
          chat.detail.email ? ` · answer goes to ${chat.detail.email}` : '')),
      h('button', { type: 'button', class: 'open-beside', onclick: () => this.dispatchEvent(new CustomEvent('beside')) }, 'Pages and notes'),
      ...(state === 'waiting' || state === 'message_left' ? [button('Claim', 'claim', true, 'c')] : []),
      ...this.acts(chat, state, mine, button)]);
    this.bar.querySelector('.since').textContent = state === 'waiting' ? `for ${span(since(waiting_since))}` : `Opened ${span(since(chat.detail.opened_at))} ago`;
    const promised = this.bar.querySelector('.due');
    promised.textContent = summary ? due(summary) : '';
    promised.className = `due wait ${summary?.service ?? ''}`;
  }

  /**
   * What else may be done with it: in a row where there is room, behind "More" where there is not.
   * @param {import('./model/chat.js').Chat} chat @param {string} state @param {boolean} mine
   * @param {(label: string, how: string, main?: boolean, key?: string) => HTMLElement} button
   */
  acts(chat, state, mine, button) {
    const { desk } = this;
    const open = ['assigned', 'waiting', 'message_left'].includes(state);
    const others = [
      h('button', { type: 'button', class: 'only-phone', onclick: () => this.dispatchEvent(new CustomEvent('beside')) }, 'Pages and notes'),
      open && (mine || desk.lead) && desk.team.offered && h('button', { type: 'button', onclick: () => transferDialog(desk, chat.id) }, mine ? 'Transfer' : 'Give to…'),
      mine && button('Back to queue', 'release'), mine && button('To the assistant', 'return'),
      desk.lead && state === 'resolved' && h('button', { type: 'button', class: 'plain', onclick: () => this.keep(chat.id) }, 'Export'),
    ].filter(Boolean);
    return [...menu('more-acts', 'More', { class: 'more' }, ...others),
      ...(mine ? [h('button', { type: 'button', class: 'main', onclick: () => resolveDialog(desk, chat.id) }, 'Resolve')] : [])];
  }

  /** The question of a wrong answer becomes a gap for the content team. @param {string} id @param {number} seq @param {HTMLButtonElement} button */
  async wrong(id, seq, button) {
    button.disabled = await this.desk.call('POST', '/content/wrong', { conversation_id: id, seq });
    if (button.disabled) button.textContent = 'Noted for the content team';
  }

  /** All that is kept of a chat, as a file. @param {string} id */
  async keep(id) {
    try {
      save(JSON.stringify(await this.desk.api.get(`/conversations/${id}/export`), null, 2), `${id}.json`);
    } catch (fault) {
      this.desk.toast(/** @type {Error} */ (fault).message);
    }
  }

  /** @param {import('./model/chat.js').Chat} chat */
  showBrief(chat) {
    const before = earlier([...chat.events.values()].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0)));
    const key = JSON.stringify([chat.detail.brief, chat.detail.reason, chat.detail.page, before.length]);
    if (key === this.briefKey) return;
    this.briefKey = key;
    const answered = [...chat.events.values()].some((e) => e.from === 'agent' && (e.seq ?? 0) > (before.at(-1)?.seq ?? 0));
    const made = brief(chat.detail, { open: !answered, earlier: before, go: (seq) => this.log.querySelector(`[data-seq="${seq}"]`)?.scrollIntoView({ block: 'start' }) });
    this.top.replaceChildren(...(made ? [made] : []));
  }

  /** @param {import('./model/chat.js').Chat} chat */
  showMessages(chat) {
    const fresh = [...chat.events.values()].filter((e) => (e.seq ?? 0) > this.lastSeq).sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
    for (const event of fresh) {
      const made = entry(event, chat.events, { wrong: (seq, button) => this.wrong(chat.id, seq, button), page: (text) => draftDialog(this.desk, text, chat.detail.brief?.wants) });
      if (!made) continue;
      made.dataset.seq = String(event.seq);
      made.classList.toggle('near', goesOn(event, this.previous));
      this.previous = event;
      this.log.append(made);
    }
    if (fresh.length) this.lastSeq = chat.last;
    this.showFoot();
  }

  /** What is under the last message: replies on their way, read marks, the shopper typing. */
  showFoot() {
    const chat = this.id_ ? this.desk.chats.get(this.id_) : null;
    if (!chat?.detail) return;
    const mine = [...chat.events.values()].filter((e) => e.from === 'agent').at(-1);
    const unsent = this.desk.outbox.of(chat.id);
    const parts = unsent.map((u) => h('article', { class: 'msg agent unsent' }, h('div', { class: 'body' }, u.text),
      h('p', { class: u.fault ? 'fault' : 'quiet' }, u.fault ? `Not sent: ${u.fault} ` : 'Sending',
        u.fault && h('button', { type: 'button', class: 'plain', onclick: () => this.composer.insert(this.desk.outbox.takeBack(u.client_id)) }, 'Edit'))));
    if (mine && !unsent.length && mine.seq === Math.max(...[...chat.events.values()].filter((e) => e.type === 'message').map((e) => e.seq ?? 0))) {
      parts.push(h('p', { class: 'mark quiet' }, (mine.seq ?? 0) <= chat.read ? 'Read' : 'Delivered'));
    }
    if (Date.now() - chat.typing < 6000) parts.push(h('p', { class: 'mark quiet' }, 'The shopper is writing'));
    this.foot.replaceChildren(...parts);
    this.settle();
  }
}
customElements.define('desk-chat', DeskChat);
