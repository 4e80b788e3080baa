/** The console: signs in, then lays out the list, the chat and what stands beside it. */
import { h } from '/widget/dom.js';
import { Alerts } from './alerts.js';
import { Api } from './api.js';
import './chat.js';
import { Keys } from './keys.js';
import './knowledge.js';
import { Desk } from './model.js';
import './notes.js';
import './queue.js';
import { resolveDialog, transferDialog } from './dialogs.js';
import './signin.js';
import './team.js';
import { theme, themeButton } from './theme.js';

const api = new Api(() => location.reload());

/** @param {{agent: any, csrf: string}} signedIn */
function openDesk({ agent, csrf }) {
  api.csrf = csrf;
  const desk = new Desk(api, agent);
  const make = (/** @type {string} */ tag) => Object.assign(/** @type {any} */ (document.createElement(tag)), { desk });
  const [queue, chat, knowledge, notes, team] = ['desk-queue', 'desk-chat', 'desk-knowledge', 'desk-notes', 'desk-team'].map(make);
  team.hidden = true;
  const said = h('p', { class: 'toast', role: 'alert', hidden: true });
  const line = h('p', { class: 'line-down', role: 'status', hidden: true }, 'No connection to the desk. Trying again.');
  const keys = new Keys(bindings(desk, queue, chat, knowledge, () => keys.sheet()));
  const layout = h('div', { class: 'desk' }, topBar(desk, () => keys.sheet()), line,
    h('main', {},
      h('section', { class: 'col queue', 'aria-label': 'Chats' }, queue),
      h('section', { class: 'col chat', 'aria-label': 'Chat' }, chat),
      h('section', { class: 'col beside', 'aria-label': 'Beside the chat' }, knowledge, notes), team), said);
  chat.addEventListener('taken', () => queue.pick('mine'));
  knowledge.insert = (/** @type {string} */ text) => chat.composer.hidden ? tell('Claim the chat first, then insert.') : chat.composer.insert(text);
  let timer = 0;
  const tell = (/** @type {string} */ words) => {
    said.textContent = words;
    said.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => (said.hidden = true), 6000);
  };
  desk.addEventListener('said', (/** @type {any} */ e) => tell(e.detail));
  desk.addEventListener('select', () => {
    layout.classList.toggle('in-chat', Boolean(desk.selected));
    layout.classList.toggle('in-team', desk.place === 'team');
  });
  let wasUp = false;
  desk.addEventListener('line', () => {
    wasUp ||= desk.live.up;
    line.hidden = desk.live.up || !wasUp;
  });
  new Alerts(desk);
  document.body.replaceChildren(layout);
  desk.start();
}

/** @param {Desk} desk @param {() => void} sheet */
function topBar(desk, sheet) {
  const { agent } = desk;
  const muted = h('button', { type: 'button', class: 'plain', onclick: () => {
    const now = localStorage.getItem('desk:muted') === '1' ? '0' : '1';
    localStorage.setItem('desk:muted', now);
    sound();
    if (now === '0' && globalThis.Notification?.permission === 'default') Notification.requestPermission();
  } });
  const sound = () => {
    const off = localStorage.getItem('desk:muted') === '1';
    muted.textContent = off ? 'Sound off' : 'Sound on';
    muted.setAttribute('aria-pressed', String(!off));
  };
  sound();
  return h('header', { class: 'top' }, h('h1', {}, h('a', { class: 'mark', href: '#/' }, h('img', { src: '/desk/mark.svg', alt: '', width: 24, height: 24 }), 'Cornerdesk')),
    places(desk), h('span', { class: 'grow' }), away(desk), muted, themeButton(), h('button', { type: 'button', class: 'plain', onclick: sheet, 'aria-label': 'Keyboard sheet' }, '?'),
    h('span', { class: 'me' }, agent.name), h('button', { type: 'button', class: 'plain', onclick: signOut }, 'Sign out'));
}

/** Where else to go from here, by what the agent may do. @param {Desk} desk */
function places(desk) {
  const links = [['#/', 'Chats', 'chats'], ...(desk.lead ? [['#/team', 'Team', 'team']] : []),
    ...(desk.agent.role === 'agent' ? [] : [['/desk/content', 'Content', '']])];
  const nav = h('nav', { 'aria-label': 'Desk' }, ...links.map(([href, label, place]) => h('a', { href, 'data-place': place }, label)));
  desk.addEventListener('select', () => nav.childNodes.forEach((/** @type {any} */ a) => {
    if (a.dataset.place === desk.place) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  }));
  return links.length > 1 && nav;
}

/** Available or away, as the agent says. @param {Desk} desk */
function away(desk) {
  const me = () => desk.team.find((a) => a.id === desk.agent.id);
  const button = h('button', { type: 'button', class: 'plain', hidden: true, onclick: async () => {
    await desk.call('POST', '/availability', { available: !me()?.available });
    desk.learnTeam();
  } });
  desk.addEventListener('team', () => {
    button.hidden = !me();
    button.textContent = me()?.available ? 'Available' : 'Away';
    button.setAttribute('aria-pressed', String(Boolean(me()?.available)));
  });
  return button;
}

async function signOut() {
  await api.call('DELETE', '/session').catch(() => {});
  location.reload();
}

/** @param {Desk} desk @param {any} queue @param {any} chat @param {any} knowledge @param {() => void} sheet */
function bindings(desk, queue, chat, knowledge, sheet) {
  const here = (/** @type {(id: string) => void} */ then) => () => desk.selected && then(desk.selected);
  const claim = async (/** @type {string} */ id) => (await desk.move(id, 'claim')) && chat.taken();
  return {
    j: { says: 'Next chat', does: () => queue.step(1) },
    k: { says: 'Chat before', does: () => queue.step(-1) },
    n: { says: 'Take the chat that has waited longest', does: () => {
      desk.api.post('/queue/next').then(({ conversation_id: id }) => {
        if (!id) return desk.tell('said', 'Nobody is waiting.');
        desk.select(id);
        return desk.load(id).then(() => chat.taken());
      }).catch((fault) => desk.tell('said', fault.message));
    } },
    c: { says: 'Claim this chat', does: here(claim) },
    r: { says: 'Write a reply', does: () => chat.composer.text.focus() },
    e: { says: 'Resolve this chat', does: here((id) => desk.mine(id) && resolveDialog(desk, id)) },
    t: { says: 'Transfer this chat', does: here((id) => desk.mine(id) && transferDialog(desk, id)) },
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
