/** The messages, in order: each is made once and kept; what is unsent stands below them. */
import { answerCard } from './answer.js';
import { h } from './dom.js';
import { parse, render } from './markdown.js';

const NEAR_MS = 120_000;
/** A message stored sooner than this was never seen to be on its way. */
const SLOW_MS = 900;

export class Log {
  /** @type {Map<string, HTMLElement>} by client_id, or by "#seq" */
  made = new Map();
  lastSeq = 0;
  /** @type {import('./types').DeskEvent | null} */
  previous = null;
  dots = h('p', { class: 'dots', hidden: true }, h('span', { 'aria-hidden': 'true' }, h('i'), ' ', h('i'), ' ', h('i')), h('span'));
  promise = h('p');

  /** @param {import('./chat.js').Chat} chat @param {import('./words.js').Words} w @param {() => string} shop @param {string[]} starters */
  constructor(chat, w, shop, starters) {
    this.starters = h('div', { class: 'choices' }, ...starters.map((text) => h('button', { type: 'button', dir: 'auto', onclick: () => chat.say(text) }, text)));
    this.chat = chat;
    this.w = w;
    this.shop = shop;
    this.node = h('div', { class: 'log', role: 'log', tabindex: '0', 'aria-live': 'off', 'aria-label': w.t('panel', { shop: shop() }) });
    /** Follows the talk until the shopper scrolls up, and again when they are back down. */
    this.follows = true;
    this.placed = 0;
    this.node.addEventListener('scroll', () => {
      if (Math.abs(this.node.scrollTop - this.placed) > 2) this.follows = this.below() < 60;
    });
    new ResizeObserver(() => this.settle()).observe(this.node);
    this.clear();
  }

  clear() {
    this.made.clear();
    this.lastSeq = 0;
    this.previous = null;
    this.node.replaceChildren(this.intro(), this.dots);
  }

  intro() {
    return h('div', { class: 'intro' }, h('h3', {}, this.w.t('hello')), this.promise, this.starters);
  }

  show() {
    const { chat, node } = this;
    if (chat.transcript.last < this.lastSeq) this.clear();
    node.setAttribute('aria-live', chat.caughtUp ? 'polite' : 'off');
    const fresh = [...chat.transcript.items.values()].filter((e) => (e.seq ?? 0) > this.lastSeq).sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
    for (const event of fresh) this.add(event);
    for (const [id, message] of chat.outbox.pending) this.unsent(id, message);
    for (const [id, made] of this.made) if (made.classList.contains('unsent') && !chat.outbox.pending.has(id)) this.remove(id);
    for (const made of node.querySelectorAll('.helpful')) /** @type {any} */ (made).show();
    this.starters.hidden = Boolean(this.made.size);
    this.fold();
    this.marks();
    this.writing();
    this.settle();
  }

  below() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight;
  }

  bottom() {
    this.follows = true;
    this.settle();
  }

  /** The end of the talk in sight; but of a long answer the beginning, below its question or the answer refused for it. */
  settle() {
    if (!this.follows) return;
    const { node } = this;
    const question = /** @type {HTMLElement | undefined} */ ([...node.querySelectorAll('.shopper,.refused')].at(-1));
    const end = node.scrollHeight - node.clientHeight;
    node.scrollTop = this.placed = Math.min(end, question && this.previous?.answer ? question.offsetTop - 10 : end);
  }

  /** @param {string} id */
  remove(id) {
    this.made.get(id)?.remove();
    this.made.delete(id);
  }

  /** @param {HTMLElement} made */
  place(made) {
    const first = [...this.made.values()].find((m) => m.classList.contains('unsent'));
    this.node.insertBefore(made, first ?? this.dots);
  }

  /** @param {import('./types').DeskEvent} event */
  add(event) {
    this.lastSeq = event.seq ?? this.lastSeq;
    if (event.client_id) this.remove(event.client_id);
    const made = event.type === 'message' ? this.message(event) : event.type === 'state' ? this.state(event) : null;
    if (!made) return;
    this.place(made);
    this.made.set(event.client_id || `#${event.seq}`, made);
    if (event.choices?.length) this.place(this.choices(event));
    this.previous = event;
  }

  /** @param {import('./types').DeskEvent} event */
  message(event) {
    const { w } = this;
    if (event.from === 'system') return h('p', { class: 'm system', dir: 'auto' }, event.text);
    const made = event.answer ? answerCard(event, this.chat, w) : this.bubble(event);
    const near = this.previous?.type === 'message' && this.previous.from === event.from && this.previous.name === event.name
      && +new Date(event.at) - +new Date(this.previous.at) < NEAR_MS;
    if (near) made.classList.add('near');
    made.title = w.time(event.at);
    return made;
  }

  /** @param {import('./types').DeskEvent} event */
  bubble(event) {
    const name = event.from === 'agent' ? event.name || this.shop() : event.from === 'bot' ? this.w.t('assistant') : this.w.t('you');
    const body = event.from === 'shopper' ? event.text ?? '' : render(parse(event.text ?? ''));
    return h('div', { class: `m ${event.from}` },
      h('p', { class: 'who' }, event.from === 'agent' && h('b', { 'aria-hidden': 'true' }, [...name][0]), name),
      event.from === 'shopper' && h('span', { class: 'sr' }, `${name}: `),
      h('div', { class: 'b', dir: 'auto' }, body));
  }

  /** @param {import('./types').DeskEvent} event */
  state(event) {
    const name = typeof event.agent === 'string' ? event.agent : event.agent?.name;
    if (event.state === 'assigned' && name) return h('p', { class: 'm system' }, this.w.t('joined', { name }));
    return null;
  }

  /** @param {import('./types').DeskEvent} event */
  choices(event) {
    return Object.assign(h('div', { class: 'choices' }, event.answer?.likely && h('p', {}, this.w.t('or')), ...(event.choices ?? []).map((choice) =>
      h('button', { type: 'button', dir: 'auto', onclick: () => this.chat.say(choice.payload, choice.label) }, choice.label, choice.hint && h('small', {}, choice.hint)))), { seq: event.seq });
  }

  /** @param {string} id @param {import('./types').Unsent} message */
  unsent(id, message) {
    const { w } = this;
    const made = this.made.get(id) ?? this.fresh(id, message);
    if (!made.classList.contains('unsent')) return;
    const able = this.chat.connection.up && navigator.onLine;
    const slow = !able || Date.now() - +new Date(message.at) > SLOW_MS;
    if (!slow) setTimeout(() => this.chat.changed(), SLOW_MS);
    const said = message.refused ? w.t('refused', { why: message.refused }) : slow ? w.t(able ? 'sending' : 'kept') : '';
    made.classList.toggle('slow', slow);
    made.classList.toggle('refused', Boolean(message.refused));
    this.foot(made, said, message.refused && h('button', { type: 'button', onclick: () => this.node.dispatchEvent(
      new CustomEvent('edit', { detail: this.chat.outbox.takeBack(id) })) }, w.t('edit')));
  }

  /** @param {string} id @param {import('./types').Unsent} message @returns {HTMLElement} */
  fresh(id, message) {
    const made = this.bubble({ seq: null, at: message.at, type: 'message', from: 'shopper', text: message.shown });
    made.classList.add('unsent');
    this.node.insertBefore(made, this.dots);
    this.made.set(id, made);
    return made;
  }

  /** @param {HTMLElement} made @param {string} said @param {...any} more */
  foot(made, said, ...more) {
    const old = made.querySelector('.foot');
    if (old?.firstChild?.textContent === said) return;
    old?.remove();
    if (said) made.append(h('p', { class: 'foot' }, said, ' ', ...more));
  }

  /** Choices stand only until the shopper has said something else, or no to what they stand beside. */
  fold() {
    const { state, helpful } = this.chat.transcript;
    const said = [...this.node.querySelectorAll('.shopper, .agent')].at(-1);
    for (const choices of this.node.querySelectorAll('.choices')) {
      choices.hidden = state !== 'bot' || helpful.get(choices.seq) === false || Boolean(said && choices.compareDocumentPosition(said) & 4);
    }
  }

  /** Delivered or read, under the shopper's last message only. */
  marks() {
    const mine = [...this.chat.transcript.items.values()].filter((e) => e.type === 'message' && e.from === 'shopper');
    const last = mine.at(-1);
    for (const event of mine.slice(-6)) {
      const made = this.made.get(event.client_id || `#${event.seq}`);
      const said = event !== last ? '' : (event.seq ?? 0) <= this.chat.transcript.read ? this.w.t('read')
        : this.chat.transcript.state === 'bot' ? '' : this.w.t('delivered');
      if (made) this.foot(made, said);
    }
  }

  writing() {
    const { transcript } = this.chat;
    const on = Date.now() - transcript.typing < 6000;
    this.dots.hidden = !on;
    if (on) /** @type {any} */ (this.dots.lastChild).textContent = this.w.t('typing', { name: transcript.agent ?? this.w.t('assistant') });
  }
}
