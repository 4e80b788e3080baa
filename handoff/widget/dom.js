/**
 * Makes elements. Text goes in as text nodes only, so nothing that a person wrote is ever read as markup.
 * @param {string} tag
 * @param {Record<string, any>} [attrs] `onclick` and the like take functions; false, null and undefined are left out
 * @param {...(Node | string | null | undefined | false)} kids
 * @returns {any}
 */
export function h(tag, attrs = {}, ...kids) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  node.append(.../** @type {(Node | string)[]} */ (kids.filter((kid) => kid || kid === '')));
  return node;
}

const SVG = 'http://www.w3.org/2000/svg';

/** One stroke icon of 24 by 24. @param {string} path @returns {SVGElement} */
export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

export const ICONS = {
  chat: 'M4 5.5h16v11H10l-4.5 3.5v-3.5H4z',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'M6 9.5l6 6 6-6',
  send: 'M5 12h13M12.5 6l6 6-6 6',
  person: 'M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5',
  page: 'M7 3.5h7l4 4v13H7zM14 3.5v4h4M10 12h5M10 15.5h5',
};
