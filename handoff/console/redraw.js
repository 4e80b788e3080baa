/** Draws again only what has changed, so that the keyboard's place and a half-made click stay where they are. */

/** @type {WeakMap<Element, string>} */
const drawn = new WeakMap();

/**
 * Fills `place` anew when `of` is not what it was drawn from.
 * @param {Element} place @param {unknown} of @param {() => (Node | string)[]} draw
 */
export function redraw(place, of, draw) {
  const now = JSON.stringify(of);
  if (drawn.get(place) === now) return;
  const at = [...place.querySelectorAll('a, button, input')].indexOf(/** @type {Element} */ (document.activeElement));
  place.replaceChildren(...draw());
  drawn.set(place, now);
  if (at >= 0) /** @type {HTMLElement | undefined} */ ([...place.querySelectorAll('a, button, input')][at])?.focus();
}

/**
 * A list whose rows stay the same elements while what they show stays the same.
 * @template T @param {Element} list @param {T[]} all @param {(one: T) => string} id @param {(one: T) => unknown} of @param {(one: T) => HTMLElement} make
 */
export function redrawRows(list, all, id, of, make) {
  const old = new Map([...list.children].map((row) => [/** @type {HTMLElement} */ (row).dataset.id, /** @type {HTMLElement} */ (row)]));
  const next = all.map((one) => {
    const [name, now] = [id(one), JSON.stringify(of(one))];
    const known = old.get(name);
    if (known && drawn.get(known) === now) return known;
    const made = make(one);
    made.dataset.id = name;
    drawn.set(made, now);
    if (known?.contains(document.activeElement)) queueMicrotask(() => /** @type {HTMLElement | null} */ (made.querySelector('a, button'))?.focus());
    return made;
  });
  if (next.length !== list.children.length || next.some((row, i) => row !== list.children[i])) {
    const held = /** @type {HTMLElement | null} */ (document.activeElement);
    const inside = held && next.some((row) => row.contains(held));
    list.replaceChildren(...next);
    if (inside) held.focus();
  }
}
