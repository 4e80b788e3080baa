/** What the folder as it stands would answer, against what shoppers are answered now. */
import { h } from '../../widget/dom.js';
import { parse, render } from '../../widget/markdown.js';
import { chance } from '../transcript.js';
import { View } from './view.js';

const KINDS = /** @type {Record<string, string>} */ ({
  lost: 'Lose their answer',
  uncertain: 'Become uncertain',
  other: 'Answered from another section',
  reworded: 'Answered with other words',
  choices: 'Offered other headings',
  gained: 'Gain an answer',
});

export class ContentPublish extends View {
  title_ = 'Before you publish';
  lead = 'The questions of the last weeks, asked of the folder as it is now and of the index in service.';

  tools() {
    return [h('div', { class: 'tools-row' }, h('button', { type: 'button', class: 'main', onclick: () => this.compare() }, 'Compare'))];
  }

  async compare() {
    const result = await this.during('Building the folder aside and asking every question twice. This takes a little while.', () => this.api.post('/content/diff'));
    if (result) this.show(result);
  }

  /** @param {any} result */
  show(result) {
    const changed = result.changes.filter((/** @type {any} */ c) => c.kind !== 'same');
    const asked = result.asked ?? result.changes.length;
    const groups = Object.entries(KINDS).map(([kind, label]) => ({ label, kind, of: changed.filter((/** @type {any} */ c) => c.kind === kind) })).filter((g) => g.of.length);
    this.body?.replaceChildren(
      h('p', { class: 'verdict' }, h('strong', {}, changed.length ? `${changed.length} of ${asked} questions change` : `Nothing changes for the ${asked} questions asked`)),
      ...groups.flatMap((g) => [h('h3', { class: g.kind === 'lost' ? 'bad' : '' }, `${g.label} (${g.of.length})`), ...g.of.map((/** @type {any} */ c) => this.change(c))]));
  }

  /** @param {any} c */
  change(c) {
    return h('article', { class: 'change' }, h('q', { dir: 'auto' }, c.question), h('div', { class: 'sides' }, side('Now', c.before), side('After', c.after)));
  }
}

/** @param {string} label @param {any} answer */
function side(label, answer) {
  return h('div', {}, h('p', { class: 'quiet' }, label), answer?.text ? h('div', {}, h('div', { class: 'row' }, h('strong', {}, answer.heading ?? ''), answer.probability != null && chance(answer.probability)),
    h('div', { class: 'body', dir: 'auto' }, render(parse(answer.text))), h('p', { class: 'quiet' }, answer.page_title ?? '')) : h('p', {}, answer?.verdict === 'clarify' ? 'Asked back' : 'No answer'));
}
customElements.define('content-publish', ContentPublish);
