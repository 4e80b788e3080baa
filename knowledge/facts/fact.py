"""One fact of a product, word for word from its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.facts.measures import Measure
from knowledge.page.page import Page, Section
from knowledge.page.passage import passage_id

# front: of the front matter; labelled: a table's cell, “Weight: 1.9 kg”, or what stands under a heading of the kind;
# said: a sentence that names the kind; bare: a number that only its unit explains. The surer, the smaller.
Standing = Literal[0, 1, 2, 3]
FRONT: Standing = 0
LABELLED: Standing = 1
SAID: Standing = 2
BARE: Standing = 3


@dataclass(frozen=True)
class Fact:
    """What a product's page says of one kind of property.

    `words` stand in the page (or its front matter) as they are here, and so do `label`, what they are called there,
    and `variant`, the size or model that they are true of; both may be empty. `measures` are the numbers in `words`
    that fit the kind, in its units. `start` is where `words` begin in `page.text`, None for front matter.
    """

    page: Page
    kind: str
    words: str
    standing: Standing
    label: str = ""
    variant: str = ""
    measures: tuple[Measure, ...] = ()
    section: Section | None = None
    start: int | None = None

    @property
    def line(self) -> int:
        """The line of the page's file, from 1; 1 for front matter."""
        return 1 if self.start is None else self.page.line_of(self.start)

    @property
    def url(self) -> str:
        """Where a reader finds it."""
        return self.page.url + (f"#{self.section.anchor}" if self.section and self.section.anchor else "")

    @property
    def passage_id(self) -> str:
        """The passage that it stands in; for front matter, the page's first."""
        return passage_id(self.page, self.section or self.page.sections[0])
