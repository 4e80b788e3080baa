/** Calls a shopper back who has gone to another tab: a mark in the page's title, gone as soon as they are here. */
const MARK = '● ';

export function markTitle() {
  if (!document.title.startsWith(MARK)) document.title = MARK + document.title;
}

export function unmarkTitle() {
  if (document.title.startsWith(MARK)) document.title = document.title.slice(MARK.length);
}
