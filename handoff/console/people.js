/** Who is at the desk: how much each has, who is away; for leads what comes to them, for admins who may sign in. */
import { h } from '../widget/dom.js';
import { openDialog } from './dialog.js';
import { redraw } from './redraw.js';

const ROLES = ['agent', 'lead', 'admin', 'content'];

/** @param {string} label @param {any} value @param {object} [attrs] */
function field(label, value, attrs = {}) {
  const input = h('input', { value: value ?? '', ...attrs });
  return { input, label: h('label', {}, label, input) };
}

/** @param {HTMLInputElement} input @returns {string[]} */
const words = (input) => input.value.split(',').map((w) => w.trim()).filter(Boolean);

export class People {
  body = h('tbody');

  /** @param {import('./model/desk.js').Desk} desk @param {() => void} changed */
  constructor(desk, changed) {
    this.desk = desk;
    this.changed = changed;
    this.node = h('section', {},
      h('div', { class: 'row' }, h('h3', {}, 'People'), desk.admin && h('button', { type: 'button', onclick: () => this.add() }, 'Add a person')),
      h('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'People' }, h('table', {}, h('thead', {}, h('tr', {},
        ...['Name', 'Role', 'Chats', 'Now'].map((t) => h('th', { scope: 'col' }, t)), h('th', { scope: 'col' }, h('span', { class: 'sr' }, 'What you may do')))), this.body)));
  }

  show() {
    const order = (/** @type {any} */ a) => (a.present ? (a.available ? 0 : 1) : 2);
    const all = [...this.desk.team.agents].sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name));
    redraw(this.body, all, () => all.map((a) => this.row(a)));
  }

  /** @param {any} a */
  row(a) {
    const { desk } = this;
    const here = a.present ? (a.available ? 'here' : 'away') : 'gone';
    const talks = a.role !== 'content';
    return h('tr', {}, h('td', {}, h('b', {}, a.name), h('span', { class: 'quiet path' }, a.email ?? '')),
      h('td', {}, a.role, a.team && h('span', { class: 'quiet path' }, a.team)),
      h('td', {}, talks && h('span', { class: 'chance' }, h('meter', { min: 0, max: a.capacity || 1, low: a.capacity * 0.75, high: a.capacity * 0.99, optimum: 0, value: a.chats ?? 0, 'aria-hidden': 'true' }), `${a.chats ?? 0} of ${a.capacity}`)),
      h('td', {}, h('span', { class: `dot ${here}` }, talks || a.present ? { here: 'available', away: 'away', gone: 'not at the desk' }[here] : '')),
      h('td', { class: 'acts' }, desk.lead && h('button', { type: 'button', class: 'plain', onclick: () => this.edit(a) }, 'Change'),
        desk.admin && a.id !== desk.agent.id && h('button', { type: 'button', class: 'plain', onclick: () => this.remove(a) }, 'Remove'),
        talks && h('button', { type: 'button', onclick: () => this.set(a, { available: !a.available }) }, a.available ? 'Set away' : 'Set available')));
  }

  /** @param {any} a @param {object} change */
  async set(a, change) {
    const done = await this.desk.call('PATCH', `/agents/${a.id}`, change);
    this.changed();
    return done;
  }

  /** What comes to an agent: how many chats, for which team, in which languages. @param {any} a */
  edit(a) {
    const capacity = field('Chats at once', a.capacity, { type: 'number', min: 0, max: 100, required: true });
    const team = field('Team (empty: any)', a.team);
    const languages = field('Languages, as en, fr (empty: any)', a.languages?.join(', '));
    const skills = field('Skills (empty: any)', a.skills?.join(', '));
    const role = h('select', {}, ...ROLES.map((r) => h('option', { selected: r === a.role }, r)));
    const dialog = openDialog(a.name, h('div', { class: 'stack' }, capacity.label, team.label, languages.label, skills.label,
      this.desk.admin && h('label', {}, 'Role', role)), h('div', { class: 'row' },
      h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, 'Leave it'),
      h('button', { type: 'button', class: 'main', onclick: async () => {
        const change = { capacity: Number(capacity.input.value), team: team.input.value.trim() || null, languages: words(languages.input), skills: words(skills.input),
          ...(this.desk.admin && role.value !== a.role && { role: role.value }) };
        if (await this.set(a, change)) dialog.close();
      } }, 'Save')));
  }

  /** @param {any} a */
  remove(a) {
    openDialog(`Remove ${a.name}?`, h('p', { class: 'quiet' }, 'They can no longer sign in. Their chats go back to the queue; what they wrote stays.'),
      h('div', { class: 'stack' }, h('button', { type: 'submit', class: 'main', onclick: async () => {
        await this.desk.call('DELETE', `/agents/${a.id}`);
        this.changed();
      } }, 'Remove'), h('button', { type: 'submit' }, 'Keep')));
  }

  add() {
    const of = (/** @type {string} */ label, /** @type {object} */ attrs) => h('input', { 'aria-label': label, placeholder: label, required: true, ...attrs });
    const [email, name, password] = [of('E-mail', { type: 'email' }), of('Name', {}), of('Password, 10 characters or more', { type: 'password', minlength: 10, autocomplete: 'new-password' })];
    const role = h('select', { 'aria-label': 'Role' }, ...ROLES.map((r) => h('option', {}, r)));
    const dialog = openDialog('Add a person', h('div', { class: 'stack' }, email, name, role, password), h('div', { class: 'row' },
      h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, 'Not now'),
      h('button', { type: 'button', class: 'main', onclick: async () => {
        if (!dialog.querySelector('form')?.reportValidity()) return;
        if (await this.desk.call('POST', '/agents', { email: email.value, name: name.value, role: role.value, password: password.value })) dialog.close();
        this.changed();
      } }, 'Add')));
  }
}
