"""What the knowledge service takes and gives over HTTP. Imports nothing of ours but `message`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from knowledge.wire.message import Probability, Wire

# answer: sure; likely: shown all the same, and said to be only likely; clarify: several readings, asked back; unknown.
Verdict = Literal["answer", "likely", "clarify", "unknown"]

MAX_QUESTION_CHARS = 4_000
MAX_EMBED_TEXTS = 512


class PageContext(Wire):
    """The page the shopper is looking at."""

    url: Annotated[str, Field(max_length=2_000)]
    title: Annotated[str, Field(max_length=500)] | None = None
    sku: Annotated[str, Field(max_length=100)] | None = None


class Asked(Wire):
    """An earlier question and the passage it was answered with, or the best that was found."""

    question: Annotated[str, Field(max_length=MAX_QUESTION_CHARS)]
    passage_id: str | None = None


class Previous(Asked):
    """The question before this one, and up to two before that, the latest first: what follow-ups lean on."""

    earlier: Annotated[list[Asked], Field(max_length=2)] = []

    @property
    def questions(self) -> tuple[Asked, ...]:
        """All of them, the latest first."""
        return (self, *self.earlier)


class UnderstandRequest(Wire):
    text: Annotated[str, Field(max_length=MAX_QUESTION_CHARS)]
    page: PageContext | None = None
    previous: Previous | None = None


class SearchRequest(Wire):
    question: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION_CHARS)]
    page: PageContext | None = None
    previous: Previous | None = None
    limit: Annotated[int, Field(ge=1, le=50)] = 5


class EmbedRequest(Wire):
    """Texts to embed for training, as `understand` embeds messages."""

    texts: Annotated[
        list[Annotated[str, Field(max_length=MAX_QUESTION_CHARS)]], Field(min_length=1, max_length=MAX_EMBED_TEXTS)
    ]


class Embeddings(Wire):
    """One embedding a text, in their order; base64 of little-endian float32, unit length."""

    embeddings: list[str]
    dimension: int


class FactWords(Wire):
    """One fact, word for word from a page, and where it stands there.

    `label` is what the page calls it and `variant` the size or model that it is true of; both may be empty.
    """

    text: str
    label: str = ""
    variant: str = ""
    url: str
    passage_id: str


class FactCell(Wire):
    """What one product's page says of one kind; empty where it says nothing."""

    facts: list[FactWords] = []


class FactRow(Wire):
    """One product: its title and address, and a cell for each column of the table."""

    product: str
    url: str
    passage_id: str
    cells: list[FactCell]


class FactTable(Wire):
    """Facts of one product or of several, the best fitting first.

    `columns` are kinds of facts (`price`, `weight`, …), to be named in the reader's language. `left_out` is how many
    further products were asked about: they came after these, or their pages do not say.
    """

    columns: list[str]
    rows: list[FactRow]
    left_out: int = 0


class Found(Wire):
    """One passage that may answer, best first in its list.

    `text` is the excerpt to show: consecutive sentences of the page, word for word (Markdown).
    `more` is the whole section when the excerpt is only a part of it. `facts` is what the front matter of a product
    says (its price, whether it is in stock) where this is the beginning of its page.
    """

    passage_id: str
    page: str
    page_title: str
    heading: str
    url: str
    updated: str
    text: str
    more: str | None = None
    probability: Probability
    score: float
    facts: list[FactWords] = []


class Heading(Wire):
    """A section of a page by its heading: something to tap."""

    passage_id: str
    heading: str
    url: str


class SearchResult(Wire):
    """Passages, best first, and what may be said with them.

    With `answer` and `likely` the first passage is shown. `choices` are passages, by id, that are offered as headings:
    beside a likely one as “or did you mean”, instead of one when asked back. `also` are further sections of the page
    that the shown passage is from. `facts` is a table that answers the question by itself; the first passage is then
    the one that its first fact stands in. `features` are the numbers behind `probability`, by name. `second` answers
    the other question of a message that asks two, where both are answered and by different sections.
    """

    index_version: str
    verdict: Verdict
    probability: Probability
    passages: list[Found]
    choices: list[str] = []
    also: list[Heading] = []
    facts: FactTable | None = None
    features: dict[str, float] = {}
    second: SearchResult | None = None

    @property
    def shown(self) -> Found | None:
        """The passage that is shown, if one is."""
        return self.passages[0] if self.passages and self.verdict in ("answer", "likely") else None

    @property
    def offered(self) -> list[str]:
        """The passages, by id, that are one tap away."""
        return [*self.choices, *(heading.passage_id for heading in self.also)]


class Entity(Wire):
    """Something named in the text: `text[start:end]` (in characters), and its canonical value."""

    entity: Literal["product", "sku", "order_number", "place", "date", "money", "email", "phone"]
    value: str
    start: int
    end: int
    confidence: Probability = 1.0


class Understanding(Wire):
    """All that one message means to us, from one call.

    `embedding` is base64 of little-endian float32, unit length. `language` is an ISO 639-1 code, or "und".
    """

    text: str
    embedding: str
    dimension: int
    language: str
    language_confidence: Probability
    entities: list[Entity]
    search: SearchResult


class Health(Wire):
    status: Literal["ok", "degraded", "down"]
    index_version: str | None
    passages: int
    pages: int
    built_at: str | None
    faults: list[str]
