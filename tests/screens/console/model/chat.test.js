import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { apply, applySummary, applyToDetail, emptyChat, fill } from '../../../../handoff/console/model/chat.js';

const said = (seq, from = 'shopper') => ({ seq, type: 'message', from, text: 'x', client_id: null });
let chat;
beforeEach(() => {
  chat = emptyChat('c');
});

test('an event counts once, whenever it comes', () => {
  assert.equal(apply(chat, said(2)), true);
  assert.equal(apply(chat, said(1)), true);
  assert.equal(apply(chat, said(2)), false);
  assert.equal(chat.last, 2);
  assert.equal(chat.events.size, 2);
});

test('notes are told apart by their number, and are no part of the history', () => {
  assert.equal(apply(chat, { type: 'note', number: 1, text: 'a' }), false);
  apply(chat, { type: 'note', number: 1, text: 'a' });
  apply(chat, { type: 'note', number: 2, text: 'b' });
  assert.deepEqual(chat.notes.map((n) => n.text), ['a', 'b']);
  assert.equal(chat.last, 0);
});

test('the mark of what the shopper has read never goes back, and an agent’s own is not the shopper’s', () => {
  apply(chat, { type: 'read', from: 'shopper', seq: 4 });
  apply(chat, { type: 'read', from: 'shopper', seq: 2 });
  apply(chat, { type: 'read', from: 'agent', seq: 9 });
  assert.equal(chat.read, 4);
});

test('a shopper who has written is no longer writing', () => {
  apply(chat, { seq: null, type: 'typing', from: 'shopper' });
  assert.ok(chat.typing);
  apply(chat, said(1));
  assert.equal(chat.typing, 0);
});

test('a chat that is loaded again keeps what its events said, and forgets its fault', () => {
  Object.assign(chat, { fault: 'Not reached.', read: 5 });
  fill(chat, { state: 'assigned', version: 3, shopper_read_seq: 2, events: [said(1)], notes: [] });
  assert.deepEqual(chat.detail, { state: 'assigned', version: 3, shopper_read_seq: 2 });
  assert.equal(chat.read, 5);
  assert.equal(chat.fault, '');
});

test('a change of state moves the chat from one to another', () => {
  applyToDetail(chat, { type: 'state', state: 'waiting' });
  assert.equal(chat.detail, null);
  chat.detail = { state: 'waiting', agent: null, reason: 'asked' };
  applyToDetail(chat, { type: 'state', state: 'assigned', agent: { id: 'kim' } });
  assert.deepEqual(chat.detail, { state: 'assigned', agent: { id: 'kim' }, reason: 'asked' });
  applyToDetail(chat, { type: 'state', state: 'waiting', reason: 'upset' });
  assert.deepEqual(chat.detail, { state: 'waiting', agent: null, reason: 'upset' });
  applyToDetail(chat, { type: 'viewers', agents: [{ id: 'ola' }] });
  assert.deepEqual(chat.detail.viewers, [{ id: 'ola' }]);
});

test('only a newer line of the queue changes a chat', () => {
  const summary = (version) => ({ state: 'resolved', agent: null, reason: null, version, unread: 7 });
  assert.equal(applySummary(chat, summary(9)), false);
  chat.detail = { state: 'assigned', agent: { id: 'kim' }, reason: 'asked', version: 3 };
  assert.equal(applySummary(chat, summary(3)), false);
  assert.equal(chat.detail.state, 'assigned');
  assert.equal(applySummary(chat, summary(4)), true);
  assert.deepEqual(chat.detail, { state: 'resolved', agent: null, reason: null, version: 4 });
});
