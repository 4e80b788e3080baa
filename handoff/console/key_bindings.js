/** What each key does, and how the sheet of keys puts it. */
import { resolveDialog } from './resolve_dialog.js';
import { transferDialog } from './transfer_dialog.js';

/** @param {import('./model/desk.js').Desk} desk @param {any} queue @param {any} chat @param {any} knowledge @param {() => void} sheet */
export function keyBindings(desk, queue, chat, knowledge, sheet) {
  const here = (/** @type {(id: string) => void} */ then) => () => desk.selected && then(desk.selected);
  const claim = async (/** @type {string} */ id) => (await desk.claims.claim(id)) && chat.claimed();
  return {
    j: { says: 'Next chat', does: () => queue.step(1) },
    k: { says: 'Chat before', does: () => queue.step(-1) },
    n: { says: 'Take the chat that has waited longest', does: () => desk.claims.claimNext().then((done) => done && chat.claimed()) },
    c: { says: 'Claim this chat', does: here(claim) },
    r: { says: 'Write a reply', does: () => chat.composer.text.focus() },
    e: { says: 'Resolve this chat', does: here((id) => desk.chats.isMine(id) && resolveDialog(desk, id)) },
    t: { says: 'Transfer this chat', does: here((id) => desk.chats.isMine(id) && transferDialog(desk, id)) },
    s: { says: 'Search the pages', does: () => knowledge.input.focus() },
    '/': { says: 'Filter the list', does: () => queue.filter.focus() },
    'Alt+1': { says: 'Insert the first passage found', does: () => knowledge.use(0) },
    'Alt+2': { says: 'Insert the second', does: () => knowledge.use(1) },
    'Alt+3': { says: 'Insert the third', does: () => knowledge.use(2) },
    Escape: { says: 'Leave the field', always: true, does: () => /** @type {HTMLElement} */ (document.activeElement)?.blur() },
    '?': { says: 'This sheet', does: sheet },
  };
}
