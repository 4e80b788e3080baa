import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted, bySection, notDone, share, some } from '../../../handoff/console/content/outcomes.js';

const GOOD = { asked: 40, before: 30, after: 31 };
const BAD = { asked: 1, before: 1, after: 0 };
const LEFT = [{ key: 'k', question: 'how long', why: 'Edit it by hand.' }];
const done = (more) => ({ keys: ['a', 'b'], not_done: [], held_out: GOOD, harmful: false, undone: false, ...more });

test('suggestions stand under their section, in the order in which the sections come first', () => {
  const of = (passage_id, question, heading) => ({ passage_id, question, page_title: 'Returns', heading, url: `/r#${passage_id}` });
  const found = bySection([of('b', '1', 'Costs'), of('a', '2', 'Returns'), of('b', '3', 'Costs')]);
  assert.deepEqual(found.map((s) => [s.title, s.url, s.of.map((q) => q.question)]), [['Returns: Costs', '/r#b', ['1', '3']], ['Returns', '/r#a', ['2']]]);
  assert.deepEqual(bySection([]), []);
});

test('what went well is said in few words, what was left with its reason', () => {
  assert.equal(accepted(done({})), '2 questions accepted.');
  assert.equal(accepted(done({ keys: ['a'], not_done: LEFT })), '1 question accepted. 1 page could not be changed: “how long”: Edit it by hand.');
  assert.match(notDone([...LEFT, ...LEFT]), /^2 pages could not be changed/);
});

test('harm is said with its figures, and whether it was kept out', () => {
  const kept = accepted(done({ held_out: BAD, harmful: true }));
  assert.match(kept, /^2 questions accepted, and it does harm. Of 1 question /);
  assert.match(kept, /0 find their section with this, and 1 without/);
  assert.match(accepted(done({ keys: [], held_out: BAD, harmful: true, undone: true })), /^Nothing was accepted, because it would do harm.*one by one\.$/);
});

test('the figure of the week', () => {
  assert.equal(share({ answered: 140, taught: 12 }), '12 of 140');
  assert.equal(share({ answered: 0, taught: 0 }), 'no answers yet');
  assert.equal(some(1, 'chat'), '1 chat');
});
