/** Knowledge beside the chat: passages for the shopper's last question, found unasked; any others, searched. */
import { h } from '../widget/dom.js';
import { parse, render, safeHref } from '../widget/markdown.js';
import { chance } from './transcript.js';

/** Less likely passages than this are shown in a few lines. */
const FAINT = 0.15;

export class DeskKnowledge extends HTMLElement {
  /** @type {import('./model/desk.js').Desk} */ desk;
  /** @type {(text: string) => void} */ insert;
  question = '';
  /** @type {any[]} */ found = [];

  connectedCallback() {
    if (this.list) return;
    this.input = h('input', { type: 'search', placeholder: 'Search the pages', 'aria-label': 'Search the pages', maxlength: 4000 });
    this.said = h('p', { class: 'quiet', role: 'status' });
    this.list = h('ol', { class: 'found' });
    this.append(h('form', { onsubmit: (/** @type {Event} */ e) => {
      e.preventDefault();
      if (this.input.value.trim()) this.search(this.input.value.trim(), true);
    } }, this.input), this.said, this.list);
    this.desk.addEventListener('chat', (/** @type {any} */ e) => e.detail === this.desk.selected && this.follow());
    this.desk.addEventListener('select', () => {
      this.question = '';
      this.input.value = '';
      this.list.replaceChildren();
      this.said.textContent = '';
      this.follow();
    });
    this.follow();
  }

  /** The shopper's last message is the question. */
  follow() {
    const chat = this.desk.chats.get(this.desk.selected);
    const last = chat && [...chat.events.values()].filter((e) => e.type === 'message' && e.from === 'shopper').at(-1);
    const words = last?.text?.trim() ?? '';
    const question = words.split(/\s+/).length > 2 ? words : chat?.detail?.brief?.wants ?? words;
    if (question && question !== this.question) this.search(question, false);
  }

  /** @param {string} question @param {boolean} typed */
  async search(question, typed) {
    const chat = this.desk.selected;
    this.question = typed ? this.question : question;
    this.said.textContent = 'Searching';
    try {
      const page = this.desk.chats.get(chat)?.detail?.page;
      const result = await this.desk.api.post('/knowledge/search', { question: question.slice(0, 4000), ...(page && { page }) });
      this.desk.passages.found(chat, result);
      if (chat !== this.desk.selected) return;
      this.show(question, result, typed);
    } catch (fault) {
      this.said.textContent = /** @type {Error} */ (fault).message;
    }
  }

  /** @param {string} question @param {any} result @param {boolean} typed */
  show(question, result, typed) {
    this.found = result.passages;
    const about = typed ? 'Found' : 'For the last question';
    this.said.textContent = this.found.length ? about : 'No page answers this.';
    this.list.replaceChildren(...this.found.map((passage, i) => this.card(passage, i)));
    for (const body of this.list.querySelectorAll('.body')) body.classList.toggle('long', body.scrollHeight > body.clientHeight + 2);
  }

  /** @param {any} passage @param {number} i */
  card(passage, i) {
    return h('li', { class: i && passage.probability < FAINT ? 'faint' : '' },
      h('div', { class: 'row' }, h('strong', {}, passage.heading), chance(passage.probability)),
      h('div', { class: 'body', dir: 'auto' }, render(parse(passage.text))),
      h('p', { class: 'quiet' }, h('a', { href: safeHref(passage.url), target: '_blank', rel: 'noopener' }, passage.page_title), ' · ', h('span', { class: 'whole' }, passage.updated)),
      h('button', { type: 'button', onclick: () => this.use(i), 'aria-keyshortcuts': `Alt+${i + 1}`, title: `Alt+${i + 1}` }, 'Insert', i < 3 && h('kbd', { 'aria-hidden': 'true' }, `Alt ${i + 1}`)));
  }

  /** Puts a found passage with its link into the reply. @param {number} i */
  use(i) {
    const passage = this.found[i];
    if (passage) this.insert(`${passage.text}\n\n[${passage.page_title}](${passage.url})`);
  }
}
customElements.define('desk-knowledge', DeskKnowledge);
