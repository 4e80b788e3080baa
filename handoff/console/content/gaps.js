/** Questions that shoppers had and pages did not answer, gathered by what they are about. */
import { h } from '../../widget/dom.js';
import { openDialog } from '../dialog.js';
import { CATEGORIES } from '../draft_dialog.js';
import { chance } from '../transcript.js';
import { View } from './view.js';
import { once } from './wordings.js';

const WHY = /** @type {Record<string, string>} */ ({ unknown: 'no answer', clarify: 'asked back', low: 'unsure', unhelpful: 'did not help', handed_off: 'went to a person', wrong: 'an agent: wrong' });

export class ContentGaps extends View {
  /** @type {any[] | undefined} */ gaps;
  /** The gaps that the reader has opened, by their name: they stay open when the list is read again. @type {Set<string>} */ opened = new Set();
  title_ = 'Gaps';
  lead = 'What shoppers asked and the pages did not say. A gap closes by itself once the pages answer it.';

  async look() {
    const answer = await this.during(this.gaps ? '' : 'Gathering the questions of the last weeks', () => this.api.get('/content/gaps'));
    if (answer) this.gaps = answer.gaps;
    this.show();
  }

  show() {
    if (!this.gaps) return;
    const open = this.gaps.filter((/** @type {any} */ g) => !g.closed);
    const closed = this.gaps.filter((/** @type {any} */ g) => g.closed);
    this.body?.replaceChildren(
      ...(open.length ? open.map((/** @type {any} */ g) => this.gap(g)) : [h('p', { class: 'none' }, 'No gaps: every question of the last weeks found its answer.')]),
      closed.length ? h('h3', {}, 'Closed') : '', ...closed.map((/** @type {any} */ g) => this.gap(g)));
  }

  /** @param {any} gap */
  gap(gap) {
    const questions = once(gap.questions);
    return h('details', { class: `gap ${gap.closed ? 'closed' : ''}`, open: this.opened.has(gap.name), ontoggle: (/** @type {any} */ event) => this.toggled(gap.name, event.target.open) },
      h('summary', {}, h('span', { class: 'name' }, h('strong', { dir: 'auto' }, gap.name), h('span', { class: 'quiet', dir: 'auto' }, questions[0]?.text ?? '')), weeks(gap.per_week ?? []),
        gap.closed ? h('span', { class: 'health good' }, 'answered now') : h('span', { class: 'quiet' }, `${gap.count} asked`)),
      h('ul', {}, ...questions.map((q) => h('li', { class: 'row' }, h('q', { dir: 'auto' }, q.text), h('span', { class: 'quiet' }, q.times > 1 ? `${q.times} times · ` : '', WHY[q.reason] ?? ''),
        h('span', { class: 'does' }, h('a', { href: `/desk#/chats/${q.conversation_id}` }, 'Chat'), h('a', { href: `#/try?q=${encodeURIComponent(q.text)}` }, 'Try'),
          h('button', { type: 'button', onclick: () => this.attach(q.text) }, 'Attach to a section'))))),
      !gap.closed && h('div', { class: 'row end' }, h('button', { type: 'button', class: 'main', onclick: () => this.draft(gap) }, 'Draft a page')));
  }

  /** @param {string} name @param {boolean} open */
  toggled(name, open) {
    if (open) this.opened.add(name);
    else this.opened.delete(name);
  }

  /** @param {any} gap */
  draft(gap) {
    const title = h('input', { 'aria-label': 'Title', required: true, value: gap.name.replace(/^./, (/** @type {string} */ c) => c.toUpperCase()) });
    const category = h('select', { 'aria-label': 'Category' }, ...CATEGORIES.map((c) => h('option', {}, c)));
    const text = h('textarea', { rows: 7, 'aria-label': 'Text', placeholder: '## A section\n\nWhat shoppers should be told.' });
    const dialog = openDialog('Draft a page', h('div', { class: 'stack' }, title, category, text), h('div', { class: 'row' },
      h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, 'Not now'),
      h('button', { type: 'button', class: 'main', onclick: async () => {
        if (!title.value.trim()) return title.reportValidity();
        const questions = gap.questions.map((/** @type {any} */ q) => q.text).slice(0, 20);
        const made = await this.during('Writing the draft', () => this.api.post('/content/drafts', { title: title.value.trim(), category: category.value, text: text.value, questions }));
        dialog.close();
        if (made && this.status) this.status.textContent = `The draft is at ${made.path}. Shoppers see it once “draft” is taken out of its head.`;
      } }, 'Write the draft')));
  }

  /** @param {string} question */
  async attach(question) {
    const result = await this.during('Looking for the section', () => this.api.post('/knowledge/search', { question }));
    if (!result) return;
    openDialog('Which section answers it?', h('p', { class: 'quiet', dir: 'auto' }, question), h('div', { class: 'stack' },
      ...result.passages.map((/** @type {any} */ p) => h('button', { type: 'submit', onclick: async () => {
        const made = await this.during('Adding the question', () => this.api.post('/content/asked-as', { passage_id: p.passage_id, question }));
        if (made && this.status) this.status.textContent = `Added to ${made.path ?? p.page}.`;
      } }, h('span', { class: 'row' }, `${p.page_title}: ${p.heading}`, chance(p.probability))))), h('button', { type: 'submit', class: 'plain' }, 'None of these'));
  }
}

/** Questions per week, oldest first, as small bars. @param {number[]} counts */
function weeks(counts) {
  const most = Math.max(1, ...counts);
  return h('span', { class: 'weeks', role: 'img', 'aria-label': `Per week: ${counts.join(', ')}` }, ...counts.map((n) => h('meter', { min: 0, max: most, value: n, 'aria-hidden': 'true' })));
}
customElements.define('content-gaps', ContentGaps);
