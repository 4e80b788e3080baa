import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Desk } from '../../../../handoff/console/model/desk.js';
import { FakeApi } from './api.js';

Object.assign(globalThis, { addEventListener() {}, document: { addEventListener() {} }, localStorage: { getItem: () => null, setItem() {} } });

let desk;
let heard;
beforeEach(() => {
  desk = new Desk(new FakeApi(), { id: 'me', name: 'Robin', role: 'lead' });
  heard = [];
  for (const type of ['queue', 'chat', 'toast', 'select']) desk.addEventListener(type, (e) => heard.push([type, e.detail]));
});

test('the queue reaches the list, and the chats that it has news of', () => {
  desk.chats.open('c').detail = { state: 'waiting', version: 1 };
  desk.receive({ type: 'queue', conversations: [{ conversation_id: 'c', state: 'assigned', agent: { id: 'me' }, reason: null, version: 2 }] });
  assert.deepEqual(heard, [['chat', 'c'], ['queue', null]]);
  assert.equal(desk.queue.find('c').state, 'assigned');
  assert.equal(desk.chats.isMine('c'), true);
});

test('an event reaches its chat, and a refusal the agent', () => {
  desk.receive({ type: 'event', conversation_id: 'c', event: { seq: 1, type: 'message', from: 'bot', text: 'x' } });
  desk.receive({ type: 'error', error: { code: 'rate_limited', message: 'Too fast.' } });
  assert.deepEqual(heard, [['chat', 'c'], ['toast', 'Too fast.']]);
  assert.equal(desk.chats.get('c').last, 1);
});

test('the address says which chat is selected; the one before is watched no more', () => {
  const sent = [];
  desk.connection.send = (frame) => sent.push(frame);
  globalThis.location = { hash: '#/chats/a' };
  desk.follow();
  globalThis.location = { hash: '#/team' };
  desk.follow();
  assert.deepEqual(sent, [{ type: 'unwatch', conversation_id: 'a' }]);
  assert.deepEqual([desk.selected, desk.route.screen], ['', 'team']);
  assert.deepEqual(heard.filter(([type]) => type === 'select'), [['select', 'a'], ['select', '']]);
});

test('the same address again leaves the chat watched', () => {
  const sent = [];
  desk.connection.send = (frame) => sent.push(frame);
  globalThis.location = { hash: '#/chats/a' };
  desk.follow();
  desk.follow();
  assert.deepEqual(sent, []);
});

test('a new connection loads the selected chat and sends what is unsent', async () => {
  globalThis.location = { hash: '#/chats/a' };
  desk.follow();
  desk.outbox.unsent.set('r1', { client_id: 'r1', conversation_id: 'a', text: 'Sixty days.' });
  desk.api.calls.length = 0;
  desk.receive({ type: 'ready' });
  assert.deepEqual(desk.api.calls.map(([call]) => call), ['GET /conversations/a', 'POST /conversations/a/replies']);
});

test('leads direct others, agents do not', () => {
  const may = (role) => {
    const { lead, admin } = new Desk(new FakeApi(), { id: 'x', name: 'X', role });
    return [lead, admin];
  };
  assert.deepEqual([may('agent'), may('content'), may('lead'), may('admin')], [[false, false], [false, false], [true, false], [true, true]]);
});
