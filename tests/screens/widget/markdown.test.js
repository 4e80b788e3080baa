import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inline, parse, safeHref } from '../../../handoff/widget/markdown.js';

const text = (tree) => tree.map((n) => (typeof n === 'string' ? n : n.tag === 'br' ? '\n' : text(n.kids))).join('');

test('paragraphs, with line breaks kept', () => {
  assert.deepEqual(parse('One\ntwo\n\nthree').map((n) => n.tag), ['p', 'p']);
  assert.equal(text(parse('One\ntwo')), 'One\ntwo');
});

test('emphasis, code and links', () => {
  assert.deepEqual(inline('a **b** *c* `d` [e](/f)'), ['a ', { tag: 'strong', kids: ['b'] }, ' ', { tag: 'em', kids: ['c'] }, ' ',
    { tag: 'code', kids: ['d'] }, ' ', { tag: 'a', href: '/f', kids: ['e'] }]);
});

test('snake_case and lone stars stay as they are', () => {
  assert.deepEqual(inline('order_number_one 2 * 3 * 4'), ['order_number_one 2 * 3 * 4']);
});

test('a bare address becomes a link, without the full stop after it', () => {
  assert.deepEqual(inline('see https://a.example/b.'), ['see ', { tag: 'a', href: 'https://a.example/b', kids: ['https://a.example/b'] }, '.']);
});

test('lists, nested and numbered, with lines that go on', () => {
  const [ul] = parse('- one\n  goes on\n- two\n  1. deep\n  2. deeper\n- three');
  assert.equal(ul.tag, 'ul');
  assert.equal(ul.kids.length, 3);
  assert.equal(text([ul.kids[0]]), 'one goes on');
  assert.equal(ul.kids[1].kids.at(-1).tag, 'ol');
});

test('a table has a head and rows', () => {
  const [table] = parse('| Country | Days |\n|---|--:|\n| Belgium | 60 |\n| Norway | 60 |');
  assert.deepEqual(table.kids.map((n) => n.tag), ['thead', 'tbody']);
  assert.equal(table.kids[1].kids.length, 2);
});

test('markup in text stays text', () => {
  assert.equal(text(parse('<script>alert(1)</script> <img src=x onerror=alert(1)>')), '<script>alert(1)</script> <img src=x onerror=alert(1)>');
});

for (const href of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', '//evil.example', ' javascript:x', 'java\nscript:x', '/\\evil.example'])
  test(`no link to ${JSON.stringify(href)}`, () => {
    assert.equal(safeHref(href), undefined);
    assert.ok(!JSON.stringify(inline(`[a](${href})`)).includes('"a","href"'));
  });

test('odd and hostile text ends quickly', () => {
  for (const bad of ['**'.repeat(20000), '['.repeat(20000), '- '.repeat(9000), '|'.repeat(20000), '_a'.repeat(20000), `${'- a\n'.repeat(4000)}`, '> '.repeat(9000), '`'.repeat(30000)]) parse(bad);
  parse('');
  parse('|a|\n|-|');
});
