import { h } from '../widget/dom.js';

/** Opens a dialog that is gone once it is closed. @param {string} title @param {...any} parts @returns {HTMLDialogElement} */
export function openDialog(title, ...parts) {
  const dialog = h('dialog', { 'aria-labelledby': 'dialog-title', onclose: () => dialog.remove() },
    h('form', { method: 'dialog' }, h('h2', { id: 'dialog-title' }, title), ...parts));
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
