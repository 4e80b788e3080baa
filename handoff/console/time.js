/** Times as agents read them. */

/** @param {string | null} at ISO 8601 @returns {number} seconds since then */
export const since = (at) => (at ? Math.max(0, (Date.now() - +new Date(at)) / 1000) : 0);

/** @param {number} s seconds @returns {string} "40 s", "3 min", "2 h" */
export function span(s) {
  if (s < 60) return `${Math.floor(s)} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  if (s < 86400) return `${Math.floor(s / 3600)} h`;
  return `${Math.floor(s / 86400)} d`;
}

/** @param {string} at @returns {string} */
export function clock(at) {
  const then = new Date(at);
  const today = then.toDateString() === new Date().toDateString();
  return then.toLocaleString(undefined, { hour: '2-digit', minute: '2-digit', ...(!today && { day: 'numeric', month: 'short' }) });
}

/** How urgent a wait is, for its colour. @param {number} s @returns {'calm' | 'soon' | 'late'} */
export const urgency = (s) => (s > 300 ? 'late' : s > 120 ? 'soon' : 'calm');

/** What is promised next for a chat, and when. @param {{state: string, reply_due_at?: string | null, resolve_due_at?: string | null}} s @returns {string} */
export function due(s) {
  const [what, at] = s.reply_due_at ? ['reply', s.reply_due_at] : ['solution', s.resolve_due_at];
  if (!at) return '';
  const left = (+new Date(at) - Date.now()) / 1000;
  return left < 0 ? ` · ${what} overdue by ${span(-left)}` : ` · ${what} due in ${span(left)}`;
}
