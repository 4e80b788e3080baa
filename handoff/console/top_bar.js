/** The bar across the top: where to go, whether this agent is available, alerts, and the agent's own menu. */
import { h } from '../widget/dom.js';
import { menu } from './menu.js';
import { themeButton } from './theme.js';

/** @param {import('./model/desk.js').Desk} desk @param {import('./alerts.js').Alerts} alerts @param {() => void} sheet */
export function topBar(desk, alerts, sheet) {
  const { agent } = desk;
  return h('header', { class: 'top' },
    h('h1', {}, h('a', { class: 'mark', href: '#/' }, h('img', { src: '/desk/mark.svg', alt: '', width: 24, height: 24 }), h('span', {}, 'Cornerdesk'))),
    places(desk), h('span', { class: 'grow' }), availability(desk), ...alerts.bell(),
    ...menu('me', h('span', {}, agent.name), { class: 'plain me' },
      h('div', { class: 'stay' }, themeButton()), h('button', { type: 'button', class: 'plain', onclick: sheet }, 'Keyboard shortcuts'),
      h('button', { type: 'button', class: 'plain', onclick: () => signOut(desk) }, 'Sign out')));
}

/** Where else to go from here, by what the agent may do. @param {import('./model/desk.js').Desk} desk */
function places(desk) {
  const links = [['#/', 'Chats', 'chats'], ...(desk.lead ? [['#/team', 'Team', 'team']] : []), ...(desk.admin ? [['#/settings', 'Settings', 'settings']] : []),
    ...(desk.agent.role === 'agent' ? [] : [['/desk/content', 'Content', '']])];
  const nav = h('nav', { 'aria-label': 'Desk' }, ...links.map(([href, label, place]) => h('a', { href, 'data-place': place }, label)));
  desk.addEventListener('select', () => nav.childNodes.forEach((/** @type {any} */ a) => {
    if (a.dataset.place === desk.route.screen) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  }));
  return links.length > 1 && nav;
}

/** Available or away, as the agent says. @param {import('./model/desk.js').Desk} desk */
function availability(desk) {
  const me = () => desk.team.find(desk.agent.id);
  const button = h('button', { type: 'button', class: 'available', hidden: true, title: 'New chats come to those who are available', onclick: async () => {
    await desk.call('POST', '/availability', { available: !me()?.available });
    desk.team.load();
  } });
  desk.addEventListener('team', () => {
    button.hidden = !me();
    button.textContent = me()?.available ? 'Available' : 'Away';
    button.setAttribute('aria-pressed', String(Boolean(me()?.available)));
  });
  return button;
}

/** @param {import('./model/desk.js').Desk} desk */
async function signOut(desk) {
  await desk.api.call('DELETE', '/session').catch(() => {});
  location.reload();
}
