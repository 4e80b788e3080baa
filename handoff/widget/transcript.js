/**
 * The conversation as far as its events tell it. Pure: takes events in any order and any number of times.
 * @typedef {import('./types').Transcript} Transcript
 * @typedef {import('./types').DeskEvent} DeskEvent
 */

/** @returns {Transcript} */
export function empty() {
  return {
    items: new Map(), last: 0, state: 'bot', agent: null, queue: null, typing: 0,
    helpful: new Map(), rating: null, read: 0,
  };
}

/** @param {DeskEvent} e @returns {string | null} */
const agentName = (e) => (typeof e.agent === 'string' ? e.agent : e.agent?.name ?? null);

/** How each type of event changes what is known. @type {Record<string, (t: Transcript, e: DeskEvent) => void>} */
const CHANGES = {
  message(t, e) {
    if (e.from !== 'shopper') t.typing = 0;
    if (e.from === 'agent' && e.name) t.agent = e.name;
  },
  state(t, e) {
    t.state = e.state ?? t.state;
    t.agent = t.state === 'assigned' ? agentName(e) ?? t.agent : null;
    if (t.state !== 'waiting') t.queue = null;
    if (t.state !== 'resolved') t.rating = null;
    t.typing = 0;
  },
  queue(t, e) {
    t.queue = { position: e.position ?? 1, low: e.wait_low_s ?? null, high: e.wait_high_s ?? null };
  },
  feedback(t, e) { t.helpful.set(e.target_seq ?? 0, Boolean(e.helpful)); },
  rating(t, e) { t.rating = e.score ?? null; },
  typing(t, e) { if (e.from !== 'shopper') t.typing = Date.now(); },
};

/** @param {Transcript} t @param {DeskEvent} e @returns {boolean} whether it was new */
export function apply(t, e) {
  if (e.type === 'read') {
    // Not stored: its `seq` says how far the agent has read.
    if (e.from !== 'shopper') t.read = Math.max(t.read, e.seq ?? 0);
    return true;
  }
  if (e.seq != null) {
    if (t.items.has(e.seq)) return false;
    t.items.set(e.seq, e);
    t.last = Math.max(t.last, e.seq);
  }
  CHANGES[e.type]?.(t, e);
  return true;
}
