/** The card above the composer: the wait, a left message, the rating at the end. One at a time. */
import { h } from './dom.js';

/** @typedef {import('./chat.js').Chat} Chat @typedef {import('./words.js').Words} Words @typedef {import('./types').Shop} Shop */

/** @param {Chat} chat @param {Words} w */
function waiting(chat, w) {
  const { queue } = chat.transcript;
  return h('div', { class: 'strip', role: 'status' },
    h('strong', {}, queue ? w.t('position', { n: queue.position }) : w.t('waiting')),
    h('span', {}, w.wait(queue?.low ?? null, queue?.high ?? null)),
    h('p', {}, w.t('wait_keep')),
    h('div', { class: 'row' }, h('button', { type: 'button', onclick: () => chat.ask('withdraw').catch(() => {}) }, w.t('withdraw'))));
}

/** @param {Chat} chat @param {Words} w @param {Shop} shop */
function left(chat, w, shop) {
  return h('div', { class: 'strip', role: 'status' }, h('strong', {}, w.t('left')), h('p', {}, w.t('left_more', { hours: shop.hours ?? '' })));
}

/** @param {Chat} chat @param {Words} w */
function ended(chat, w) {
  if (chat.transcript.rating) return h('div', { class: 'strip', role: 'status' }, h('strong', {}, w.t('rated')), h('p', {}, w.t('ended')));
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
  const rest = h('div', { hidden: true }, comment, h('div', { class: 'row' }, h('button', { type: 'button', class: 'main', onclick: send }, w.t('rate_send'))), fault);
  return h('div', { class: 'strip' }, h('strong', {}, w.t('rate')), h('p', {}, w.t('ended')), h('div', { class: 'stars', role: 'group', 'aria-label': w.t('rate') }, ...stars), rest);
}

/** Which card stands there; made anew only when its key changes, so that a half-written comment stays. */
export class Strip {
  /** @param {Chat} chat @param {Words} w */
  constructor(chat, w) {
    this.chat = chat;
    this.w = w;
    this.node = h('div');
    this.key = '';
  }

  /** @param {Shop} shop */
  show(shop) {
    const { chat, w } = this;
    const { state, queue, rating } = chat.transcript;
    const key = JSON.stringify([state, queue, rating, w.language, chat.caughtUp]);
    if (key === this.key) return;
    this.key = key;
    const card = { waiting, message_left: left, resolved: ended }[/** @type {string} */ (state)];
    this.node.replaceChildren(...(card && chat.transcript.last ? [card(chat, w, shop)] : []));
  }
}
