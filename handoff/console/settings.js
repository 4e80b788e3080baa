/** What admins set while the desk runs: hours, promises, how chats are given out, what is offered unasked. */
import { h } from '../widget/dom.js';
import { GreetingsEdit } from './greetings_edit.js';
import { GROUPS, fromField, toField } from './settings_fields.js';

/** @typedef {import('./settings_fields.js').Field} Field */

export class DeskSettings extends HTMLElement {
  /** @type {import('./model/desk.js').Desk} */ desk;
  /** @type {Record<string, any>} */ inputs = {};
  /** @type {any} */ known = null;

  connectedCallback() {
    if (this.form) return;
    this.greetings = new GreetingsEdit();
    this.fault = h('p', { class: 'fault', role: 'alert' });
    this.button = h('button', { type: 'submit', class: 'main' }, 'Save settings');
    this.form = h('form', { class: 'page settings', onsubmit: (/** @type {Event} */ e) => {
      e.preventDefault();
      this.save();
    } }, h('h2', {}, 'Settings'), h('p', { class: 'quiet lead' }, 'They hold from the moment they are saved. What you leave as it is follows the server’s own settings.'),
    ...GROUPS.map(([title, fields]) => h('section', {}, h('h3', {}, title), h('div', { class: 'fields' }, ...fields.map((f) => this.field(f))))),
    this.greetings.node, h('div', { class: 'row sticky' }, this.fault, this.button));
    this.append(this.form);
    this.desk.addEventListener('select', () => this.look());
  }

  /** @param {Field} f */
  field(f) {
    const input = f.choices ? h('select', {}, ...f.choices.map(([value, label]) => h('option', { value }, label)))
      : f.rows ? h('textarea', { rows: f.rows, maxlength: 1000 })
        : h('input', { ...(f.unit && { type: 'number', min: 0, step: 'any' }), ...f.attrs });
    input.id = `setting-${f.name}`;
    input.name = f.name;
    this.inputs[f.name] = input;
    const hint = f.hint && h('span', { class: 'quiet', id: `${input.id}-hint` }, f.hint);
    if (hint) input.setAttribute('aria-describedby', hint.id);
    return h('div', { class: 'field' }, h('label', { for: input.id }, f.label), input, hint,
      h('button', { type: 'button', class: 'link back-to', hidden: true, onclick: () => this.put({ [f.name]: null }) }, 'Back to the server’s own'));
  }

  async look() {
    this.hidden = this.desk.route.screen !== 'settings' || !this.desk.admin;
    if (this.hidden || this.known) return;
    try {
      this.show(await this.desk.api.get('/settings'));
    } catch (fault) {
      if (this.fault) this.fault.textContent = /** @type {Error} */ (fault).message;
    }
  }

  /** @param {any} settings */
  show(settings) {
    this.known = settings;
    for (const f of GROUPS.flatMap(([, fields]) => fields)) {
      const input = this.inputs[f.name];
      input.value = toField(f, settings[f.name]);
      input.parentElement.querySelector('.back-to').hidden = !settings.changed?.includes(f.name);
    }
    this.greetings?.show(settings.greetings ?? []);
  }

  /** Only what was changed is sent: the rest goes on following the server. */
  save() {
    const fields = GROUPS.flatMap(([, all]) => all);
    const changed = Object.fromEntries(fields.filter((f) => this.inputs[f.name].value !== toField(f, this.known?.[f.name])).map((f) => [f.name, fromField(f, this.inputs[f.name].value)]));
    const greetings = this.greetings?.rules() ?? [];
    if (JSON.stringify(greetings) !== JSON.stringify(this.known?.greetings ?? [])) changed.greetings = greetings;
    return this.put(changed);
  }

  /** @param {object} changes */
  async put(changes) {
    if (!this.fault) return;
    this.fault.textContent = '';
    try {
      this.show(await this.desk.api.call('PUT', '/settings', changes));
      this.desk.toast('Saved.');
    } catch (fault) {
      this.fault.textContent = /** @type {Error} */ (fault).message;
      this.inputs[/** @type {any} */ (fault).field?.split('.')[0]]?.focus();
    }
  }
}

customElements.define('desk-settings', DeskSettings);
