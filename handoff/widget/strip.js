/** The card above the composer: the wait, a left message, the end. One at a time. */
import { h } from './dom.js';
import { download } from './download.js';
import { plainText } from './plain_text.js';

/** @typedef {import('./chat.js').Chat} Chat @typedef {import('./words.js').Words} Words @typedef {import('./types').Shop} Shop */

/** @param {string} label @param {() => void} onclick @param {string} [kind] */
const button = (label, onclick, kind) => h('button', { type: 'button', class: kind, onclick }, label);

/** @param {Chat} chat @param {Words} w @param {Shop} shop */
function waiting(chat, w, shop) {
  const away = shop.open_now === false;
  const [place, wait] = [h('strong'), h('span')];
  // Told in place: an address that is being typed below stays.
  const tell = () => {
    const { queue } = chat.transcript;
    place.textContent = queue ? w.t('position', { n: queue.position }) : w.t('waiting');
    wait.textContent = away ? w.t('left_more', { hours: shop.hours ?? '' }) : w.wait(queue?.low ?? null, queue?.high ?? null);
  };
  return Object.assign(h('div', { class: 'strip' }, h('div', { role: 'status' }, place, wait),
    away ? address(chat, w, 'leave-message', 'contact_send') : h('p', {}, w.t('wait_keep')),
    h('div', { class: 'row' }, button(w.t('withdraw'), () => chat.ask('withdraw').catch(() => {})))), { tell });
}

/**
 * A place for an e-mail address.
 * @param {Chat} chat @param {Words} w @param {string} what the call that takes it
 * @param {string} send its button
 */
function address(chat, w, what, send) {
  const email = h('input', { type: 'email', required: true, autocomplete: 'email', placeholder: w.t('mail_to'), 'aria-label': w.t('mail_to') });
  email.value = chat.vault.get('email') ?? '';
  const said = h('p', { role: 'status' });
  const form = h('form', { onsubmit: async (/** @type {Event} */ e) => {
    e.preventDefault();
    try {
      await chat.ask(what, { email: email.value });
      chat.vault.set('email', email.value);
      form.replaceChildren(said);
      said.textContent = `${w.t('thanks')}: ${email.value}`;
    } catch (fault) {
      said.textContent = /** @type {any} */ (fault).status === 422 ? /** @type {Error} */ (fault).message : w.t('failed');
    }
  } }, email, h('div', { class: 'row' }, h('button', { class: 'main' }, w.t(send))), said);
  return form;
}

/** @param {Chat} chat @param {Words} w @param {Shop} shop */
function left(chat, w, shop) {
  const email = chat.vault.get('email');
  return h('div', { class: 'strip' }, h('strong', {}, w.t('left')), h('p', {}, w.t('left_more', { hours: shop.hours ?? '' })),
    email ? h('p', {}, `${w.t('thanks')}: ${email}`) : address(chat, w, 'leave-message', 'contact_send'));
}

/** @param {Chat} chat @param {Words} w @param {Shop} shop */
function ended(chat, w, shop) {
  const keep = h('div', { class: 'row' },
    button(w.t('download'), () => download(plainText(chat.transcript, w, shop.name), 'chat.txt')),
    shop.mail && button(w.t('mail'), () => keep.replaceWith(address(chat, w, 'transcript', 'send'))));
  return h('div', { class: 'strip' }, ...(chat.transcript.rating ? [h('strong', {}, w.t('thanks'))] : rating(chat, w)), h('p', {}, w.t('ended')), keep);
}

/** @param {Chat} chat @param {Words} w */
function rating(chat, w) {
  let score = 0;
  const stars = [1, 2, 3, 4, 5].map((n) => h('button', { type: 'button', 'aria-label': w.t('rate_n', { n }), 'aria-pressed': 'false', onclick: () => {
    score = n;
    stars.forEach((star, i) => {
      star.classList.toggle('on', i < n);
      star.setAttribute('aria-pressed', String(i === n - 1));
    });
    rest.hidden = false;
  } }, '★'));
  const comment = h('textarea', { rows: 2, maxlength: 1000, placeholder: w.t('rate_comment'), 'aria-label': w.t('rate_comment') });
  const fault = h('p', { role: 'alert' });
  const send = () => chat.ask('rating', { score, ...(comment.value.trim() && { comment: comment.value.trim() }) })
    .catch(() => (fault.textContent = w.t('failed')));
  const rest = h('div', { hidden: true }, comment, h('div', { class: 'row' }, button(w.t('rate_send'), send, 'main')), fault);
  return [h('strong', {}, w.t('rate')), h('div', { class: 'stars', role: 'group', 'aria-label': w.t('rate') }, ...stars), rest];
}

/** Which card stands there; made anew only when its key changes, so that a half-written comment stays. */
export class Strip {
  key = '';
  node = h('div');
  /** @type {any} */
  card = null;

  /** @param {Chat} chat @param {Words} w */
  constructor(chat, w) {
    this.chat = chat;
    this.w = w;
  }

  /** @param {Shop} shop */
  show(shop) {
    const { chat, w } = this;
    const { state, rating: rated, last } = chat.transcript;
    const key = JSON.stringify([state, rated, w.language, Boolean(last), shop.mail, shop.open_now]);
    if (key !== this.key) {
      this.key = key;
      const card = { waiting, message_left: left, resolved: ended }[/** @type {string} */ (state)];
      this.card = card && last ? card(chat, w, shop) : null;
      this.node.replaceChildren(...(this.card ? [this.card] : []));
    }
    this.card?.tell?.();
  }
}
