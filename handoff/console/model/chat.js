/**
 * One chat as far as the desk has told it: what is known of it, its events and its notes. Takes events in any order and
 * any number of times. Pure.
 * @typedef {import('../../widget/types').DeskEvent} DeskEvent
 * @typedef {import('./queue.js').Summary} Summary
 * @typedef {{id: string, detail: any, events: Map<number, DeskEvent>, last: number, notes: any[], typing: number, read: number,
 *   fault: string}} Chat `detail` is null until it was loaded; `read`: how far the shopper has read
 */

/** @param {string} id @returns {Chat} */
export const emptyChat = (id) => ({ id, detail: null, events: new Map(), last: 0, notes: [], typing: 0, read: 0, fault: '' });

/** @param {Chat} chat @param {any} answer what the desk knows of the whole conversation */
export function fill(chat, answer) {
  const { events, notes, ...detail } = answer;
  chat.detail = detail;
  chat.read = Math.max(chat.read, detail.shopper_read_seq ?? 0);
  chat.notes = notes;
  chat.fault = '';
}

/** @param {Chat} chat @param {any} event @returns {boolean} whether it was a new one of those that are numbered */
export function apply(chat, event) {
  if (event.type === 'note') {
    if (!chat.notes.some((n) => n.number === event.number)) chat.notes.push(event);
    return false;
  }
  if (event.type === 'typing' && event.from === 'shopper') chat.typing = Date.now();
  if (event.type === 'read') {
    if (event.from === 'shopper') chat.read = Math.max(chat.read, event.seq ?? 0);
    return false;
  }
  if (event.seq == null || chat.events.has(event.seq)) return false;
  chat.events.set(event.seq, event);
  chat.last = Math.max(chat.last, event.seq);
  if (event.from === 'shopper') chat.typing = 0;
  return true;
}

/** What an event says of the whole chat: its state, who has it, who looks at it. @param {Chat} chat @param {any} event */
export function applyToDetail(chat, event) {
  const { detail } = chat;
  if (!detail) return;
  if (event.type === 'viewers') detail.viewers = event.agents;
  if (event.type !== 'state') return;
  detail.state = event.state;
  detail.agent = event.state === 'assigned' ? event.agent ?? detail.agent : null;
  if (event.reason) detail.reason = event.reason;
}

/** @param {Chat} chat @param {Summary} summary the queue's line on it @returns {boolean} whether that was news */
export function applySummary({ detail }, { state, agent, reason, version }) {
  if (!detail || detail.version >= version) return false;
  Object.assign(detail, { state, agent, reason, version });
  return true;
}
