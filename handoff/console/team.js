/** The lead's view: how long people wait now, who has how much, and moving work; for admins, who may sign in. */
import { h } from '/widget/dom.js';
import { ask, presence } from './dialogs.js';
import { redraw } from './keep.js';
import { REASONS, since, span, urgency } from './when.js';

const ROLES = ['agent', 'lead', 'admin', 'content'];

export class DeskTeam extends HTMLElement {
  /** @type {import('./model.js').Desk} */ desk;

  connectedCallback() {
    if (this.figures) return;
    this.figures = h('dl', { class: 'figures' });
    this.people = h('tbody');
    this.waiting = h('ul', { class: 'plain-list' });
    this.canned = h('div');
    this.promise = h('dl', { class: 'promise' });
    const admin = this.desk.agent.role === 'admin';
    this.append(h('div', { class: 'page' }, h('h2', {}, 'Team'), this.figures,
      h('h3', {}, 'Waiting now'), this.waiting,
      h('div', { class: 'row' }, h('h3', {}, 'People'), admin && h('button', { type: 'button', onclick: () => this.add() }, 'Add a person')),
      h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'People' }, h('table', {}, h('thead', {}, h('tr', {}, ...['Name', 'Role', 'Now', 'Chats'].map((t) => h('th', { scope: 'col' }, t)), h('td'))), this.people)),
      h('h3', {}, 'Canned replies'), h('p', { class: 'quiet' }, 'They fill an agent’s draft after /. Places: {agent}, {shop}, {order}, {product}.'), this.canned,
      h('h3', {}, 'What shoppers are promised'), this.promise, h('p', { class: 'quiet' }, 'Set by CORNERDESK_HOURS, CORNERDESK_SHOP_PROMISE and their like; see the settings page of the docs.')));
    this.desk.addEventListener('queue', () => this.hidden || this.look());
    this.desk.addEventListener('select', () => this.look());
    setInterval(() => this.hidden || this.look(), 10_000);
  }

  async look() {
    this.hidden = this.desk.place !== 'team';
    if (this.hidden || this.looking) return;
    this.looking = true;
    await Promise.all([this.desk.learnTeam(), this.learnFigures()]);
    this.looking = false;
    this.show();
  }

  async learnFigures() {
    this.known = await this.desk.api.get('/figures').catch(() => null);
  }

  show() {
    const waiting = this.desk.queue.filter((s) => s.state === 'waiting');
    const longest = Math.max(0, ...waiting.map((s) => since(s.waiting_since)));
    const f = this.known ?? {};
    const figures = [
      ['Waiting', String(waiting.length)],
      ['Longest wait', waiting.length ? span(longest) : 'none'],
      ['With agents', String(this.desk.queue.filter((s) => s.state === 'assigned').length)],
      f.first_reply_p50_s != null && ['First reply, median', span(f.first_reply_p50_s)],
      f.first_reply_p90_s != null && ['Nine in ten within', span(f.first_reply_p90_s)],
      f.handoffs != null && ['Handed to people, 24 h', String(f.handoffs)],
      f.resolved != null && ['Resolved, 24 h', String(f.resolved)],
      f.answered_share != null && ['Settled by the assistant', `${Math.round(f.answered_share * 100)}%`],
      f.rating_count ? ['Rating', `${f.rating_mean.toFixed(1)} of 5 (${f.rating_count})`] : null,
    ].filter(Boolean);
    this.figures?.replaceChildren(...figures.map((/** @type {any} */ [label, value]) => h('div', {}, h('dt', {}, label), h('dd', { class: label === 'Longest wait' && waiting.length ? `wait ${urgency(longest)}` : '' }, value))));
    this.waiting?.replaceChildren(...waiting.map((s) => h('li', { class: 'row' },
      h('a', { href: `#/chats/${s.conversation_id}`, dir: 'auto' }, s.wants ?? 'Asked for a person'),
      h('span', { class: 'quiet' }, REASONS[s.reason ?? ''] ?? ''), h('span', { class: `wait ${urgency(since(s.waiting_since))}` }, span(since(s.waiting_since))))));
    if (!waiting.length) this.waiting?.append(h('li', { class: 'quiet' }, 'Nobody is waiting.'));
    if (this.people) redraw(this.people, this.desk.team, () => this.desk.team.map((a) => this.row(a)));
    if (!this.canned?.firstChild) this.showCanned();
    this.showPromise();
  }

  /** @param {any} a */
  row(a) {
    const may = this.desk.lead || a.id === this.desk.agent.id;
    const set = (/** @type {object} */ change) => async () => {
      await this.desk.call('PATCH', `/agents/${a.id}`, change);
      this.look();
    };
    return h('tr', {}, h('td', {}, a.name, h('span', { class: 'quiet' }, a.email ? ` ${a.email}` : '')), h('td', {}, a.role, a.team && h('span', { class: 'quiet' }, ` ${a.team}`)), h('td', {}, presence(a)), h('td', {}, String(a.chats ?? '')),
      h('td', { class: 'acts' }, this.desk.lead && h('button', { type: 'button', class: 'plain', onclick: () => this.edit(a) }, 'Change'), may && a.role !== 'content' && h('button', { type: 'button', onclick: set({ available: !a.available }) }, a.available ? 'Set away' : 'Set available'),
        this.desk.agent.role === 'admin' && a.id !== this.desk.agent.id && h('button', { type: 'button', class: 'plain', onclick: () => this.remove_(a) }, 'Remove')));
  }

  /** What comes to an agent: how many chats, for which team, in which languages. @param {any} a */
  edit(a) {
    const field = (/** @type {string} */ label, /** @type {any} */ value, /** @type {object} */ attrs = {}) => {
      const input = h('input', { value: value ?? '', ...attrs });
      return { input, label: h('label', {}, label, input) };
    };
    const words = (/** @type {HTMLInputElement} */ input) => input.value.split(',').map((w) => w.trim()).filter(Boolean);
    const capacity = field('Chats at once', a.capacity, { type: 'number', min: 0, max: 100, required: true });
    const team = field('Team (empty: any)', a.team);
    const languages = field('Languages, as en, fr (empty: any)', a.languages?.join(', '));
    const skills = field('Skills (empty: any)', a.skills?.join(', '));
    const role = h('select', {}, ...ROLES.map((r) => h('option', { selected: r === a.role }, r)));
    const dialog = ask(a.name, h('div', { class: 'stack' }, capacity.label, team.label, languages.label, skills.label,
      this.desk.agent.role === 'admin' && h('label', {}, 'Role', role)), h('div', { class: 'row' },
      h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, 'Leave it'),
      h('button', { type: 'button', class: 'main', onclick: async () => {
        const change = { capacity: Number(capacity.input.value), team: team.input.value.trim() || null, languages: words(languages.input), skills: words(skills.input),
          ...(this.desk.agent.role === 'admin' && role.value !== a.role && { role: role.value }) };
        if (await this.desk.call('PATCH', `/agents/${a.id}`, change)) dialog.close();
        this.look();
      } }, 'Save')));
  }

  /** @param {any} a */
  remove_(a) {
    ask(`Remove ${a.name}?`, h('p', { class: 'quiet' }, 'They can no longer sign in. Their chats go back to the queue; what they wrote stays.'),
      h('div', { class: 'stack' }, h('button', { type: 'submit', class: 'main', onclick: async () => {
        await this.desk.call('DELETE', `/agents/${a.id}`);
        this.look();
      } }, 'Remove'), h('button', { type: 'submit' }, 'Keep')));
  }

  add() {
    const field = (/** @type {string} */ label, /** @type {object} */ attrs) => h('input', { 'aria-label': label, placeholder: label, required: true, ...attrs });
    const [email, name, password] = [field('E-mail', { type: 'email' }), field('Name', {}), field('Password, 10 characters or more', { type: 'password', minlength: 10, autocomplete: 'new-password' })];
    const role = h('select', { 'aria-label': 'Role' }, ...ROLES.map((r) => h('option', {}, r)));
    const dialog = ask('Add a person', h('div', { class: 'stack' }, email, name, role, password), h('div', { class: 'row' },
      h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, 'Not now'),
      h('button', { type: 'button', class: 'main', onclick: async () => {
        if (!dialog.querySelector('form')?.reportValidity()) return;
        if (await this.desk.call('POST', '/agents', { email: email.value, name: name.value, role: role.value, password: password.value })) dialog.close();
        this.look();
      } }, 'Add')));
  }

  async showPromise() {
    if (!this.promise || this.promise.firstChild) return;
    const shop = await this.desk.api.get('/shop').catch(() => ({}));
    this.desk.shop = shop.name ?? '';
    const rows = [['Shop', shop.name], ['Promise', shop.promise], ['Hours', shop.hours || 'Always'], ['E-mail', shop.mail ? 'Answers and transcripts are mailed' : 'Not set up']];
    this.promise.replaceChildren(...rows.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))));
  }

  showCanned() {
    const rows = this.desk.canned.map((c) => this.cannedRow(c));
    const list = h('div', { class: 'canned-edit' }, ...rows);
    const may = this.desk.lead;
    this.canned?.replaceChildren(list, may && h('div', { class: 'row' },
      h('button', { type: 'button', onclick: () => list.append(this.cannedRow({ name: '', text: '' })) }, 'New reply'),
      h('button', { type: 'button', class: 'main', onclick: () => this.saveCanned(list) }, 'Save replies')));
  }

  /** @param {{name: string, text: string}} c */
  cannedRow(c) {
    const row = h('div', { class: 'canned-row' }, h('input', { 'aria-label': 'Name', placeholder: 'name', maxlength: 40 }), h('textarea', { rows: 2, 'aria-label': 'Text', placeholder: 'What it says', maxlength: 4000 }),
      h('button', { type: 'button', class: 'plain', 'aria-label': 'Remove this reply', onclick: () => row.remove() }, '✕'));
    [row.children[0].value, row.children[1].value] = [c.name, c.text];
    return row;
  }

  /** @param {HTMLElement} list */
  async saveCanned(list) {
    const replies = [...list.children].map((row) => ({ name: /** @type {any} */ (row.children[0]).value.trim(), text: /** @type {any} */ (row.children[1]).value.trim() }))
      .filter((c) => c.name && c.text);
    if (await this.desk.call('PUT', '/canned', { replies })) {
      this.desk.canned = replies;
      this.desk.tell('said', 'Saved.');
    }
  }
}
customElements.define('desk-team', DeskTeam);
