import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Chat } from '../../../handoff/widget/chat.js';
import { Vault } from '../../../handoff/widget/vault.js';

/** A socket in the test's hands. */
class Socket {
  static all = [];
  readyState = 0;
  sent = [];
  constructor() { Socket.all.push(this); }
  send(text) { this.sent.push(JSON.parse(text)); }
  close() {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.();
  }
  ready(frame = {}) {
    this.readyState = 1;
    this.onopen();
    this.get({ type: 'ready', state: 'bot', last_seq: 0, ...frame });
  }
  get(frame) { this.onmessage({ data: JSON.stringify(frame) }); }
  get messages() { return this.sent.filter((f) => f.type === 'message'); }
}

const settle = async () => { for (let i = 0; i < 20; i++) await Promise.resolve(); };
globalThis.navigator ??= { onLine: true };
let box;
let opened;
const browser = () => {
  const map = new Map();
  return { getItem: (k) => map.get(k) ?? null, setItem: (k, v) => map.set(k, v), removeItem: (k) => map.delete(k), key: (i) => [...map.keys()][i] ?? null, get length() { return map.size; } };
};
const tab = () => new Chat({ base: 'https://desk.example', vault: new Vault('https://desk.example', box), page: () => ({ url: 'https://shop.example/' }) });
const stored = (m, seq) => ({ seq, at: '2026-01-01T10:00:00Z', type: 'message', from: 'shopper', text: m.text, client_id: m.client_id });

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  Socket.all = [];
  box = browser();
  opened = 0;
  globalThis.WebSocket = Socket;
  globalThis.fetch = async () => {
    opened++;
    return { ok: true, json: async () => ({ conversation_id: 'c1', token: 't1' }) };
  };
});
afterEach(() => mock.timers.reset());

test('a conversation is opened at the first word, and the word goes out when the line is up', async () => {
  const chat = tab();
  chat.say('hello');
  await settle();
  assert.equal(opened, 1);
  Socket.all[0].ready();
  await settle();
  assert.deepEqual(Socket.all[0].messages.map((m) => m.text), ['hello']);
  chat.connection.stop();
});

test('what was not acknowledged goes out again on the next line, under the same name', async () => {
  const chat = tab();
  chat.say('hello');
  await settle();
  Socket.all[0].ready();
  await settle();
  const [first] = Socket.all[0].messages;
  Socket.all[0].close();
  mock.timers.tick(600);
  Socket.all[1].ready();
  await settle();
  assert.equal(Socket.all[1].messages[0].client_id, first.client_id);
  Socket.all[1].get({ type: 'ack', client_id: first.client_id, seq: 1 });
  Socket.all[1].get(stored(first, 1));
  assert.equal(chat.outbox.pending.size, 0);
  assert.deepEqual(chat.vault.unsent(), []);
  chat.connection.stop();
});

test('a page that is gone before it could send leaves its messages to the next, in order', async () => {
  const before = tab();
  globalThis.fetch = async () => { throw new Error('offline'); };
  before.say('one');
  mock.timers.tick(5);
  before.say('two');
  await settle();
  globalThis.fetch = async () => ({ ok: true, json: async () => ({ conversation_id: 'c1', token: 't1' }) });
  const after = tab();
  after.start();
  await settle();
  Socket.all.at(-1).ready();
  await settle();
  assert.deepEqual(Socket.all.at(-1).messages.map((m) => m.text), ['one', 'two']);
  before.connection.stop();
  after.connection.stop();
});

test('a refused message stays, says why, and can be taken back', async () => {
  const chat = tab();
  chat.say('far too long');
  await settle();
  Socket.all[0].ready();
  await settle();
  const [message] = Socket.all[0].messages;
  Socket.all[0].get({ type: 'error', client_id: message.client_id, error: { code: 'text_too_long', message: 'Too long.' } });
  assert.equal([...chat.outbox.pending.values()][0].refused, 'Too long.');
  assert.equal(chat.outbox.takeBack(message.client_id), 'far too long');
  assert.deepEqual(chat.vault.unsent(), []);
  chat.connection.stop();
});

test('a refusal that passes is tried again by itself', async () => {
  const chat = tab();
  chat.say('hello');
  await settle();
  Socket.all[0].ready();
  await settle();
  const [message] = Socket.all[0].messages;
  Socket.all[0].get({ type: 'error', client_id: message.client_id, error: { code: 'storage_unavailable', message: 'Later.' } });
  mock.timers.tick(3000);
  await settle();
  assert.equal(Socket.all[0].messages.length, 2);
  assert.equal(Socket.all[0].messages[1].client_id, message.client_id);
  chat.connection.stop();
});

test('a conversation that the desk no longer knows is opened anew, with what is unsent', async () => {
  const chat = tab();
  chat.vault.set('conversation', { conversation_id: 'old', token: 'old' });
  chat.start();
  chat.say('still here');
  await settle();
  Socket.all[0].readyState = 1;
  Socket.all[0].onopen();
  Socket.all[0].get({ type: 'error', error: { code: 'not_found', message: 'Gone.' } });
  await settle();
  assert.equal(opened, 1);
  Socket.all.at(-1).ready();
  await settle();
  assert.deepEqual(Socket.all.at(-1).messages.map((m) => m.text), ['still here']);
  chat.connection.stop();
});

test('a choice sends its payload and shows its label', async () => {
  const chat = tab();
  chat.say('/choose{"passage": "p1"}', 'Boots: sizes');
  assert.equal([...chat.outbox.pending.values()][0].shown, 'Boots: sizes');
  await settle();
  Socket.all[0].ready();
  await settle();
  assert.equal(Socket.all[0].messages[0].text, '/choose{"passage": "p1"}');
  chat.connection.stop();
});

test('unread are what others wrote after the last look', async () => {
  const chat = tab();
  const said = (seq, from) => chat.event({ seq, at: '2026-01-01T10:00:00Z', type: 'message', from, text: 'x' });
  said(1, 'shopper');
  said(2, 'bot');
  said(3, 'agent');
  assert.equal(chat.unread, 2);
  chat.markRead();
  assert.equal(chat.unread, 0);
  said(4, 'agent');
  assert.equal(chat.unread, 1);
});
