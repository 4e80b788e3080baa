import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked, filled, fitting } from '../../../handoff/console/model/canned.js';

const ALL = [{ name: 'return', text: 'Send it back.' }, { name: 'hello', text: 'Hello, returning friend.' }, { name: 'refund', text: 'In five days.' }];

test('a slash at the beginning of a word asks for canned replies', () => {
  assert.equal(asked('/re', 3), 're');
  assert.equal(asked('Hello /', 7), '');
  assert.equal(asked('Hello /RE more', 9), 're');
});

test('a slash inside a word or an address does not', () => {
  assert.equal(asked('and/or', 6), null);
  assert.equal(asked('https://a.example/re', 20), null);
  assert.equal(asked('/re turn', 8), null);
});

test('those that begin with it come first, then those that hold it', () => {
  assert.deepEqual(fitting(ALL, 're').map((c) => c.name), ['return', 'refund', 'hello']);
  assert.deepEqual(fitting(ALL, 'days').map((c) => c.name), ['refund']);
  assert.deepEqual(fitting(ALL, 'zzz'), []);
});

test('places are filled; one without a value stays in sight', () => {
  assert.equal(filled('I am {agent}, about {order}', { agent: 'Robin', order: undefined }), 'I am Robin, about {order}');
});
