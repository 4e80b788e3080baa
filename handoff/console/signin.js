/** Signing in. */
import { h } from '../widget/dom.js';

export class DeskSignin extends HTMLElement {
  /** @type {import('./api.js').Api} */ api;
  /** @type {(signedIn: any) => void} */ done;
  says = 'Sign in to pick up chats.';

  connectedCallback() {
    this.email = h('input', { type: 'email', id: 'email', autocomplete: 'username', required: true, autofocus: true });
    this.password = h('input', { type: 'password', id: 'password', autocomplete: 'current-password', required: true });
    this.fault = h('p', { class: 'fault', role: 'alert' });
    this.button = h('button', { class: 'main', type: 'submit' }, 'Sign in');
    this.append(h('main', { class: 'signin' },
      h('form', { onsubmit: (/** @type {Event} */ e) => this.submit(e) },
        h('img', { src: '/desk/mark.svg', alt: '', width: 40, height: 40 }),
        h('h1', {}, 'Cornerdesk'),
        h('p', { class: 'quiet' }, this.says),
        h('label', { for: 'email' }, 'E-mail'), this.email,
        h('label', { for: 'password' }, 'Password'), this.password,
        this.fault, this.button)));
    this.email.focus();
  }

  /** @param {Event} event */
  async submit(event) {
    event.preventDefault();
    this.button.disabled = true;
    this.fault.textContent = '';
    try {
      this.done(await this.api.post('/session', { email: this.email.value, password: this.password.value }));
    } catch (fault) {
      this.fault.textContent = /** @type {Error} */ (fault).message;
      this.button.disabled = false;
      this.password.select();
    }
  }
}
customElements.define('desk-signin', DeskSignin);
