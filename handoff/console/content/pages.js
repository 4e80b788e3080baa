/** Every page with its health: faults by line, when it was last changed, what it answered and whether that helped. */
import { h } from '../../widget/dom.js';
import { parse, render, safeHref } from '../../widget/markdown.js';
import { chance } from '../transcript.js';
import { share, View } from './view.js';

const YEAR_MS = 365 * 86_400_000;

const votes = (/** @type {any} */ p) => p.helpful + p.unhelpful;
const ORDERS = /** @type {Record<string, {label: string, by?: (p: any) => number}>} */ ({
  path: { label: 'By path' },
  answered: { label: 'Most answered first', by: (p) => p.answered },
  unhelpful: { label: 'Least helpful first', by: (p) => (votes(p) ? p.unhelpful / votes(p) : -1) },
  old: { label: 'Longest unchanged first', by: (p) => -new Date(p.updated ?? 0) },
});

export class ContentPages extends View {
  /** @type {any[] | undefined} */ pages;
  title_ = 'Pages';
  lead = 'What shoppers are answered from. Save a file in the pages folder, and it shows here.';
  filter = '';

  tools() {
    this.input = h('input', { type: 'search', placeholder: 'Filter by title, path or category', 'aria-label': 'Filter pages', oninput: () => this.show() });
    this.order = h('select', { 'aria-label': 'Order', onchange: () => this.show() }, ...Object.entries(ORDERS).map(([value, { label }]) => h('option', { value }, label)));
    this.only = h('input', { type: 'checkbox', onchange: () => this.show() });
    return [h('div', { class: 'tools-row' }, this.input, this.order, h('label', { class: 'check' }, this.only, 'Only with faults'))];
  }

  /** @param {any[]} pages */
  sorted(pages) {
    const { by } = ORDERS[this.order.value];
    return by ? [...pages].sort((a, b) => by(b) - by(a)) : pages;
  }

  async look() {
    const answer = await this.during(this.pages ? '' : 'Reading and checking the pages', () => this.api.get('/content/pages'));
    if (answer) this.pages = answer.pages;
    this.show();
  }

  show() {
    const wanted = this.input.value.trim().toLowerCase();
    const all = this.pages ?? [];
    const shown = this.sorted(all).filter((/** @type {any} */ p) => (!this.only.checked || p.faults.length) && `${p.title} ${p.path} ${p.category}`.toLowerCase().includes(wanted));
    const faults = all.reduce((/** @type {number} */ n, /** @type {any} */ p) => n + p.faults.length, 0);
    const sum = (/** @type {string} */ of) => all.reduce((/** @type {number} */ n, /** @type {any} */ p) => n + (p[of] ?? 0), 0);
    const figures = [['Pages', all.length], ['Faults to mend', faults], ['Answers, 4 weeks', sum('answered')], ['Called helpful', share(sum('helpful'), sum('unhelpful')) || 'no votes yet']];
    this.body?.replaceChildren(...(this.pages ? [h('dl', { class: 'figures' }, ...figures.map(([label, n]) => h('div', {}, h('dt', {}, label), h('dd', {}, String(n))))),
      h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Pages' }, h('table', {}, h('thead', {}, h('tr', {}, ...['Page', 'Category', 'Changed', 'Answered', 'Helpful', 'Health'].map((t) => h('th', { scope: 'col' }, t)))),
        h('tbody', {}, ...shown.flatMap((/** @type {any} */ p) => this.rows(p))))), !shown.length && h('p', { class: 'none' }, 'No page fits.')].filter(Boolean) : []));
  }

  /** @param {any} p */
  rows(p) {
    const detail = h('tr', { hidden: true }, h('td', { colspan: 6 }));
    const button = h('button', { type: 'button', class: 'link', 'aria-expanded': 'false', onclick: () => {
      detail.hidden = !detail.hidden;
      button.setAttribute('aria-expanded', String(!detail.hidden));
      if (!detail.hidden) this.detail(p, detail.firstChild);
    } }, p.title);
    const old = p.updated && Date.now() - +new Date(p.updated) > YEAR_MS;
    return [h('tr', {}, h('td', {}, button, h('span', { class: 'quiet path' }, p.path)), h('td', {}, p.category ?? ''),
      h('td', { class: old ? 'warn whole' : 'whole' }, p.updated ?? ''), h('td', {}, p.answered == null ? '' : String(p.answered)), h('td', {}, share(p.helpful, p.unhelpful)),
      h('td', {}, h('span', { class: `health ${health(p)}` }, p.draft ? 'Draft' : p.faults.length ? `${p.faults.length} to mend` : 'In order'))), detail];
  }

  /** @param {any} p @param {HTMLElement} cell */
  async detail(p, cell) {
    const faults = p.faults.map((/** @type {any} */ f) => h('li', {}, h('b', {}, f.line ? `Line ${f.line}: ` : ''), f.message, f.remedy && h('span', { class: 'quiet' }, ` ${f.remedy}`)));
    const [asked, preview] = [h('div'), h('div', { class: 'preview' })];
    cell.replaceChildren(
      h('p', { class: 'row' }, faults.length ? h('b', {}, 'To mend') : h('span', { class: 'quiet' }, 'Nothing to mend.'),
        h('span', {}, h('a', { href: `#/try?page=${encodeURIComponent(p.url ?? '')}` }, 'Ask it something'), ' · ', h('a', { href: safeHref(p.url ?? ''), target: '_blank', rel: 'noopener' }, 'Open the page'))),
      faults.length ? h('ul', { class: 'faults' }, ...faults) : '',
      h('h3', {}, 'What it answered'), asked, h('h3', {}, 'As shoppers get it'), preview);
    const [answers, shown] = await Promise.all([
      this.during('', () => this.api.get(`/content/answered?url=${encodeURIComponent(p.url ?? '')}`)),
      this.during('', () => this.api.post('/content/preview', { path: p.path }))]);
    asked.replaceChildren(questions(answers?.answers ?? []));
    preview.replaceChildren(...(shown?.passages ?? []).map((/** @type {any} */ s) => h('article', { class: 'answer' }, h('strong', {}, s.heading), h('div', { class: 'body', dir: 'auto' }, render(parse(s.text))))));
  }
}

/** @param {any[]} answers @returns {HTMLElement} */
function questions(answers) {
  if (!answers.length) return h('p', { class: 'quiet' }, 'No shopper was answered from it in the last four weeks.');
  return h('ul', { class: 'asked' }, ...answers.map((a) => h('li', { class: 'row' }, h('q', { dir: 'auto' }, a.question), h('span', { class: 'quiet' }, a.heading),
    a.helpful == null ? null : h('span', { class: `health ${a.helpful ? 'good' : 'bad'}` }, a.helpful ? 'helped' : 'did not help'), chance(a.probability),
    h('a', { href: `/desk#/chats/${a.conversation_id}` }, 'Chat'))));
}

/** @param {any} p @returns {string} */
const health = (p) => (p.draft ? 'draft' : p.faults.some((/** @type {any} */ f) => f.level !== 'note') ? 'bad' : p.faults.length ? 'note' : 'good');

customElements.define('content-pages', ContentPages);
