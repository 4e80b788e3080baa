/**
 * What is new in the queue since the last look, and worth an agent's ear. Pure.
 * @typedef {import('./model/queue.js').Summary} Summary
 * @typedef {Map<string, {state: string, agent: string, unread: number}>} Snapshot by conversation id
 * @typedef {{waiting: Summary[], assigned: Summary[], written: Summary[]}} Arrivals `assigned`: came to this agent without their doing; `written`: hold a new message
 */

/** @param {Summary[]} queue @returns {Snapshot} */
export const snapshot = (queue) => new Map(queue.map((s) => [s.conversation_id, { state: s.state, agent: s.agent?.id ?? '', unread: s.unread }]));

/**
 * @param {Snapshot | null} before null at the first look, when nothing counts as new
 * @param {Summary[]} queue @param {string} me @param {Set<string>} claimed conversations that this agent claimed by hand
 * @returns {Arrivals}
 */
export function arrivals(before, queue, me, claimed) {
  if (!before) return { waiting: [], assigned: [], written: [] };
  const mine = queue.filter((s) => s.state === 'assigned' && s.agent?.id === me);
  const was = (/** @type {Summary} */ s) => before.get(s.conversation_id);
  const held = (/** @type {Summary} */ s) => was(s)?.agent === me && was(s)?.state === 'assigned';
  return {
    waiting: queue.filter((s) => s.state === 'waiting' && was(s)?.state !== 'waiting'),
    assigned: mine.filter((s) => !held(s) && !claimed.has(s.conversation_id)),
    // Claiming a chat reads it: what is unread right after came since.
    written: mine.filter((s) => (held(s) ? s.unread > (was(s)?.unread ?? 0) : claimed.has(s.conversation_id) && s.unread > 0)),
  };
}

/** How many chats ask for this agent's eyes: those that wait, and their own with something unread. @param {Summary[]} queue @param {string} me */
export const attentionCount = (queue, me) => queue.filter((s) => s.state === 'waiting' || (s.state === 'assigned' && s.agent?.id === me && s.unread)).length;
