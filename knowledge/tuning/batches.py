"""What the adapter learns from: batches of one shop's messages beside texts of sections, right ones and near ones.

Every section that answers a message counts as right; one that only helps counts as neither. What a message is to be
told from are sections that the search ranks high, sections of the same page, and those of the batch's other messages.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from knowledge.index.evidence import Kind, ways_of
from knowledge.index.ranking import Calibration
from knowledge.page.page import Page, Section
from knowledge.tuning.shops import Shop, section_key
from knowledge.tuning.trial import Trial

# Messages of one shop that are read together; fewer than the fewest tell too little apart.
BATCH: Final = 32
FEWEST: Final = 6
# The kinds of messages that are learned from, also those whose right sections are what is worth offering.
TAUGHT: Final = ("answer", "order", "ambiguous")
PLAIN: Final = ("answer",)
# So many of the sections that the search ranks first may stand beside a message as wrong ones.
LOOKED_AT: Final = 12
MOST_HARD: Final = 8
# How often a batch reads headings instead of passages.
HEADINGS: Final = 0.15
# How often a message has a wrong section of the right page beside it.
SAME_PAGE: Final = 0.5


@dataclass(frozen=True)
class Texts:
    """The texts of one section that an index would embed."""

    passages: tuple[str, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """A message with the sections that answer it, best first, those that only help, and wrong ones ranked high."""

    text: str
    right: tuple[str, ...]
    partly: frozenset[str]
    hard: tuple[str, ...]


@dataclass(frozen=True)
class Lessons:
    """What one shop teaches: its sections' texts in order of its pages, and examples."""

    sections: Mapping[str, Texts]
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Batch:
    """Messages and texts. `right[m, t]` says that text t answers message m, `partly[m, t]` that it only helps."""

    messages: tuple[str, ...]
    texts: tuple[str, ...]
    right: npt.NDArray[np.bool_]
    partly: npt.NDArray[np.bool_]
    headings: bool


def lessons_of(shop: Shop, trials: Iterable[Trial]) -> Lessons:
    """What a shop teaches; `trials` are its messages as the search before the fit ranks their sections."""
    placed = [(page, section) for page in shop.pages for section in page.sections]
    sections = {section_key(page.path, section.anchor): _texts(page, section) for page, section in placed}
    return Lessons(sections, tuple(_example(trial) for trial in trials if _teaches(trial)))


def batches(shops: Iterable[Lessons], chance: random.Random) -> list[Batch]:
    """Every example of every shop once, a shop a batch, in an order drawn by `chance`."""
    drawn = [(shop, part) for shop in shops for part in _parts(shop, chance)]
    chance.shuffle(drawn)
    return [_batch(shop, part, chance) for shop, part in drawn]


def _teaches(trial: Trial) -> bool:
    """Whether a message is learned from; one asked on a page, only where it is plainly answered."""
    message = trial.message
    return bool(message.sections) and message.kind in (PLAIN if message.page else TAUGHT)


def _example(trial: Trial) -> Example:
    ahead = [row for row in trial.order(Calibration())[:LOOKED_AT] if not trial.helping[row]]
    hard = tuple(trial.keys[row] for row in ahead[:MOST_HARD])
    message = trial.message
    return Example(message.text, message.sections, frozenset(message.partly) - set(message.sections), hard)


def _texts(page: Page, section: Section) -> Texts:
    ways = ways_of(page, section)
    passages, headings = (tuple(way.text for way in ways if way.kind == kind) for kind in (Kind.PASSAGE, Kind.HEADING))
    return Texts(passages, headings)


def _parts(shop: Lessons, chance: random.Random) -> Iterator[list[Example]]:
    mixed = chance.sample(shop.examples, len(shop.examples))
    for begin in range(0, len(mixed), BATCH):
        if len(part := mixed[begin : begin + BATCH]) >= FEWEST:
            yield part


def _batch(shop: Lessons, part: list[Example], chance: random.Random) -> Batch:
    headings = chance.random() < HEADINGS
    keys = list(dict.fromkeys(key for example in part for key in _beside(shop, example, chance)))
    texts = [shop.sections[key] for key in keys]
    return Batch(
        messages=tuple(example.text for example in part),
        texts=tuple(chance.choice(one.headings if headings or not one.passages else one.passages) for one in texts),
        right=np.array([[key in example.right for key in keys] for example in part]),
        partly=np.array([[key in example.partly for key in keys] for example in part]),
        headings=headings,
    )


def _beside(shop: Lessons, example: Example, chance: random.Random) -> Iterator[str]:
    """The sections that a message brings: a right one, the better ones more often, and one or two wrong ones."""
    (right,) = chance.choices(example.right, [1 / place for place in range(1, len(example.right) + 1)])
    yield right
    if example.hard:
        yield chance.choice(example.hard)
    page = f"{right.partition('#')[0]}#"
    known = {*example.right, *example.partly}
    same_page = [key for key in shop.sections if key.startswith(page) and key not in known]
    if same_page and (not example.hard or chance.random() < SAME_PAGE):
        yield chance.choice(same_page)
