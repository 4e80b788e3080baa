/** Everything by keyboard, and the sheet that lists it. */
import { h } from '../widget/dom.js';

/** @param {EventTarget | null} target */
const writing = (target) => target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);

export class Keys {
  /** @param {Record<string, {says: string, does: () => void, always?: boolean}>} table by key, "Alt+1" and the like */
  constructor(table) {
    this.table = table;
    addEventListener('keydown', (event) => this.press(event));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.ctrlKey || event.metaKey || document.querySelector('dialog[open], :popover-open')) return;
    const name = (event.altKey ? 'Alt+' : '') + (event.altKey ? event.code.replace(/^(Key|Digit)/, '') : event.key);
    const bound = this.table[name] ?? this.table[name.toLowerCase()];
    if (!bound || (writing(event.target) && !event.altKey && !bound.always)) return;
    event.preventDefault();
    bound.does();
  }

  sheet() {
    const rows = Object.entries(this.table).map(([key, { says }]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, says)));
    const dialog = h('dialog', { 'aria-labelledby': 'keys-title', onclose: () => dialog.remove() },
      h('form', { method: 'dialog' }, h('h2', { id: 'keys-title' }, 'By keyboard'), h('dl', { class: 'keys' }, ...rows), h('button', { type: 'submit' }, 'Close')));
    document.body.append(dialog);
    dialog.showModal();
  }
}
