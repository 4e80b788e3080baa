/** A bot's answer: the passage word for word or a table of facts, the page it is from, how old it is, and whether it helped. */
import { h, icon, ICONS } from './dom.js';
import { factsTable } from './facts.js';
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
  const { facts, also } = answer;
  const alone = facts && !facts.beside;
  const body = h('div', { class: 'b' }, !alone && answer.heading && h('h4', { dir: 'auto' }, answer.heading),
    facts && h('div', { class: 'facts', dir: 'auto' }, render([factsTable(facts)])), !alone && words(answer.passage));
  if (answer.more && answer.more.trim() !== answer.passage.trim()) body.append(section(answer, body, w));
  return h('article', { class: 'm answer' },
    event.text && event.text !== answer.passage && h('p', { class: 'b', dir: 'auto' }, event.text),
    body,
    also?.length && h('p', { class: 'source' }, w.t('also'), ...also.map((other) => link(other.url, other.heading))),
    !(alone && facts.rows[1]) && h('p', { class: 'source' }, link(answer.url, icon(ICONS.page), answer.page_title),
      answer.updated && h('span', {}, w.t('updated', { date: w.date(answer.updated) }))),
    helpful(event, chat, w));
}

/** @param {string} url @param {...(Node | string)} kids */
function link(url, ...kids) {
  const href = safeHref(url);
  return h(href ? 'a' : 'span', { href, dir: 'auto', target: /^http/.test(href ?? '') && '_blank', rel: 'noopener' }, ...kids);
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
  const asked = w.t(event.answer?.likely ? 'was_it' : 'helpful');
  const show = () => {
    const known = chat.transcript.helpful.get(seq);
    row.classList.toggle('refused', known === false);
    yes.setAttribute('aria-pressed', String(known === true));
    no.setAttribute('aria-pressed', String(known === false));
    if (known !== undefined) said.textContent = w.t('thanks');
  };
  const row = h('div', { class: 'helpful', role: 'group', 'aria-label': asked }, h('span', {}, asked), yes, no, said);
  return Object.assign(row, { show });
}
