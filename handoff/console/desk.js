/** The console: signs in, then lays out the list, the chat and what stands beside it. */
import { h } from '../widget/dom.js';
import { Alerts } from './alerts.js';
import { Api } from './api.js';
import './chat.js';
import { keyBindings } from './key_bindings.js';
import { Keys } from './keys.js';
import './knowledge.js';
import { Desk } from './model/desk.js';
import './notes.js';
import './queue.js';
import './signin.js';
import './team.js';
import './settings.js';
import { theme } from './theme.js';
import { toastPlace } from './toast.js';
import { topBar } from './top_bar.js';

const api = new Api(() => location.reload());

/** @param {{agent: any, csrf: string}} signedIn */
function openDesk({ agent, csrf }) {
  api.csrf = csrf;
  const desk = new Desk(api, agent);
  const make = (/** @type {string} */ tag) => Object.assign(/** @type {any} */ (document.createElement(tag)), { desk });
  const [queue, chat, knowledge, notes, team, settings] = ['desk-queue', 'desk-chat', 'desk-knowledge', 'desk-notes', 'desk-team', 'desk-settings'].map(make);
  team.hidden = settings.hidden = true;
  const down = h('p', { class: 'line-down', role: 'status', hidden: true }, 'No connection to the desk. Trying again.');
  const keys = new Keys(keyBindings(desk, queue, chat, knowledge, () => keys.sheet()));
  const layout = h('div', { class: 'desk' }, topBar(desk, new Alerts(desk), () => keys.sheet()), down,
    h('main', {},
      h('section', { class: 'col queue', 'aria-label': 'Chats' }, queue),
      h('section', { class: 'col chat', 'aria-label': 'Chat' }, chat),
      h('section', { class: 'col beside', 'aria-label': 'Pages and notes' },
        h('button', { type: 'button', class: 'plain close-beside', onclick: () => beside(false) }, 'Close'), knowledge, notes), team, settings), toastPlace(desk));
  const beside = (/** @type {boolean} */ open) => layout.classList.toggle('with-beside', open);
  chat.addEventListener('beside', () => beside(!layout.classList.contains('with-beside')));
  chat.addEventListener('claimed', () => queue.pick('mine'));
  knowledge.insert = (/** @type {string} */ text) => {
    if (chat.composer.hidden) return desk.toast('Claim the chat first, then insert.');
    beside(false);
    chat.composer.insert(text);
  };
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

theme();
api.get('/session').then(openDesk, () => {
  const signin = Object.assign(/** @type {any} */ (document.createElement('desk-signin')), { api, done: openDesk });
  document.body.replaceChildren(signin);
});
