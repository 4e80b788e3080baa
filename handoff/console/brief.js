/** The brief: what the shopper wants, what was tried, and why the assistant gave way. */
import { h } from '../widget/dom.js';
import { REASONS } from './labels.js';
import { clock } from './time.js';

const SIGNALS = /** @type {Record<string, string>} */ ({
  asked: 'Asked for a person',
  frustration: 'Frustrated',
  rising: 'More and more frustrated',
  not_found: 'No sure answer',
  nothing_near: 'No page on it',
  failures: 'Not helped',
  unmet: 'Says that it did not help',
  people_only: 'A subject for people',
  danger: 'Somebody may be hurt or in danger',
  same_question: 'Asked again',
  same_answer: 'Got the same answer again',
  asked_back_again: 'Passed over the choices',
  not_helped: 'Thumbs down',
  not_it: 'Said no to a likely passage',
});
/** Weaker signs would only cost the agent time. */
const CLEAR = 0.5;
const MOST_SIGNALS = 4;

/** @param {string} name */
const plain = (name) => SIGNALS[name] ?? name.replace(/_/g, ' ').replace(/^./, (c) => c.toUpperCase());

/**
 * @param {any} detail the conversation as the desk tells it
 * @param {{open: boolean, earlier: import('./episodes.js').Episode[], go: (seq: number) => void}} more
 * @returns {HTMLElement | null}
 */
export function brief(detail, { open, earlier, go }) {
  const { brief: known, reason, page } = detail;
  if (!known && !reason && !earlier.length) return null;
  const { wants, tried = [], signals = [], entities = {}, language } = known ?? {};
  const clear = signals.filter((/** @type {any} */ s) => s.strength >= CLEAR).sort((/** @type {any} */ a, /** @type {any} */ b) => b.strength - a.strength).slice(0, MOST_SIGNALS);
  const facts = Object.entries(entities).flatMap(([name, values]) => /** @type {string[]} */ (values).map((v) => `${plain(name)}: ${v}`));
  return h('details', { class: 'brief', open },
    h('summary', {}, h('span', { class: `reason ${reason ?? ''}` }, REASONS[reason ?? ''] ?? 'Brief'), h('strong', { dir: 'auto' }, wants || (known ? 'Asked for a person' : ''))),
    h('dl', {},
      tried.length && row('Tried', h('ul', {}, ...tried.map(attempt))),
      clear.length && row('Signals', h('ul', {}, ...clear.map((/** @type {any} */ s) => h('li', {}, plain(s.name), s.evidence && h('span', { class: 'quiet', dir: 'auto' }, ` · ${s.evidence}`))))),
      facts.length && row('Named', facts.join(', ')),
      page?.url && row('On page', link(page)),
      earlier.length && row('Earlier', h('ul', {}, ...earlier.map((e) => h('li', {}, h('button', { type: 'button', class: 'link', onclick: () => go(e.seq) }, h('q', { dir: 'auto' }, e.question)),
        h('span', { class: 'quiet' }, ` ${clock(e.at)}`))))),
      language && language !== 'en' && row('Language', language)));
}

/** @param {string} label @param {any} what */
const row = (label, what) => h('div', {}, h('dt', {}, label), h('dd', {}, what));

/** @param {any} t */
const attempt = (t) => h('li', {}, h('q', { dir: 'auto' }, t.question), ' ',
  t.page_title ? h('span', { class: 'quiet' }, `→ ${t.page_title}${t.heading ? `, ${t.heading}` : ''}${t.probability != null ? ` (${Math.round(t.probability * 100)}%)` : ''}`)
    : h('span', { class: 'quiet' }, '→ no answer found'));

/** @param {any} page */
export function link(page) {
  const web = /^https?:\/\//.test(page.url);
  return h(web ? 'a' : 'span', { href: web && page.url, target: '_blank', rel: 'noopener noreferrer' }, page.title || page.url, page.sku && ` (${page.sku})`);
}
