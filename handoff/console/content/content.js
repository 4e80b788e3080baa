/** The content desk: the pages and their health, what shoppers would be told, what is missing, what use suggests, what an edit changes. */
import { h } from '../../widget/dom.js';
import { Api } from '../api.js';
import { menu } from '../menu.js';
import '../signin.js';
import { theme, themeButton } from '../theme.js';
import './gaps.js';
import './learned.js';
import './pages.js';
import './publish.js';
import './try.js';

const PLACES = [['pages', 'Pages'], ['try', 'Try it'], ['gaps', 'Gaps'], ['learned', 'Learned'], ['publish', 'Before you publish']];
const api = new Api(() => location.reload());

/** @param {{agent: any, csrf: string}} signedIn */
function open({ agent, csrf }) {
  api.csrf = csrf;
  if (agent.role === 'agent') {
    document.body.replaceChildren(h('main', { class: 'signin' }, h('form', {}, h('h1', {}, 'Content desk'),
      h('p', { class: 'quiet' }, 'Your role does not open the content desk. Ask an admin for the role “content”.'), h('a', { href: '/desk' }, 'To the chats'))));
    return;
  }
  const links = PLACES.map(([place, label]) => h('a', { href: `#/${place}` }, label));
  const views = PLACES.map(([place]) => Object.assign(/** @type {any} */ (document.createElement(`content-${place}`)), { api }));
  const follow = () => {
    const at = Math.max(0, PLACES.findIndex(([place]) => location.hash.startsWith(`#/${place}`)));
    links.forEach((link, i) => (i === at ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current')));
    views.forEach((view, i) => (view.hidden = i !== at));
    views[at].look();
  };
  document.body.replaceChildren(h('div', { class: 'content-desk' },
    h('header', { class: 'top' }, h('h1', {}, h('a', { class: 'mark', href: '/desk/content' }, h('img', { src: '/desk/mark.svg', alt: '', width: 24, height: 24 }), h('span', {}, 'Content'))),
      h('nav', { 'aria-label': 'Content desk' }, ...links), h('span', { class: 'grow' }), h('a', { class: 'plain', href: '/desk' }, 'Chats'),
      ...menu('me', h('span', {}, agent.name), { class: 'plain me' }, h('div', { class: 'stay' }, themeButton()))),
    h('main', { class: 'page' }, ...views)));
  addEventListener('hashchange', follow);
  follow();
}

theme();
api.get('/session').then(open, () => {
  document.body.replaceChildren(Object.assign(/** @type {any} */ (document.createElement('desk-signin')), { api, done: open, says: 'Sign in to tend the pages.' }));
});
