/**
 * The safe subset of Markdown that pages are written in: paragraphs, lists, tables, emphasis, code, links.
 * `parse` is pure and gives a tree; `render` makes elements of it. Anything else stays the text that it is.
 * @typedef {import('./types').MarkdownNode} MarkdownNode
 */

const INLINE = new RegExp([
  /\\([\\`*_{}[\]()#+\-.!|<>~])/, // 1 escaped character
  /`([^`\n]+)`/, // 2 code
  /\*\*(?=\S)([^\n]*?\S)\*\*/, // 3 strong
  /\*(?=[^\s*])([^*\n]*[^\s*])\*/, // 4 emphasis
  /(?<!\w)_(?=[^\s_])([^_\n]*[^\s_])_(?!\w)/, // 5 emphasis
  /!\[([^\]\n]*)\]\([^)\n]*\)/, // 6 picture: its words only
  /\[([^\]\n]+)\]\(([^()\s]+)(?:\s+"[^"\n]*")?\)/, // 7 label, 8 address
  /<?(https?:\/\/[^\s<>()"]*[^\s<>()"'.,;:!?])>?/, // 9 bare address
].map((part) => part.source).join('|'), 'g');

/** @param {string} href @returns {string | undefined} the address when it is one that a link may open */
export function safeHref(href) {
  return /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i.test(href) && !/[\s\\\u0000-\u001f]/.test(href) ? href : undefined;
}

/** @param {string} text @param {number} [depth] @returns {MarkdownNode[]} */
export function inline(text, depth = 0) {
  /** @type {MarkdownNode[]} */
  const out = [];
  let at = 0;
  if (depth < 4) {
    for (const m of text.matchAll(INLINE)) {
      if (m.index > at) out.push(text.slice(at, m.index));
      at = m.index + m[0].length;
      const deeper = (/** @type {string} */ s) => inline(s, depth + 1);
      if (m[1]) out.push(m[1]);
      else if (m[2]) out.push({ tag: 'code', kids: [m[2]] });
      else if (m[3]) out.push({ tag: 'strong', kids: deeper(m[3]) });
      else if (m[4] || m[5]) out.push({ tag: 'em', kids: deeper(m[4] || m[5]) });
      else if (m[7]) {
        const href = safeHref(m[8]);
        if (href) out.push({ tag: 'a', href, kids: deeper(m[7]) });
        else out.push(...deeper(m[7]));
      } else if (m[9]) out.push({ tag: 'a', href: m[9], kids: [m[9]] });
      else out.push(m[6] || '');
    }
  }
  if (at < text.length) out.push(text.slice(at));
  return out;
}

const BULLET = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** @param {string} line @returns {string[]} */
const cells = (line) => line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim());

/** @param {string[]} lines @param {number} from @returns {[MarkdownNode, number]} */
function table(lines, from) {
  /** @param {string} tag @param {string} line @returns {MarkdownNode} */
  const row = (tag, line) => ({ tag: 'tr', kids: cells(line).map((cell) => ({ tag, kids: inline(cell) })) });
  let to = from + 2;
  while (to < lines.length && lines[to].includes('|')) to++;
  const body = lines.slice(from + 2, to).map((line) => row('td', line));
  return [{ tag: 'table', kids: [{ tag: 'thead', kids: [row('th', lines[from])] }, { tag: 'tbody', kids: body }] }, to];
}

/** @param {string[]} lines @param {number} from @returns {[MarkdownNode, number]} */
function list(lines, from) {
  const first = /** @type {RegExpMatchArray} */ (lines[from].match(BULLET));
  const indent = first[1].length;
  /** @type {{tag: string, kids: MarkdownNode[]}} */
  const out = { tag: first[2] ? 'ol' : 'ul', kids: [] };
  let at = from;
  while (at < lines.length) {
    const m = lines[at].match(BULLET);
    const item = /** @type {{tag: string, kids: MarkdownNode[]} | undefined} */ (out.kids.at(-1));
    if (m && m[1].length > indent + 1 && item) {
      const [inner, next] = list(lines, at);
      item.kids.push(inner);
      at = next;
    } else if (m && m[1].length >= indent) {
      out.kids.push({ tag: 'li', kids: inline(m[3]) });
      at++;
    } else if (!m && item && /^\s+\S/.test(lines[at])) {
      item.kids.push(' ', ...inline(lines[at].trim()));
      at++;
    } else break;
  }
  return [out, Math.max(at, from + 1)];
}

/** @param {string} text @returns {MarkdownNode[]} blocks, top to bottom */
export function parse(text) {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  /** @type {MarkdownNode[]} */
  const out = [];
  /** @type {string[]} */
  let words = [];
  const close = () => {
    if (words.length) {
      const kids = words.flatMap((line, i) => (i ? [{ tag: 'br', kids: [] }, ...inline(line)] : inline(line)));
      out.push({ tag: 'p', kids });
    }
    words = [];
  };
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    const starts = BULLET.test(line) ? list : line.includes('|') && RULE.test(lines[at + 1] || 'x') ? table : null;
    const heading = line.match(/^#{1,6}\s+(.*?)\s*#*$/);
    if (starts || heading || !line.trim()) close();
    if (starts) {
      const [block, next] = starts(lines, at);
      out.push(block);
      at = next;
      continue;
    }
    if (heading) out.push({ tag: 'p', kids: [{ tag: 'strong', kids: inline(heading[1]) }] });
    else if (line.trim()) words.push(line.replace(/^\s*>\s?/, '').trim());
    at++;
  }
  close();
  return out;
}

/** Table cells with fewer characters stay on one line: prices, sizes, days. */
const SHORT = 14;

/** @param {MarkdownNode[]} tree @returns {DocumentFragment} */
export function render(tree) {
  const out = document.createDocumentFragment();
  for (const node of tree) {
    if (typeof node === 'string') out.append(node);
    else {
      const made = document.createElement(node.tag);
      if (node.href) {
        made.setAttribute('href', node.href);
        if (!/^[/#]/.test(node.href)) made.setAttribute('target', '_blank');
        made.setAttribute('rel', 'noopener');
      }
      made.append(render(node.kids));
      if (/^t[dh]$/.test(node.tag) && (made.textContent ?? '').length < SHORT) made.className = 'short';
      out.append(made);
    }
  }
  return out;
}
