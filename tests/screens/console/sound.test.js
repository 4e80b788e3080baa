import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { CHAT_TONES, MESSAGE_TONES, Sound } from '../../../handoff/console/sound.js';

let played;
let touch;
let kept;
beforeEach(() => {
  [played, kept] = [[], new Map()];
  const gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
  Object.assign(globalThis, {
    addEventListener: (type, then) => type === 'pointerdown' && (touch = then),
    localStorage: { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v) },
    AudioContext: class { currentTime = 0; },
    GainNode: class { gain = gain; connect() {} },
    OscillatorNode: class {
      constructor(_audio, { frequency }) { this.frequency = frequency; }
      connect(to) { return to; }
      start() { played.push(this.frequency); }
      stop() {}
    },
  });
});

test('nothing sounds before the page was touched', () => {
  const sound = new Sound();
  sound.play(CHAT_TONES);
  assert.deepEqual(played, []);
  touch();
  sound.play(CHAT_TONES);
  sound.play(MESSAGE_TONES);
  assert.deepEqual(played, [...CHAT_TONES, ...MESSAGE_TONES]);
});

test('muted is kept for the next page', () => {
  const sound = new Sound();
  touch();
  sound.muted = true;
  sound.play(CHAT_TONES);
  assert.deepEqual(played, []);
  assert.equal(new Sound().muted, true);
  sound.muted = false;
  assert.equal(new Sound().muted, false);
});
