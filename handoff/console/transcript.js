/** The messages of one chat as agents see them: every answer with its source and probability. */
import { h } from '../widget/dom.js';
import { factsTable } from '../widget/facts.js';
import { parse, render, safeHref } from '../widget/markdown.js';
import { REASONS } from './labels.js';
import { clock } from './time.js';

/** A change of state as a sentence. @param {string} state @param {string} [agent] @param {string} [reason] */
const stateSentence = (state, agent, reason) => ({
  waiting: `Handed to the team${reason ? `: ${(REASONS[reason] ?? reason).toLowerCase()}` : ''}`,
  assigned: `${agent ?? 'An agent'} took the chat`,
  bot: 'Back with the assistant',
  resolved: 'Resolved',
  message_left: 'Left as a message',
})[state] ?? state;

/** @typedef {{wrong: (seq: number, button: HTMLButtonElement) => void, page: (text: string) => void}} Acts what an agent may do with a message */

const MAKE = /** @type {Record<string, (e: any, all: Map<number, any>, acts: Acts) => HTMLElement | null>} */ ({
  message: (e, _all, acts) => (e.from === 'system' ? line(e.text, e.at) : message(e, acts)),
  state: (e) => line(stateSentence(e.state, e.agent?.name, e.reason), e.at),
  feedback: (e, all) => line(feedbackSentence(e.helpful, all.get(e.target_seq)?.answer), e.at),
  rating: (e) => line(`Rated ${e.score} of 5${e.comment ? `: ${e.comment}` : ''}`, e.at),
});

/** What the shopper said of an answer, as a sentence. @param {boolean} helpful @param {any} [answer] */
export function feedbackSentence(helpful, answer) {
  const said = answer?.likely ? (helpful ? 'this was it' : 'this was not it') : helpful ? 'this helped' : 'this did not help';
  return `Shopper: ${said}${answer ? ` (${answer.heading || answer.page_title})` : ''}`;
}

/** @param {any} e @param {Map<number, any>} all @param {Acts} acts @returns {HTMLElement | null} */
export const entry = (e, all, acts) => MAKE[e.type]?.(e, all, acts) ?? null;

/** @param {string} text @param {string} at */
const line = (text, at) => h('p', { class: 'line' }, h('span', { dir: 'auto' }, text), ' ', h('time', { datetime: at }, clock(at)));

const NEAR_MS = 120_000;

/** Whether one message goes on where the other stopped: the same person, soon after. @param {any} e @param {any} before */
export const goesOn = (e, before) => e.type === 'message' && before?.type === 'message' && e.from !== 'system' && e.from === before.from
  && e.name === before.name && +new Date(e.at) - +new Date(before.at) < NEAR_MS;

/** @param {any} e @param {Acts} acts */
function message(e, acts) {
  const name = { shopper: 'Shopper', bot: 'Assistant', agent: e.name ?? 'Agent' }[/** @type {string} */ (e.from)];
  return h('article', { class: `msg ${e.from}` },
    h('header', {}, h('b', {}, name), h('time', { datetime: e.at }, clock(e.at)), act(e, acts)),
    e.text && e.text !== e.answer?.passage && h('div', { class: 'body', dir: 'auto' }, e.from === 'shopper' ? e.text : render(parse(e.text))),
    e.answer && source(e.answer),
    e.choices?.length ? h('p', { class: 'offered' }, e.answer?.likely ? 'Or did you mean: ' : 'Offered: ', ...e.choices.map((/** @type {any} */ c) => h('span', { class: 'chip', title: c.hint }, c.label))) : null);
}

/** @param {any} e @param {Acts} acts */
function act(e, acts) {
  if (e.answer) {
    return h('span', { class: 'acts' }, h('button', { type: 'button', class: 'plain', onclick: (/** @type {any} */ c) => acts.wrong(e.seq, c.currentTarget) }, 'This answer was wrong'));
  }
  if (e.from === 'agent') return h('span', { class: 'acts' }, h('button', { type: 'button', class: 'plain', onclick: () => acts.page(e.text) }, 'Make a page of it'));
  return null;
}

/** @param {any} answer */
function source(answer) {
  const { facts, also } = answer;
  const alone = facts && !facts.beside;
  return h('div', { class: 'answer' },
    h('div', { class: 'row' }, h('strong', {}, alone ? 'Product facts' : answer.heading), answer.likely && h('span', { class: 'chip' }, 'Said to be likely'), !alone && chance(answer.probability)),
    facts && h('div', { class: 'body facts', dir: 'auto' }, render([factsTable(facts)])),
    !alone && h('div', { class: 'body', dir: 'auto' }, render(parse(answer.passage))),
    also?.length && h('p', { class: 'quiet' }, 'Also on this page: ', also.map((/** @type {any} */ a) => a.heading).join(' · ')),
    h('p', { class: 'quiet' }, h('a', { href: safeHref(answer.url), target: '_blank', rel: 'noopener' }, answer.page_title), ` · updated ${answer.updated} · index ${answer.index_version.slice(0, 12)}`));
}

/** @param {number} p @returns {HTMLElement} how sure the assistant was, as figure and bar */
export function chance(p) {
  const bar = h('meter', { min: 0, max: 1, low: 0.4, high: 0.7, optimum: 1, value: p, 'aria-hidden': 'true' });
  return h('span', { class: 'chance', title: 'How likely this passage answers' }, bar, `${Math.round(p * 100)}%`);
}
