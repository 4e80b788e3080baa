"""Which product a text is about: names as shoppers write them, a word or two of a page's title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from knowledge.facts.reading import is_product
from knowledge.page.page import Page
from knowledge.text.lexical import terms

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
# A name is written with a capital nearly always, and stands on few of the pages.
CAPITAL_SHARE: Final = 0.8
PAGE_SHARE: Final = 0.4


class ProductNames:
    """The products of a shop's pages by the words that name them: “the heron” is the page “Heron 2 two-person tent”."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._titles = {page.path: frozenset(terms(page.title)) for page in pages if is_product(page)}
        self._pages = {page.path: page for page in pages if page.path in self._titles}
        self._titled = Counter(word for title in self._titles.values() for word in title)
        self._names = _names_among(self._titled, pages)

    def named(self, text: str) -> Page | None:
        """The one product that a text names best; None when it names none, or several alike."""
        said = frozenset(terms(text))
        if said.isdisjoint(self._names):
            return None
        likeness = {
            path: sum(1 / self._titled[word] for word in title & said)
            for path, title in self._titles.items()
            if not title.isdisjoint(said & self._names)
        }
        best = max(likeness.values(), default=0.0)
        found = [path for path, like in likeness.items() if like == best]
        whole = [path for path in found if self._titles[path] <= said]
        alike = whole or found
        return self._pages[alike[0]] if len(alike) == 1 else None

    def sibling(self, page: Page) -> Page | None:
        """The one other product that shares a name with this one: the Heron 4 beside the Heron 2."""
        mine = self._titles.get(page.path, frozenset()) & self._names
        others = [path for path, title in self._titles.items() if path != page.path and not title.isdisjoint(mine)]
        return self._pages[others[0]] if len(others) == 1 else None


def _names_among(titled: Counter[str], pages: Sequence[Page]) -> frozenset[str]:
    """Those words of titles (by how many have them) that pages write as names."""
    seen: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    on_pages: Counter[str] = Counter()
    for page in pages:
        written = [(word, term) for word in _WORD.findall(page.text) for term in terms(word) if term in titled]
        seen.update(term for _, term in written)
        capital.update(term for word, term in written if word[0].isupper())
        on_pages.update({term for _, term in written})
    return frozenset(
        word
        for word, titles in titled.items()
        if seen[word]
        and capital[word] >= CAPITAL_SHARE * seen[word]
        and on_pages[word] <= max(2 * titles, PAGE_SHARE * len(pages))
    )
