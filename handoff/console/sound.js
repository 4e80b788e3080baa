/** The sounds of the console: two rising tones for a chat, one for a message. Muted, when the agent says so; remembered. */

const KEY = 'desk:muted';
/** Hz */
export const CHAT_TONES = [660, 880];
export const MESSAGE_TONES = [740];

export class Sound {
  /** @type {AudioContext | undefined} */ audio;

  constructor() {
    addEventListener('pointerdown', () => this.wake(), { once: true });
    addEventListener('keydown', () => this.wake(), { once: true });
  }

  /** Browsers let a page sound only after a touch. */
  wake() {
    this.audio ??= new AudioContext();
  }

  get muted() {
    return localStorage.getItem(KEY) === '1';
  }

  set muted(muted) {
    localStorage.setItem(KEY, muted ? '1' : '0');
  }

  /** @param {number[]} tones Hz */
  play(tones) {
    const { audio } = this;
    if (this.muted || !audio) return;
    tones.forEach((hertz, i) => playTone(audio, hertz, i * 0.16));
  }
}

/** @param {AudioContext} audio @param {number} hertz @param {number} in_s */
function playTone(audio, hertz, in_s) {
  const at = audio.currentTime + in_s;
  const oscillator = new OscillatorNode(audio, { frequency: hertz });
  const loud = new GainNode(audio, { gain: 0 });
  loud.gain.setValueAtTime(0, at);
  loud.gain.linearRampToValueAtTime(0.16, at + 0.02);
  loud.gain.exponentialRampToValueAtTime(0.001, at + 0.32);
  oscillator.connect(loud).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.34);
}
