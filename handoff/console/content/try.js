/** Ask as a shopper would, on a page of your choice: what is answered, how surely, why, and what came next. */
import { h } from '../../widget/dom.js';
import { parse, render, safeHref } from '../../widget/markdown.js';
import { chance } from '../transcript.js';
import { View } from './view.js';

const VERDICTS = /** @type {Record<string, [string, string]>} */ ({
  answer: ['Answered', 'The shopper is shown the first passage.'],
  likely: ['Likely', 'The shopper is shown the first passage, is told that it is likely, and may take one of those marked instead.'],
  clarify: ['Asked back', 'The shopper is offered the headings marked to choose from.'],
  unknown: ['Not answered', 'The assistant says that it does not know, and offers a person.'],
});

export class ContentTry extends View {
  title_ = 'Try it';
  lead = 'A question as a shopper would write it, against the index in service.';

  tools() {
    this.question = h('textarea', { rows: 2, id: 'try-question', maxlength: 4000, required: true, placeholder: 'how long do i have to send it back', onkeydown: (/** @type {KeyboardEvent} */ e) => {
      if (e.key === 'Enter' && !e.shiftKey) {
        e.preventDefault();
        this.ask();
      }
    } });
    this.page = h('input', { id: 'try-page', list: 'try-pages', placeholder: '/products/heron-2-tent (optional)' });
    this.known = h('datalist', { id: 'try-pages' });
    return [h('form', { class: 'try', onsubmit: (/** @type {Event} */ e) => {
      e.preventDefault();
      this.ask();
    } }, h('label', { for: 'try-question' }, 'Question'), this.question, h('label', { for: 'try-page' }, 'On page'), this.page, this.known,
    h('div', { class: 'row' }, h('span', { class: 'quiet' }, ''), h('button', { type: 'submit', class: 'main' }, 'Ask')))];
  }

  async look() {
    this.question.focus();
    const given = new URLSearchParams(location.hash.split('?')[1] ?? '');
    const asked = given.get('q') ?? '';
    if (given.get('page')) this.page.value = given.get('page');
    if (asked && asked !== this.question.value) {
      this.question.value = asked;
      this.ask();
    }
    if (this.known.firstChild) return;
    const answer = await this.api.get('/content/pages').catch(() => null);
    this.known.replaceChildren(...(answer?.pages ?? []).map((/** @type {any} */ p) => h('option', { value: p.url }, p.title)));
  }

  async ask() {
    const question = this.question.value.trim();
    if (!question) return;
    const url = this.page.value.trim();
    const page = url && { url: new URL(url, location.origin).href };
    const result = await this.during('Asking', () => this.api.post('/knowledge/search', { question, ...(page && { page }) }));
    if (result) this.show(result);
  }

  /** @param {any} result */
  show(result) {
    const [label, meaning] = VERDICTS[result.verdict] ?? [result.verdict, ''];
    const features = Object.entries(result.features ?? {});
    const shown = ['answer', 'likely'].includes(result.verdict);
    this.body?.replaceChildren(
      h('div', { class: `verdict ${result.verdict}` }, h('strong', {}, label), chance(result.probability), h('p', { class: 'quiet' }, meaning)),
      ...result.passages.map((/** @type {any} */ p, /** @type {number} */ i) => h('article', { class: `answer ${i || !shown ? '' : 'first'}` },
        h('div', { class: 'row' }, h('strong', {}, `${i + 1}. ${p.heading}`), result.choices?.includes(p.passage_id) && h('span', { class: 'chip' }, 'One tap away'), chance(p.probability)),
        h('div', { class: 'body', dir: 'auto' }, render(parse(p.text))),
        h('p', { class: 'quiet' }, h('a', { href: safeHref(p.url), target: '_blank', rel: 'noopener' }, p.page_title), ` · ${p.page} · updated ${p.updated}`))),
      features.length ? h('details', { class: 'why' }, h('summary', {}, 'Why this probability'), h('dl', {}, ...features.map(([name, value]) => h('div', {}, h('dt', {}, name.replace(/_/g, ' ')), h('dd', {}, Number(value).toFixed(3)))))) : '',
      h('p', { class: 'quiet' }, `Index ${result.index_version}`));
  }
}
customElements.define('content-try', ContentTry);
