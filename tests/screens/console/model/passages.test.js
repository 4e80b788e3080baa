import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Passages } from '../../../../handoff/console/model/passages.js';

const PAGE = '/help/returns';
const result = (index_version, ...ids) => ({ index_version, passages: ids.map((id) => ({ passage_id: id, url: `${PAGE}#${id}` })) });

test('a passage that a reply inserts or links is given by it', () => {
  const passages = new Passages();
  passages.found('c', result('v1', 'long', 'cost'));
  assert.deepEqual(passages.given('c', `You have 60 days.\n\n[Returns](${PAGE}#long)`), { passages: ['long'], index_version: 'v1' });
  assert.deepEqual(passages.given('c', `See https://shop.test${PAGE}#cost.`), { passages: ['cost'], index_version: 'v1' });
});

test('one that was taken out again, or was found beside another chat, is not', () => {
  const passages = new Passages();
  passages.found('c', result('v1', 'long'));
  assert.equal(passages.given('c', 'You have 60 days.'), null);
  assert.equal(passages.given('d', `${PAGE}#long`), null);
});

test('a longer address is another one', () => {
  const passages = new Passages();
  passages.found('c', result('v1', 'long'));
  assert.equal(passages.given('c', `${PAGE}#long-ago`), null);
  assert.notEqual(passages.given('c', `${PAGE}#long-ago and ${PAGE}#long`), null);
});

test('what an earlier search found still counts, in the index it was found in last', () => {
  const passages = new Passages();
  passages.found('c', result('v1', 'long'));
  passages.found('c', result('v2', 'cost'));
  passages.found('c', result('v3', 'long'));
  assert.deepEqual(passages.given('c', `${PAGE}#long`), { passages: ['long'], index_version: 'v3' });
});
