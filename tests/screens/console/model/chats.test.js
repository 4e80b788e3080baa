import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Chats } from '../../../../handoff/console/model/chats.js';
import { FakeApi } from './api.js';

const message = (seq, from, client_id = null) => ({ seq, type: 'message', from, text: 'x', client_id });
const answer = (more = {}) => ({ state: 'assigned', agent: { id: 'me' }, version: 1, events: [message(1, 'shopper'), message(2, 'bot')], notes: [], ...more });
let api;
let selected;
let seen;
let chats;
let told;
beforeEach(() => {
  api = new FakeApi();
  api.answers['GET /conversations/c'] = answer();
  selected = 'c';
  seen = true;
  told = { sent: [], stored: [], changed: [], refused: [] };
  chats = new Chats({ api, agentId: 'me', selected: () => selected, inSight: () => seen, send: (f) => told.sent.push(f),
    stored: (id) => told.stored.push(id), changed: (id) => told.changed.push(id), refused: (m) => told.refused.push(m) });
});

test('the selected chat is watched from the last event that is known, and once', async () => {
  await chats.load('c');
  await chats.load('c');
  assert.deepEqual(told.sent, [{ type: 'watch', conversation_id: 'c', after: 2 }]);
  chats.unwatch('c');
  await chats.load('c');
  assert.deepEqual(told.sent.map((f) => f.type), ['watch', 'unwatch', 'watch']);
});

test('a chat that was left while it was loaded is not watched', async () => {
  const loading = chats.load('c');
  selected = '';
  await loading;
  assert.deepEqual(told.sent, []);
});

test('a new connection watches the selected chat anew', async () => {
  await chats.load('c');
  chats.reconnected();
  await new Promise(setImmediate);
  assert.deepEqual(told.sent.map((f) => f.type), ['watch', 'watch']);
});

test('a chat that cannot be loaded says why', async () => {
  api.answers['GET /conversations/c'] = 404;
  await chats.load('c');
  assert.equal(chats.get('c').fault, 'Refused: 404.');
  assert.deepEqual(told.changed, ['c']);
});

test('what a shopper writes is read at once by an agent who looks', () => {
  chats.receive('c', message(3, 'shopper'));
  chats.receive('c', message(3, 'shopper'));
  chats.receive('c', message(4, 'agent'));
  assert.deepEqual(told.sent, [{ type: 'read', conversation_id: 'c' }]);
});

test('it is not read by one who looks elsewhere, or at another chat', () => {
  seen = false;
  chats.receive('c', message(3, 'shopper'));
  seen = true;
  chats.receive('other', message(1, 'shopper'));
  assert.deepEqual(told.sent, []);
  assert.equal(chats.get('other').events.size, 1);
});

test('a reply’s own event says that it is stored', () => {
  chats.receive('c', message(3, 'agent', 'r1'));
  assert.deepEqual(told.stored, ['r1']);
});

test('a change of state loads the rest, for the selected chat alone', async () => {
  await chats.load('c');
  api.calls.length = 0;
  chats.receive('c', { seq: 3, type: 'state', state: 'resolved' });
  assert.equal(chats.isMine('c'), false);
  assert.deepEqual(api.calls.map(([call]) => call), ['GET /conversations/c']);
  selected = '';
  chats.receive('c', { seq: 4, type: 'state', state: 'assigned', agent: { id: 'me' } });
  assert.equal(api.calls.length, 1);
});

test('mine are those that are assigned to me', async () => {
  assert.equal(chats.isMine('c'), false);
  await chats.load('c');
  assert.equal(chats.isMine('c'), true);
  chats.update([{ conversation_id: 'c', state: 'assigned', agent: { id: 'kim' }, reason: null, version: 2 }]);
  assert.equal(chats.isMine('c'), false);
});

test('what an agent decides is asked of the desk, and loaded again', async () => {
  assert.equal(await chats.act('c', 'resolve', { disposition: 'solved' }), true);
  assert.deepEqual(api.calls, [['POST /conversations/c/resolve', { disposition: 'solved' }], ['GET /conversations/c', undefined]]);
});

test('a refusal is shown, and what is so is loaded', async () => {
  api.answers['POST /conversations/c/release'] = 409;
  assert.equal(await chats.act('c', 'release'), false);
  assert.deepEqual(told.refused, ['Refused: 409.']);
  assert.equal(api.calls.at(-1)[0], 'GET /conversations/c');
});
