/**
 * What is new in the queue since the last look, and worth an agent's ear. Pure.
 * @typedef {import('./model/queue.js').Summary} Summary
 * @typedef {Map<string, {state: string, agent: string, unread: number}>} Seen by conversation id
 * @typedef {{waiting: Summary[], given: Summary[], spoken: Summary[]}} Arrivals `given`: came to this agent without their doing
 */

/** @param {Summary[]} queue @returns {Seen} */
export const seenIn = (queue) => new Map(queue.map((s) => [s.conversation_id, { state: s.state, agent: s.agent?.id ?? '', unread: s.unread }]));

/**
 * @param {Seen | null} before null at the first look, when nothing counts as new
 * @param {Summary[]} queue @param {string} me @param {Set<string>} own conversations that this agent claimed by hand
 * @returns {Arrivals}
 */
export function arrivals(before, queue, me, own) {
  if (!before) return { waiting: [], given: [], spoken: [] };
  const mine = queue.filter((s) => s.state === 'assigned' && s.agent?.id === me);
  const was = (/** @type {Summary} */ s) => before.get(s.conversation_id);
  const held = (/** @type {Summary} */ s) => was(s)?.agent === me && was(s)?.state === 'assigned';
  return {
    waiting: queue.filter((s) => s.state === 'waiting' && was(s)?.state !== 'waiting'),
    given: mine.filter((s) => !held(s) && !own.has(s.conversation_id)),
    // Taking a chat reads it: what is unread right after came since.
    spoken: mine.filter((s) => (held(s) ? s.unread > (was(s)?.unread ?? 0) : own.has(s.conversation_id) && s.unread > 0)),
  };
}

/** How many chats ask for this agent's eyes: those that wait, and their own with something unread. @param {Summary[]} queue @param {string} me */
export const calling = (queue, me) => queue.filter((s) => s.state === 'waiting' || (s.state === 'assigned' && s.agent?.id === me && s.unread)).length;
