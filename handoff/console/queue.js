/** The list of chats: who waits, for how long, why; what is mine; what the others have. */
import { h } from '/widget/dom.js';
import { REASONS, since, span, urgency } from './when.js';

/** @typedef {import('./model.js').Summary} Summary */

export const VIEWS = /** @type {Record<string, {label: string, keep: (s: Summary, me: string) => boolean, none: string}>} */ ({
  waiting: { label: 'Waiting', keep: (s) => s.state === 'waiting', none: 'Nobody is waiting. New chats appear here by themselves.' },
  mine: { label: 'Mine', keep: (s, me) => s.state === 'assigned' && s.agent?.id === me, none: 'You have no chats. Claim one from Waiting.' },
  team: { label: 'Team', keep: (s, me) => s.state === 'assigned' && s.agent?.id !== me, none: 'Your colleagues have no chats at the moment.' },
  left: { label: 'Messages', keep: (s) => s.state === 'message_left', none: 'No messages were left out of hours.' },
});

export class DeskQueue extends HTMLElement {
  /** @type {import('./model.js').Desk} */ desk;
  view = localStorage.getItem('desk:view') ?? 'waiting';

  connectedCallback() {
    if (this.list) return;
    this.tabs = h('div', { class: 'tabs', role: 'group', 'aria-label': 'Which chats' });
    this.filter = h('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter this list', oninput: () => this.show() });
    this.list = h('ul', { class: 'list' });
    this.append(h('div', { class: 'queue-head' }, this.tabs, this.filter), this.list);
    this.desk.addEventListener('queue', () => this.show());
    this.desk.addEventListener('select', () => this.show());
    setInterval(() => this.tick(), 1000);
    this.show();
  }

  /** @param {string} view */
  pick(view) {
    this.view = view;
    localStorage.setItem('desk:view', view);
    this.show();
  }

  /** @returns {Summary[]} what the list shows, top to bottom */
  shown() {
    const wanted = this.filter.value.trim().toLowerCase();
    return this.of(this.view).filter((s) => !wanted || JSON.stringify([s.wants, s.last_message?.text, s.agent?.name, s.page?.title])
      .toLowerCase().includes(wanted));
  }

  /** @param {string} view */
  of(view) {
    return this.desk.queue.filter((s) => VIEWS[view].keep(s, this.desk.agent.id));
  }

  /** Selects the next (1) or the one before (-1). @param {number} step */
  step(step) {
    const ids = this.shown().map((s) => s.conversation_id);
    const next = ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(this.desk.selected) + step))];
    if (next) this.desk.select(next);
  }

  show() {
    if (!VIEWS[this.view]) this.view = 'waiting';
    this.tabs.replaceChildren(...Object.entries(VIEWS).map(([key, { label }]) => {
      const many = this.of(key).length;
      return h('button', { type: 'button', 'aria-pressed': String(key === this.view), onclick: () => this.pick(key) },
        label, many && h('span', { class: `count ${key === 'waiting' ? 'warm' : ''}` }, String(many)));
    }));
    const rows = this.shown();
    this.list.replaceChildren(...rows.map((s) => this.row(s)));
    if (!rows.length) this.list.append(h('li', { class: 'none' }, this.filter.value ? 'Nothing in this list fits.'
      : this.desk.queueKnown ? VIEWS[this.view].none : 'Connecting to the desk'));
  }

  /** @param {Summary} s */
  row(s) {
    const here = s.conversation_id === this.desk.selected;
    const waits = s.state === 'waiting' || s.state === 'message_left';
    return h('li', {}, h('a', { href: `#/chats/${s.conversation_id}`, 'aria-current': here && 'true', class: s.unread ? 'fresh' : '' },
      h('span', { class: 'row' },
        h('span', { class: `reason ${s.reason ?? ''}` }, REASONS[s.reason ?? ''] ?? 'Chat'),
        waits ? h('span', { class: 'wait', 'data-since': s.waiting_since }) : h('span', { class: 'wait' }, s.agent?.name ?? '')),
      h('span', { class: 'wants', dir: 'auto' }, s.wants || s.last_message?.text || 'Asked for a person'),
      h('span', { class: 'row quiet' },
        h('span', { class: 'last', dir: 'auto' }, s.last_message ? `${{ shopper: '', bot: 'Assistant: ', agent: 'Agent: ', system: '' }[s.last_message.from] ?? ''}${s.last_message.text}` : s.page?.title ?? ''),
        s.unread ? h('span', { class: 'count', 'aria-label': `${s.unread} unread` }, String(s.unread)) : null)));
  }

  tick() {
    for (const wait of this.list.querySelectorAll('[data-since]')) {
      const s = since(wait.dataset.since);
      wait.textContent = span(s);
      wait.className = `wait ${urgency(s)}`;
    }
  }
}
customElements.define('desk-queue', DeskQueue);
