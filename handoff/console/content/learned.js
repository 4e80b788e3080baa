/** What use suggests: questions that shoppers and agents have confirmed for a section, to accept or refuse; and what came of it. */
import { h } from '../../widget/dom.js';
import { safeHref } from '../../widget/markdown.js';
import { openDialog } from '../dialog.js';
import { accepted, bySection, notDone, share, some } from './outcomes.js';
import { View } from './view.js';

export class ContentLearned extends View {
  /** @type {any} */ learned;
  /** @type {any} */ taught;
  /** The keys of what was accepted last and does harm. @type {string[]} */ harmful = [];
  title_ = 'Learned';
  lead = 'Questions that at least two conversations have confirmed for a section. Accepted ones are added to its “asked as”.';

  tools() {
    this.all = h('button', { type: 'button', class: 'main', hidden: true, onclick: () => this.acceptAll() }, 'Accept all');
    return [h('div', { class: 'tools-row' }, this.all)];
  }

  async look() {
    const answer = await this.during(this.learned ? '' : 'Reading what was confirmed', () => this.api.get('/content/learned'));
    if (answer) this.learned = answer;
    this.show();
    this.taught = (await this.api.get('/content/learned/taught').catch(() => null)) ?? this.taught;
    this.show();
  }

  show() {
    if (!this.learned) return;
    const { suggestions, accepted: kept } = this.learned;
    this.all.hidden = suggestions.length < 2;
    const figures = [['Suggested', suggestions.length], ['Accepted', kept.length], ...(this.taught ? [['Answers that this week’s chats taught', share(this.taught)]] : [])];
    this.body?.replaceChildren(
      this.harmful.length ? h('p', { class: 'row harm' }, h('span', {}, 'What you accepted last makes other questions worse.'), h('button', { type: 'button', onclick: () => this.undo(this.harmful) }, 'Undo it')) : '',
      h('dl', { class: 'figures' }, ...figures.map(([label, n]) => h('div', {}, h('dt', {}, label), h('dd', {}, String(n))))),
      ...(suggestions.length ? bySection(suggestions).map((section) => this.section(section)) : [h('p', { class: 'none' }, 'Nothing is suggested: no question was confirmed in two conversations and is still open.')]),
      ...this.owed(), ...this.kept(kept));
  }

  /** @param {{title: string, url: string, of: any[]}} section */
  section({ title, url, of }) {
    return h('section', { class: 'lessons' }, h('h3', {}, h('a', { href: safeHref(url), target: '_blank', rel: 'noopener', dir: 'auto' }, title)),
      h('ul', { class: 'asked' }, ...of.map((one) => h('li', { class: 'row' }, h('q', { dir: 'auto' }, one.question), h('span', { class: 'quiet' }, one.reason),
        h('span', { class: 'does' }, h('a', { href: `#/try?q=${encodeURIComponent(one.question)}` }, 'Try'),
          h('button', { type: 'button', 'aria-label': `Accept “${one.question}”`, onclick: () => this.accept([one.key]) }, 'Accept'),
          h('button', { type: 'button', class: 'plain', 'aria-label': `Refuse “${one.question}”`, onclick: () => this.refuse([one.key]) }, 'Refuse'))))));
  }

  owed() {
    if (!this.taught?.answers.length) return [];
    return [h('h3', {}, 'Answers that this week’s chats taught'), h('ul', { class: 'asked' }, ...this.taught.answers.map((/** @type {any} */ a) => h('li', { class: 'row' },
      h('q', { dir: 'auto' }, a.question), h('span', { class: 'quiet', dir: 'auto' }, a.heading), h('a', { href: `/desk#/chats/${a.conversation_id}` }, 'Chat'))))];
  }

  /** @param {any[]} kept */
  kept(kept) {
    if (!kept.length) return [];
    return [h('h3', {}, 'Accepted'), h('ul', { class: 'asked' }, ...kept.map((one) => h('li', { class: 'row' }, h('q', { dir: 'auto' }, one.question),
      h('span', { class: 'quiet', dir: 'auto' }, one.heading), h('button', { type: 'button', class: 'plain', 'aria-label': `Undo “${one.question}”`, onclick: () => this.undo([one.key]) }, 'Undo'))))];
  }

  acceptAll() {
    const count = this.learned.suggestions.length;
    const dialog = openDialog(`Accept all ${count}?`, h('p', {}, 'They are added to their sections, unless that makes the questions that your pages list already harder to find. Then none is.'), h('div', { class: 'row' },
      h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, 'Not now'),
      h('button', { type: 'button', class: 'main', onclick: () => {
        dialog.close();
        this.accept(null);
      } }, 'Accept all')));
  }

  /** @param {string[] | null} keys null for all */
  async accept(keys) {
    const done = await this.during('Trying it on the questions that your pages list, and adding it', () => (keys ? this.api.post('/content/learned/accept', { keys }) : this.api.post('/content/learned/accept-all')));
    if (!done) return;
    this.harmful = done.harmful && !done.undone ? done.keys : [];
    await this.after(accepted(done), done.harmful || done.not_done.length);
  }

  /** @param {string[]} keys */
  async refuse(keys) {
    const done = await this.during('Refusing it', () => this.api.post('/content/learned/refuse', { keys }));
    if (done) await this.after('Refused. It is not suggested again.', false);
  }

  /** @param {string[]} keys */
  async undo(keys) {
    const done = await this.during('Taking it back', () => this.api.post('/content/learned/undo', { keys }));
    if (!done) return;
    this.harmful = this.harmful.filter((key) => !done.keys.includes(key));
    await this.after(done.not_done.length ? notDone(done.not_done) : `${some(done.keys.length, 'question')} taken back.`, done.not_done.length);
  }

  /** The list anew, and what became of it. @param {string} said @param {any} fault */
  async after(said, fault) {
    await this.look();
    if (!this.status) return;
    this.status.textContent = said;
    this.status.className = fault ? 'said fault' : 'said';
  }
}
customElements.define('content-learned', ContentLearned);
