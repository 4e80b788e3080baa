/** The list of chats: who waits, for how long, why; what is mine; what the others have. */
import { h } from '../widget/dom.js';
import { REASONS, STATES } from './labels.js';
import { chatHash } from './model/route.js';
import { redraw, redrawRows } from './redraw.js';
import { since, span, urgency } from './time.js';

/** @typedef {import('./model/queue.js').Summary} Summary */

export const VIEWS = /** @type {Record<string, {label: string, keep: (s: Summary, me: string) => boolean, none: string}>} */ ({
  waiting: { label: 'Waiting', keep: (s) => s.state === 'waiting', none: 'Nobody is waiting. New chats appear here by themselves.' },
  mine: { label: 'Mine', keep: (s, me) => s.state === 'assigned' && s.agent?.id === me, none: 'You have no chats. Claim one from Waiting.' },
  team: { label: 'Team', keep: (s, me) => s.state === 'assigned' && s.agent?.id !== me, none: 'Your colleagues have no chats at the moment.' },
  left: { label: 'Left', keep: (s) => s.state === 'message_left', none: 'No messages were left out of hours.' },
  all: { label: 'All', keep: () => true, none: 'No shopper has written yet.' },
  done: { label: 'Done', keep: (s) => s.state === 'resolved', none: 'Nothing was resolved yet.' },
});
/** Views that are not part of the live queue: fetched, and again when the queue changes. */
const FETCHED = /** @type {Record<string, string>} */ ({ all: '/conversations?limit=100', done: '/conversations?state=resolved&limit=50' });
const AGAIN_MS = 2_000;
const FIRST = ['Urgent', 'High'];

export class DeskQueue extends HTMLElement {
  /** @type {import('./model/desk.js').Desk} */ desk;
  view = localStorage.getItem('desk:view') ?? 'waiting';
  /** @type {Summary[] | null} what a search found */ found = null;
  /** @type {Record<string, Summary[]>} */ fetched = {};
  again = 0;

  connectedCallback() {
    if (this.list) return;
    this.tabs = h('div', { class: 'tabs', role: 'group', 'aria-label': 'Which chats' });
    this.filter = h('input', { type: 'search', placeholder: 'Filter; Enter searches everything', 'aria-label': 'Filter this list, Enter searches everything',
      oninput: () => this.typed(), onkeydown: (/** @type {KeyboardEvent} */ e) => e.key === 'Enter' && this.search() });
    this.list = h('ul', { class: 'list' });
    this.append(h('div', { class: 'queue-head' }, this.tabs, this.filter), this.list);
    this.desk.addEventListener('queue', () => {
      this.fetchSoon();
      this.show();
    });
    this.desk.addEventListener('select', () => this.show());
    setInterval(() => this.tick(), 1000);
    this.pick(this.view);
  }

  /** @param {string} view */
  pick(view) {
    this.found = null;
    this.view = view;
    this.fetch();
    localStorage.setItem('desk:view', view);
    this.show();
  }

  /** @returns {Summary[]} what the list shows, top to bottom */
  shown() {
    if (this.found) return this.found;
    const wanted = this.filter.value.trim().toLowerCase();
    return this.of(this.view).filter((s) => !wanted || JSON.stringify([s.wants, s.last_message?.text, s.agent?.name, s.page?.title])
      .toLowerCase().includes(wanted));
  }

  typed() {
    if (!this.filter.value) this.found = null;
    this.show();
  }

  /** Fetches a view that the live queue does not hold. */
  async fetch() {
    const { view } = this;
    if (!FETCHED[view]) return;
    const answer = await this.desk.api.get(FETCHED[view]).catch(() => null);
    if (answer) this.fetched[view] = answer.conversations;
    this.show();
  }

  fetchSoon() {
    if (!FETCHED[this.view] || this.again) return;
    this.again = setTimeout(() => {
      this.again = 0;
      this.fetch();
    }, AGAIN_MS);
  }

  /** Full text, over all chats there ever were. */
  async search() {
    const words = this.filter.value.trim();
    if (!words) return;
    try {
      this.found = (await this.desk.api.get(`/conversations?q=${encodeURIComponent(words)}&limit=50`)).conversations;
    } catch (fault) {
      this.desk.toast(/** @type {Error} */ (fault).message);
    }
    this.show();
  }

  /** @param {string} view @returns {Summary[]} */
  of(view) {
    if (FETCHED[view]) return this.fetched[view] ?? [];
    return this.desk.queue.all.filter((s) => VIEWS[view].keep(s, this.desk.agent.id));
  }

  /** Selects the next (1) or the one before (-1). @param {number} step */
  step(step) {
    const ids = this.shown().map((s) => s.conversation_id);
    const next = ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(this.desk.selected) + step))];
    if (next) this.desk.select(next);
  }

  show() {
    if (!VIEWS[this.view]) this.view = 'waiting';
    const many = Object.keys(VIEWS).map((key) => this.of(key).length);
    redraw(this.tabs, [many, this.view, Boolean(this.found)], () => this.tabsNow());
    const shown = this.shown();
    redrawRows(this.list, shown, (s) => s.conversation_id, (s) => [s, s.conversation_id === this.desk.selected, this.found], (s) => this.row(s));
    if (!shown.length) this.list.replaceChildren(h('li', { class: 'none' }, this.found ? 'No chat holds these words.' : this.filter.value ? 'Nothing in this list fits. Enter searches everything.'
      : this.desk.queue.known ? VIEWS[this.view].none : 'Connecting to the desk'));
    this.tick();
  }

  tabsNow() {
    return Object.entries(VIEWS).map(([key, { label }]) => {
      const many = this.of(key).length;
      return h('button', { type: 'button', 'aria-pressed': String(key === this.view && !this.found), onclick: () => this.pick(key) },
        h('span', {}, label), many && !FETCHED[key] && h('span', { class: `count ${key === 'waiting' ? 'warm' : ''}` }, String(many)));
    });
  }

  /** @param {Summary} s */
  row(s) {
    const here = s.conversation_id === this.desk.selected;
    const waits = s.state === 'waiting' || s.state === 'message_left';
    const open = waits || s.state === 'assigned';
    return h('li', {}, h('a', { href: chatHash(s.conversation_id), 'aria-current': here && 'true', class: s.unread && open ? 'fresh' : '', 'data-service': open && s.service },
      h('span', { class: 'row' },
        h('span', { class: `reason ${open ? s.reason ?? '' : ''}` }, open && FIRST[s.priority] && h('span', { class: 'first' }, FIRST[s.priority]), REASONS[s.reason ?? ''] ?? 'Chat'),
        waits ? h('span', { class: 'wait', 'data-since': s.waiting_since, 'data-service': s.service ?? null }) : h('span', { class: 'wait' }, s.agent?.name ?? (this.found || FETCHED[this.view] ? STATES[s.state] : ''))),
      h('span', { class: 'wants', dir: 'auto' }, s.wants || s.last_message?.text || 'Nothing written yet'),
      h('span', { class: 'row quiet' },
        h('span', { class: 'last', dir: 'auto' }, s.last_message ? `${{ shopper: '', bot: 'Assistant: ', agent: 'Agent: ', system: '' }[s.last_message.from] ?? ''}${s.last_message.text}` : s.page?.title ?? ''),
        s.unread && open ? h('span', { class: 'count', 'aria-label': `${s.unread} unread` }, String(s.unread)) : null)));
  }

  tick() {
    for (const wait of this.list.querySelectorAll('[data-since]')) {
      const s = since(wait.dataset.since);
      wait.textContent = span(s);
      wait.className = `wait ${wait.dataset.service?.replace('ok', 'calm') ?? urgency(s)}`;
    }
  }
}
customElements.define('desk-queue', DeskQueue);
