/** The lead's view: how long people wait now, how the promise stands, who has how much; and moving work. */
import { h } from '../widget/dom.js';
import { CannedEdit } from './canned_edit.js';
import { REASONS } from './labels.js';
import { chatHash } from './model/route.js';
import { People } from './people.js';
import { redraw } from './redraw.js';
import { due, since, span, urgency } from './time.js';
import { transferDialog } from './transfer_dialog.js';

const AGAIN_MS = 10_000;

/** @typedef {import('./model/queue.js').Summary} Summary */

export class DeskTeam extends HTMLElement {
  /** @type {import('./model/desk.js').Desk} */ desk;

  connectedCallback() {
    if (this.figures) return;
    this.figures = h('dl', { class: 'figures' });
    this.waiting = h('ul', { class: 'plain-list' });
    this.talking = h('ul', { class: 'plain-list' });
    this.people = new People(this.desk, () => this.look());
    this.canned = new CannedEdit(this.desk);
    this.append(h('div', { class: 'page' }, h('h2', {}, 'Team'), this.figures,
      h('h3', {}, 'Waiting now'), this.waiting, h('h3', {}, 'With agents now'), this.talking, this.people.node, this.canned.node));
    this.desk.addEventListener('queue', () => this.hidden || this.look());
    this.desk.addEventListener('select', () => this.look());
    setInterval(() => this.hidden || this.look(), AGAIN_MS);
  }

  async look() {
    this.hidden = this.desk.route.screen !== 'team' || !this.desk.lead;
    if (this.hidden || this.looking) return;
    this.looking = true;
    await Promise.all([this.desk.team.load(), this.loadFigures()]);
    this.looking = false;
    this.show();
  }

  async loadFigures() {
    this.known = await this.desk.api.get('/figures').catch(() => null);
  }

  show() {
    const { queue } = this.desk;
    const [waiting, talking] = [queue.inState('waiting'), queue.inState('assigned')];
    this.showFigures(waiting, talking);
    this.rows(this.waiting, waiting, 'Nobody is waiting.', 'Give to…');
    this.rows(this.talking, talking, 'No chat is with an agent.', 'Move');
    this.people?.show();
    this.canned?.show();
  }

  /** @param {Summary[]} waiting @param {Summary[]} talking */
  showFigures(waiting, talking) {
    const longest = Math.max(0, ...waiting.map((s) => since(s.waiting_since)));
    const kept = [...waiting, ...talking];
    const late = kept.filter((s) => s.service === 'late').length;
    const f = this.known ?? {};
    const all = [
      ['Waiting', String(waiting.length)],
      ['Longest wait', waiting.length ? span(longest) : 'none', waiting.length && `wait ${urgency(longest)}`],
      ['Past the promise', kept.length ? `${late} of ${kept.length}` : 'none', late && 'wait late'],
      ['At the desk', String(this.desk.team.agents.filter((a) => a.present && a.available && a.role !== 'content').length)],
      f.first_reply_p50_s != null && ['First reply, median', span(f.first_reply_p50_s)],
      f.first_reply_p90_s != null && ['Nine in ten within', span(f.first_reply_p90_s)],
      f.handoffs != null && ['Handed over, 24 h', String(f.handoffs)],
      f.resolved != null && ['Resolved, 24 h', String(f.resolved)],
      f.answered_share != null && ['By the assistant alone', `${Math.round(f.answered_share * 100)}%`],
      f.rating_count ? ['Rating', `${f.rating_mean.toFixed(1)} of 5 (${f.rating_count})`] : null,
    ].filter(Boolean);
    this.figures?.replaceChildren(...all.map((/** @type {any} */ [label, value, kind]) => h('div', {}, h('dt', {}, label), h('dd', { class: kind || '' }, value))));
  }

  /** @param {Element | undefined} list @param {Summary[]} all @param {string} none @param {string} move */
  rows(list, all, none, move) {
    if (!list) return;
    redraw(list, all.map((s) => [s.conversation_id, s.agent, s.service, s.wants, due(s)]), () => all.length ? all.map((s) => h('li', { class: 'row' },
      h('a', { href: chatHash(s.conversation_id), dir: 'auto' }, s.wants ?? s.last_message?.text ?? 'Asked for a person'),
      h('span', { class: 'quiet' }, s.agent?.name ?? REASONS[s.reason ?? ''] ?? ''),
      h('span', { class: `wait ${s.service ?? ''}` }, `${span(since(s.waiting_since))}${due(s)}`),
      h('button', { type: 'button', onclick: () => transferDialog(this.desk, s.conversation_id) }, move))) : [h('li', { class: 'quiet' }, none)]);
  }
}
customElements.define('desk-team', DeskTeam);
