import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillPlaces, matching, placeValues, wordAtCursor } from '../../../../handoff/console/model/canned.js';

const ALL = [{ name: 'return', text: 'Send it back.' }, { name: 'hello', text: 'Hello, returning friend.' }, { name: 'refund', text: 'In five days.' }];

test('a slash at the beginning of a word asks for canned replies', () => {
  assert.equal(wordAtCursor('/re', 3), 're');
  assert.equal(wordAtCursor('Hello /', 7), '');
  assert.equal(wordAtCursor('Hello /RE more', 9), 're');
});

test('a slash inside a word or an address does not', () => {
  assert.equal(wordAtCursor('and/or', 6), null);
  assert.equal(wordAtCursor('https://a.example/re', 20), null);
  assert.equal(wordAtCursor('/re turn', 8), null);
});

test('those that begin with it come first, then those that hold it', () => {
  assert.deepEqual(matching(ALL, 're').map((c) => c.name), ['return', 'refund', 'hello']);
  assert.deepEqual(matching(ALL, 'days').map((c) => c.name), ['refund']);
  assert.deepEqual(matching(ALL, 'zzz'), []);
});

test('places are filled; one without a value stays in sight', () => {
  assert.equal(fillPlaces('I am {agent}, about {order}', { agent: 'Robin', order: undefined }), 'I am Robin, about {order}');
});

test('places stand for what the brief names, or else for the page that the shopper came from', () => {
  const detail = { brief: { entities: { order_number: ['FF-1234'] } }, page: { title: 'Heron 2' } };
  assert.deepEqual(placeValues('Robin', 'Fell & Ford', detail), { agent: 'Robin', shop: 'Fell & Ford', order: 'FF-1234', product: 'Heron 2' });
  assert.equal(placeValues('Robin', '', { brief: { entities: { product: ['a tent'] } }, page: { title: 'Heron 2' } }).product, 'a tent');
  assert.deepEqual(placeValues('Robin', '', null), { agent: 'Robin', shop: '', order: undefined, product: undefined });
});
