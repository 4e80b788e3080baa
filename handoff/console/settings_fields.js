/** The settings that admins see, in groups, and how each stands in its field. Pure. */

/** @typedef {{name: string, label: string, hint?: string, unit?: number, attrs?: object, choices?: [string, string][], rows?: number, list?: boolean}} Field `unit`: how many of the desk's make one of the field's */

const MINUTE_S = 60;

/** @type {[string, Field[]][]} */
export const GROUPS = [
  ['The shop', [
    { name: 'shop_name', label: 'Name' },
    { name: 'promise', label: 'What shoppers are promised', rows: 2 },
    { name: 'language', label: 'Language', hint: 'Two letters, as en or fr', attrs: { maxlength: 2 } },
  ]],
  ['Hours', [
    { name: 'hours', label: 'When people are at the desk', hint: 'As Mon-Fri 9:00-18:00, Sat 10:00-16:00; empty means always', rows: 2 },
    { name: 'timezone', label: 'Time zone', hint: 'By its IANA name, as Europe/Brussels' },
    { name: 'holidays', label: 'Holidays', hint: 'Days on which nobody is there, as 2026-12-25, with commas between', rows: 2, list: true },
  ]],
  ['Promises and chats', [
    { name: 'first_reply_s', label: 'First reply within, minutes', hint: '0 promises nothing', unit: MINUTE_S },
    { name: 'resolution_s', label: 'Solved within, hours', hint: '0 promises nothing', unit: 60 * MINUTE_S },
    { name: 'assignment', label: 'Chats', choices: [['pull', 'are taken by agents'], ['auto', 'are given to the agent with the fewest']] },
    { name: 'idle_minutes', label: 'Close a silent chat after, minutes', hint: '0 never', unit: 1 },
    { name: 'retention_days', label: 'Erase resolved chats after, days', hint: '0 keeps them', unit: 1 },
  ]],
];

/** A setting as it stands in its field. @param {Field} f @param {any} value @returns {string} */
export function toField(f, value) {
  if (value == null) return '';
  if (f.list) return value.join(', ');
  return String(f.unit ? value / f.unit : value);
}

/** What a field says, as the desk takes it. @param {Field} f @param {string} text @returns {any} */
export function fromField(f, text) {
  if (f.list) return text.split(/[\s,]+/).filter(Boolean);
  if (f.unit) return Number(text || 0) * f.unit;
  return text.trim();
}
