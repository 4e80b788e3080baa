"""What a statement is about: its matter, the names it uses, and the words that set two subjects apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Final

from knowledge.check.statements import Statement
from knowledge.page.page import Page
from knowledge.text.lexical import terms
from knowledge.text.plain import plain

NEAR: Final = 0.71  # the nearer of the two readings (alone, under its heading), and …
NEAR_BOTH: Final = 0.5  # … the other one
LEAST: Final = 0.48  # below this nothing is compared
# When both speak of the same matter of the shop, this much is enough: people word these matters in many ways.
_MATTER_NEAR: Final = {"return": LEAST, "refund": 0.55, "warranty": 0.5}
_OTHER_MATTER: Final = 0.6

# Matters that one shop handles one way for all its products.
_SHOP_WIDE: Final = frozenset({"return", "refund", "exchange", "cancelling", "delivery", "damage"})

# The matters on which shops contradict themselves; the first that fits is what a statement is about.
_MATTERS: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("damage", r"\bdamag|\bfaulty\b|\bbroken\b|\bdefect"),
        ("cancelling", r"\bcancel"),
        ("refund", r"\brefund|\bmoney back\b|\bpa(?:y|id) back\b|\breimburs"),
        ("exchange", r"\bexchang|\bswap"),
        ("return", r"\breturn|\b(?:send|sent|bring|brought|give|gave)\b[\w ']{0,20}\bback\b"),
        ("repair", r"\brepair|\bmend"),
        ("warranty", r"\bwarrant|\bguarantee"),
        ("trial", r"\btrial\b|\btry (?:it|them)\b"),
        ("delivery", r"\bdeliver|\bshipp|\bdispatch|\barrive|\bpostage\b"),
        ("opening", r"\bopen\b|\bopening\b|\bclosed?\b"),
        ("discount", r"\bdiscount|\boff\b|\bcheaper\b"),
    )
)
# Of each group one word at most is true of a thing; two statements with different ones are about two things. Words of
# one shop's trade stay out: its names, headings and tables' rows set its subjects apart. These words and the matters
# above are English; pages in other languages are compared by nearness (docs/content-guide.md).
_OPPOSED: Final = tuple(
    tuple(frozenset(terms(words)) for words in group)
    for group in (
        ("express overnight priority", "standard economy normal"),
        ("shop store", "online phone chat", "warehouse"),
        ("return", "exchange", "repair", "cancel"),
        ("express", "collect pickup"),
        ("law legal statutory", "shop our"),
        ("first", "second", "third", "fourth", "last"),
        ("minimum smallest shortest", "maximum largest longest"),
        ("regular", "wide", "long", "short"),
        ("small", "medium", "large"),
        ("women", "men", "children kids"),
        ("comfort", "limit", "extreme"),
        ("inner", "outer", "floor"),
        ("length long", "width wide", "height high", "thickness thick", "depth deep"),
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("packed", "unpacked inflated"),
        ("letter email", "chat", "invoice", "phone"),
    )
)
# “Within 14 days of delivery” counts from the delivery; it is not about it.
_ANCHOR: Final = re.compile(
    r"\b(?:of|after|from|since|before) (?:the |your )?(?:day (?:it|of) )?(?:delivery|arrival|arrived|dispatch|purchase)"
    r"(?: scan| date| day)?\b|\bdelivery (?:scan|desk|address|note)\b",
    re.IGNORECASE,
)
_LAW: Final = re.compile(r"\b(?:by law|law|legal|statutory|regulation)\b", re.IGNORECASE)
_MID_WORD: Final = re.compile(r"(?<=[\w,;] )([^\W\d_][\w'’-]*)")


class Subjects:
    """What each statement is about: its matter, the names it uses, and the words around it."""

    def __init__(self, pages: tuple[Page, ...], statements: list[Statement]) -> None:
        self._statements = statements
        self._names = _names(pages)
        self.own = cache(self._own)
        self.context = cache(self._context)
        self.matter = cache(lambda number: matter(statements[number]))

    def same(self, i: int, j: int, nearness: tuple[float, float]) -> bool:
        """Whether both statements can be about one subject. `nearness`: cosines alone, and under their headings."""
        one, other = self._statements[i], self._statements[j]
        if self._two_products(i, j) or not self._near_enough(i, j, nearness):
            return False
        return not (
            self._named_apart(i, j)
            or self._labelled_apart(i, j)
            or self._opposed(i, j)
            or bool(_LAW.search(one.text)) != bool(_LAW.search(other.text))
        )

    def _two_products(self, i: int, j: int) -> bool:
        """Whether they describe two products; what holds for the whole shop is compared all the same."""
        mine, theirs = self._statements[i].page.sku, self._statements[j].page.sku
        differ = bool(mine and theirs and mine != theirs)
        return differ and not (self.matter(i) == self.matter(j) and self.matter(i) in _SHOP_WIDE)

    def _near_enough(self, i: int, j: int, nearness: tuple[float, float]) -> bool:
        low, high = sorted(nearness)
        mine, theirs = self.matter(i), self.matter(j)
        if mine and theirs:
            return mine == theirs and high >= _MATTER_NEAR.get(mine, _OTHER_MATTER)
        return high >= NEAR and low >= NEAR_BOTH

    def _named_apart(self, i: int, j: int) -> bool:
        """Whether each side has a name that the other side, and what stands above it, lacks."""
        mine, theirs = self._own_names(i) - self.context(j), self._own_names(j) - self.context(i)
        title_mine, title_theirs = self._title_names(i), self._title_names(j)
        if (mine and title_theirs - self.own(i)) or (theirs and title_mine - self.own(j)):
            return True
        return bool(mine or title_mine - self.context(j)) and bool(theirs or title_theirs - self.context(i))

    def _own_names(self, number: int) -> frozenset[str]:
        """Names in the statement itself; of a table's label not, since it may list several that all hold."""
        return (self.own(number) - frozenset(terms(self._statements[number].label))) & self._names

    def _title_names(self, number: int) -> frozenset[str]:
        statement = self._statements[number]
        return frozenset(terms(f"{statement.page.title} {statement.heading}")) & self._names

    def _labelled_apart(self, i: int, j: int) -> bool:
        one, other = self._statements[i], self._statements[j]
        if one.label and other.label and not _same_column(one, other):
            return True
        return not (_label_fits(one.label, self.context(j)) and _label_fits(other.label, self.context(i)))

    def _opposed(self, i: int, j: int) -> bool:
        mine, theirs = self.context(i, True), self.context(j, True)
        return any(_apart(group, mine, theirs) for group in _OPPOSED)

    def _own(self, number: int) -> frozenset[str]:
        return frozenset(terms(self._statements[number].text))

    def _context(self, number: int, near: bool = False) -> frozenset[str]:
        """The terms of the statement, its headings, title, and of the sentences before it (not with `near`)."""
        statement = self._statements[number]
        words = [statement.text, statement.heading, statement.page.title]
        if not near:
            section = statement.section
            before = statement.page.text[section.body_start : statement.start].split("\n\n")[-1]
            words += [*section.parents, before, statement.page.sku or ""]
        return frozenset(terms(" ".join(words)))


def matter(statement: Statement) -> str | None:
    """Which of the shop's matters (returns, refunds, warranty …) a statement is about, by its own words."""
    for text in (statement.text, *([statement.heading, statement.page.title] if statement.label else [])):
        text = _ANCHOR.sub(" ", text)
        for name, pattern in _MATTERS:
            if pattern.search(text):
                return name
    return None


def _same_column(one: Statement, other: Statement) -> bool:
    return bool(set(terms(one.column)) & set(terms(other.column)))


def _label_fits(label: str, context: frozenset[str]) -> bool:
    """Whether a table row's label, or one of the things it lists, is named on the other side."""
    parts = [set(terms(part)) for part in re.split(r",|;|/|\band\b|\bor\b", label)]
    parts = [part for part in parts if part]
    return not parts or any(part <= context for part in parts)


def _apart(group: tuple[frozenset[str], ...], mine: frozenset[str], theirs: frozenset[str]) -> bool:
    here = {number for number, words in enumerate(group) if words & mine}
    there = {number for number, words in enumerate(group) if words & theirs}
    return bool(here and there and not here & there)


def _names(pages: Iterable[Page]) -> frozenset[str]:
    """Words that the pages write with a capital in mid-sentence, and hardly ever without."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for page in pages:
        for line in page.text.splitlines():
            for word in _MID_WORD.findall(plain(line)):
                (capital if word[0].isupper() else small)[word.lower()] += 1
    kept = (word for word, count in capital.items() if count > 2 * small[word])
    return frozenset(term for word in kept for term in terms(word))
