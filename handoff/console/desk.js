/** The console: signs in, then lays out the list, the chat and what stands beside it. */
import { h } from '../widget/dom.js';
import { Alerts } from './alerts.js';
import { Api } from './api.js';
import './chat.js';
import { Keys } from './keys.js';
import './knowledge.js';
import { Desk } from './model/desk.js';
import './notes.js';
import './queue.js';
import { resolveDialog, transferDialog } from './dialogs.js';
import './signin.js';
import './team.js';
import './settings.js';
import { theme } from './theme.js';
import { topBar } from './top.js';

const api = new Api(() => location.reload());

/** @param {{agent: any, csrf: string}} signedIn */
function openDesk({ agent, csrf }) {
  api.csrf = csrf;
  const desk = new Desk(api, agent);
  const make = (/** @type {string} */ tag) => Object.assign(/** @type {any} */ (document.createElement(tag)), { desk });
  const [queue, chat, knowledge, notes, team, settings] = ['desk-queue', 'desk-chat', 'desk-knowledge', 'desk-notes', 'desk-team', 'desk-settings'].map(make);
  team.hidden = settings.hidden = true;
  const said = h('p', { class: 'toast', role: 'alert', hidden: true });
  const down = h('p', { class: 'line-down', role: 'status', hidden: true }, 'No connection to the desk. Trying again.');
  const keys = new Keys(bindings(desk, queue, chat, knowledge, () => keys.sheet()));
  const layout = h('div', { class: 'desk' }, topBar(desk, new Alerts(desk), () => keys.sheet()), down,
    h('main', {},
      h('section', { class: 'col queue', 'aria-label': 'Chats' }, queue),
      h('section', { class: 'col chat', 'aria-label': 'Chat' }, chat),
      h('section', { class: 'col beside', 'aria-label': 'Pages and notes' },
        h('button', { type: 'button', class: 'plain close-beside', onclick: () => beside(false) }, 'Close'), knowledge, notes), team, settings), said);
  const beside = (/** @type {boolean} */ open) => layout.classList.toggle('with-beside', open);
  chat.addEventListener('beside', () => beside(!layout.classList.contains('with-beside')));
  chat.addEventListener('claimed', () => queue.pick('mine'));
  knowledge.insert = (/** @type {string} */ text) => {
    if (chat.composer.hidden) return desk.toast('Claim the chat first, then insert.');
    beside(false);
    chat.composer.insert(text);
  };
  let timer = 0;
  const toast = (/** @type {string} */ words) => {
    said.textContent = words;
    said.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => (said.hidden = true), 6000);
  };
  desk.addEventListener('toast', (/** @type {any} */ e) => toast(e.detail));
  desk.addEventListener('select', () => {
    layout.classList.toggle('in-chat', Boolean(desk.selected));
    layout.classList.toggle('in-page', desk.route.screen !== 'chats');
    beside(false);
  });
  let wasUp = false;
  desk.addEventListener('connection', () => {
    wasUp ||= desk.connection.up;
    down.hidden = desk.connection.up || !wasUp;
  });
  document.body.replaceChildren(layout);
  desk.start();
}

/** @param {Desk} desk @param {any} queue @param {any} chat @param {any} knowledge @param {() => void} sheet */
function bindings(desk, queue, chat, knowledge, sheet) {
  const here = (/** @type {(id: string) => void} */ then) => () => desk.selected && then(desk.selected);
  const claim = async (/** @type {string} */ id) => (await desk.claims.claim(id)) && chat.claimed();
  return {
    j: { says: 'Next chat', does: () => queue.step(1) },
    k: { says: 'Chat before', does: () => queue.step(-1) },
    n: { says: 'Take the chat that has waited longest', does: () => desk.claims.claimNext().then((done) => done && chat.claimed()) },
    c: { says: 'Claim this chat', does: here(claim) },
    r: { says: 'Write a reply', does: () => chat.composer.text.focus() },
    e: { says: 'Resolve this chat', does: here((id) => desk.chats.isMine(id) && resolveDialog(desk, id)) },
    t: { says: 'Transfer this chat', does: here((id) => desk.chats.isMine(id) && transferDialog(desk, id)) },
    s: { says: 'Search the pages', does: () => knowledge.input.focus() },
    '/': { says: 'Filter the list', does: () => queue.filter.focus() },
    'Alt+1': { says: 'Insert the first passage found', does: () => knowledge.use(0) },
    'Alt+2': { says: 'Insert the second', does: () => knowledge.use(1) },
    'Alt+3': { says: 'Insert the third', does: () => knowledge.use(2) },
    Escape: { says: 'Leave the field', always: true, does: () => /** @type {HTMLElement} */ (document.activeElement)?.blur() },
    '?': { says: 'This sheet', does: sheet },
  };
}

theme();
api.get('/session').then(openDesk, () => {
  const signin = Object.assign(/** @type {any} */ (document.createElement('desk-signin')), { api, done: openDesk });
  document.body.replaceChildren(signin);
});
