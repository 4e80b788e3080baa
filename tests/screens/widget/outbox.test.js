import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Outbox } from '../../../handoff/widget/outbox.js';
import { Vault } from '../../../handoff/widget/vault.js';

globalThis.navigator ??= { onLine: true };
const settle = async () => { for (let i = 0; i < 20; i++) await Promise.resolve(); };
const word = (client_id, at = '2026-01-01T10:00:00Z') => ({ client_id, text: client_id, shown: client_id, at });
let chat;
let outbox;
let begun;

/** A connection that takes what it is given, or refuses it. */
const connection = (status, refusal) => ({
  status, sent: [], posted: [],
  get up() { return status !== 'idle'; },
  send(frame) { return this.sent.push(frame.client_id) > 0; },
  async post(path, body) {
    this.posted.push(body);
    if (refusal) throw Object.assign(new Error('Refused.'), refusal);
  },
});
const box = () => {
  const map = new Map();
  return { getItem: (k) => map.get(k) ?? null, setItem: (k, v) => map.set(k, v), removeItem: (k) => map.delete(k), key: (i) => [...map.keys()][i] ?? null, get length() { return map.size; } };
};

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  begun = true;
  chat = { vault: new Vault('https://desk.example', box()), connection: connection('live'), begin: async () => begun, changed() {} };
  outbox = new Outbox(chat);
});
afterEach(() => mock.timers.reset());

test('on a live socket a message goes out once, and stays until its event comes', async () => {
  outbox.add(word('a'));
  await settle();
  await outbox.flush();
  assert.deepEqual(chat.connection.sent, ['a']);
  assert.equal(outbox.pending.size, 1);
  assert.equal(outbox.remove('a')?.text, 'a');
  assert.deepEqual(chat.vault.unsent(), []);
});

test('where no conversation can be opened, nothing goes out and the browser keeps it', async () => {
  begun = false;
  outbox.add(word('a'));
  await settle();
  assert.deepEqual(chat.connection.sent, []);
  assert.deepEqual(chat.vault.unsent().map((m) => m.client_id), ['a']);
});

test('without a socket messages are posted, without the frame’s type', async () => {
  chat.connection = connection('polling');
  outbox.add(word('a'));
  await settle();
  outbox.add(word('b', '2026-01-01T10:00:01Z'));
  await settle();
  assert.deepEqual(chat.connection.posted, [{ client_id: 'a', text: 'a' }, { client_id: 'b', text: 'b' }]);
  assert.deepEqual(chat.vault.unsent(), []);
});

test('a post that did not reach the desk is tried again; one that was refused is not', async () => {
  chat.connection = connection('polling', {});
  outbox.add(word('a'));
  await settle();
  chat.connection = connection('polling', { status: 422, code: 'text_too_long' });
  mock.timers.tick(2500);
  await settle();
  assert.equal(chat.connection.posted.length, 1);
  assert.equal(outbox.pending.get('a').refused, 'Refused.');
  mock.timers.tick(60_000);
  await settle();
  assert.equal(chat.connection.posted.length, 1);
});

test('another tab sends its own message: this one shows it, and forgets a refused one that was taken back there', async () => {
  outbox.otherTab('b', word('b'));
  await outbox.flush();
  assert.deepEqual(chat.connection.sent, []);
  assert.ok(outbox.pending.has('b'));
  outbox.otherTab('b', null);
  assert.ok(outbox.pending.has('b'), 'stored, not taken back: its event comes');
  outbox.refused('b', 'text_too_long', 'Too long.');
  outbox.otherTab('b', null);
  assert.equal(outbox.pending.has('b'), false);
});

test('what the browser keeps is taken up anew, in the order in which it was written', () => {
  chat.vault.keep(word('later', '2026-01-01T10:00:05Z'));
  chat.vault.keep(word('earlier', '2026-01-01T10:00:00Z'));
  outbox.underway.add('later');
  outbox.restore();
  assert.deepEqual(outbox.unsent().map((m) => m.client_id), ['earlier', 'later']);
});
