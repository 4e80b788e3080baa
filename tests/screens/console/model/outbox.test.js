import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Outbox } from '../../../../handoff/console/model/outbox.js';
import { FakeApi } from './api.js';

const settle = async () => { for (let i = 0; i < 10; i++) await Promise.resolve(); };
const REPLIES = 'POST /conversations/c/replies';
let api;
let storage;
const outbox = () => new Outbox({ api, changed: () => {}, storage });

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  api = new FakeApi();
  const map = new Map();
  storage = { getItem: (k) => map.get(k) ?? null, setItem: (k, v) => map.set(k, v) };
});
afterEach(() => mock.timers.reset());

test('a reply stays until its own event comes', async () => {
  const box = outbox();
  box.add('c', 'Sixty days.');
  await settle();
  const [[, sent]] = api.calls;
  assert.equal(sent.text, 'Sixty days.');
  assert.equal(box.of('c').length, 1);
  assert.equal(box.of('other').length, 0);
  box.stored(sent.client_id);
  assert.equal(box.of('c').length, 0);
  assert.equal(outbox().of('c').length, 0);
});

test('a reply tells which passages it gives, also when another page sends it', async () => {
  api.answers[REPLIES] = 0;
  outbox().add('c', 'Sixty days.', { passages: ['returns#long'], index_version: 'v1' });
  await settle();
  api.answers[REPLIES] = {};
  outbox().flush();
  await settle();
  for (const [, sent] of api.calls) assert.deepEqual([sent.passages, sent.index_version], [['returns#long'], 'v1']);
});

for (const status of [0, 429, 503]) {
  test(`after ${status} it is sent again, under the same name`, async () => {
    api.answers[REPLIES] = status;
    const box = outbox();
    box.add('c', 'Sixty days.');
    await settle();
    assert.equal(box.of('c')[0].fault, undefined);
    api.answers[REPLIES] = {};
    mock.timers.tick(3000);
    await settle();
    assert.equal(api.calls.length, 2);
    assert.equal(api.calls[0][1].client_id, api.calls[1][1].client_id);
  });
}

test('a refused reply says why, is not sent again, and can be taken back', async () => {
  api.answers[REPLIES] = 422;
  const box = outbox();
  box.add('c', 'Far too long.');
  await settle();
  const [unsent] = box.of('c');
  assert.equal(unsent.fault, 'Refused: 422.');
  mock.timers.tick(60_000);
  box.flush();
  assert.equal(api.calls.length, 1);
  assert.equal(box.takeBack(unsent.client_id), 'Far too long.');
  assert.equal(outbox().of('c').length, 0);
});

test('what a page left unsent is sent by the next', async () => {
  api.answers[REPLIES] = 0;
  outbox().add('c', 'Sixty days.');
  await settle();
  api.answers[REPLIES] = {};
  outbox().flush();
  await settle();
  assert.equal(api.calls.at(-1)[1].text, 'Sixty days.');
});
