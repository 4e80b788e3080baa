/** A bot's answer: the passage word for word, the page it is from, how old it is, and whether it helped. */
import { h, icon, ICONS } from './dom.js';
import { parse, render, safeHref } from './markdown.js';

/** @param {string} text @returns {HTMLElement} */
const words = (text) => h('div', { class: 'passage', dir: 'auto' }, render(parse(text)));

/**
 * @param {import('./types').DeskEvent} event
 * @param {import('./chat.js').Chat} chat
 * @param {import('./words.js').Words} w
 */
export function answerCard(event, chat, w) {
  const answer = /** @type {import('./types').Answer} */ (event.answer);
  const href = safeHref(answer.url);
  const body = h('div', { class: 'b' }, answer.heading && h('h4', { dir: 'auto' }, answer.heading), words(answer.passage));
  if (answer.more && answer.more.trim() !== answer.passage.trim()) body.append(section(answer, body, w));
  return h('article', { class: 'm answer' },
    event.text && event.text !== answer.passage && h('p', { class: 'b', dir: 'auto' }, event.text),
    body,
    h('p', { class: 'source' },
      h(href ? 'a' : 'span', { href, target: /^http/.test(href ?? '') && '_blank', rel: 'noopener' }, icon(ICONS.page), answer.page_title),
      answer.updated && h('span', {}, w.t('updated', { date: w.date(answer.updated) }))),
    helpful(event, chat, w));
}

/** @param {import('./types').Answer} answer @param {HTMLElement} body @param {import('./words.js').Words} w */
function section(answer, body, w) {
  const button = h('button', { class: 'more', type: 'button', onclick: () => {
    const whole = words(answer.more ?? '');
    body.querySelector('.passage')?.replaceWith(whole);
    button.remove();
    whole.tabIndex = -1;
    whole.focus();
  } }, w.t('more'), icon(ICONS.down));
  return button;
}

/** @param {import('./types').DeskEvent} event @param {import('./chat.js').Chat} chat @param {import('./words.js').Words} w */
function helpful(event, chat, w) {
  const seq = event.seq ?? 0;
  const said = h('span', { role: 'status' });
  const choice = (/** @type {boolean} */ good) => h('button', { type: 'button', onclick: () => chat.helpful(seq, good).catch(() => {
    chat.transcript.helpful.delete(seq);
    said.textContent = w.t('failed');
    chat.changed();
  }) }, w.t(good ? 'yes' : 'no'));
  const [yes, no] = [choice(true), choice(false)];
  const show = () => {
    const known = chat.transcript.helpful.get(seq);
    yes.setAttribute('aria-pressed', String(known === true));
    no.setAttribute('aria-pressed', String(known === false));
    if (known !== undefined) said.textContent = w.t('thanks');
  };
  const row = h('div', { class: 'helpful', role: 'group', 'aria-label': w.t('helpful') }, h('span', {}, w.t('helpful')), yes, no, said);
  return Object.assign(row, { show });
}
