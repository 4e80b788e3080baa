/**
 * Earlier chats with the same shopper: everything up to each "resolved" is one. Pure.
 * @typedef {{at: string, question: string, seq: number}} Episode `seq` of its first message
 */

/** @param {Iterable<any>} events in order of seq @returns {Episode[]} those that are over, oldest first */
export function earlier(events) {
  /** @type {Episode[]} */ const over = [];
  /** @type {Episode | null} */ let now = null;
  for (const e of events) {
    if (e.type === 'message' && e.from === 'shopper') now ??= { at: e.at, question: e.text, seq: e.seq };
    // The end of the chat that is shown now is not an earlier one: something was written after it.
    if (e.type === 'state' && e.state === 'resolved' && now) {
      over.push(now);
      now = null;
    }
  }
  return now ? over : over.slice(0, -1);
}
