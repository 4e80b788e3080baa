/**
 * What the shopper is looking at: attributes of the element first, then the page's own JSON-LD.
 * @typedef {import('./types').Page} Page
 */

/** @param {any} data @returns {any} the first Product in a JSON-LD value */
export function product(data) {
  if (Array.isArray(data)) return data.map(product).find(Boolean);
  if (!data || typeof data !== 'object') return undefined;
  return [data['@type']].flat().includes('Product') ? data : product(data['@graph'] ?? data.mainEntity);
}

/** @param {Element} element @returns {Page} */
export function pageOf(element) {
  let found;
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    try {
      found ??= product(JSON.parse(script.textContent ?? ''));
    } catch { /* another's broken JSON-LD is not ours to mend */ }
  }
  const sku = element.getAttribute('sku') || found?.sku;
  const title = element.getAttribute('page-title') || found?.name || document.title;
  return {
    url: location.href.split('#')[0].slice(0, 2000),
    ...(title && { title: String(title).slice(0, 500) }),
    ...(sku && { sku: String(sku).slice(0, 100) }),
  };
}
