"""What an answer, a choice and a hand-off look like, from the engine to the screens."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from knowledge.wire.message import Probability, Wire
from knowledge.wire.search import Verdict

State = Literal["bot", "waiting", "assigned", "message_left", "resolved"]
Role = Literal["agent", "lead", "admin", "content"]
Reason = Literal["people_only", "upset", "asked", "failed", "engine_failure"]

Json = dict[str, Any]
MAX_HINT_CHARS = 90


class SectionLink(Wire):
    """A section of a page by its heading."""

    heading: str
    url: str


class PageFact(Wire):
    """What a page states, word for word, and where. `label` is what the page calls it, `variant` what it is true of."""

    text: str
    label: str = ""
    variant: str = ""
    url: str


class ProductFacts(Wire):
    """One product, and for each column what its page states; a cell is empty where it says nothing."""

    product: str
    url: str
    cells: list[list[PageFact]]


class Facts(Wire):
    """Facts of one product or of several, the best fitting first. `left_out`: how many further products there are.

    They stand instead of a passage, or, where `beside`, with it.
    """

    columns: list[str]
    rows: list[ProductFacts]
    left_out: int = 0
    beside: bool = False


class Answer(Wire):
    """A passage of a page, word for word, with where it came from. `more` is the whole section when longer.

    `likely`: shown, and said to be only likely. `also` are further sections of the same page. With `facts` that stand
    instead of it, `passage` is the same facts a line each, for whoever shows no tables.
    """

    passage_id: str
    passage: str
    page_title: str
    heading: str
    url: str
    updated: str
    index_version: str
    probability: Probability
    more: str | None = None
    likely: bool = False
    also: list[SectionLink] = []
    facts: Facts | None = None


class Choice(Wire):
    """One button. `payload` is sent back as the text of a message; the transcript shows `label`.

    `hint` is how the passage behind it begins.
    """

    label: str
    payload: str
    hint: Annotated[str, Field(max_length=MAX_HINT_CHARS)] | None = None


class Signal(Wire):
    """One reason to think that the assistant is not helping, with what was seen."""

    name: str
    strength: Probability
    evidence: str


class Tried(Wire):
    """A question and the passage that was shown for it, or none."""

    question: str
    page_title: str | None = None
    heading: str | None = None
    url: str | None = None
    probability: Probability | None = None


class Brief(Wire):
    """The whole story in five seconds, for the agent who takes over."""

    wants: str
    tried: list[Tried] = []
    signals: list[Signal] = []
    entities: dict[str, list[str]] = {}
    language: str = "en"


class HandoffOrder(Wire):
    """The engine's order to fetch a person: at most one in a turn."""

    reason: Reason
    brief: Brief


class Confirmed(Wire):
    """The shopper's word that a passage answers: a heading taken, a yes to “Was this it?”, or thanks right after it."""

    kind: Literal["choice", "yes", "thanks"]
    question: str
    passage_id: str
    index_version: str


class TurnReport(Wire):
    """What the engine made of the shopper's message; stored beside it, never shown to the shopper.

    `question` is what the one passage shown in this turn answers, in the shopper's words. `confirmed` and `refused` (a
    passage's id) are what this turn says of a passage shown before, or of one just taken.
    """

    intent: str
    intent_confidence: Probability
    verdict: Verdict | None = None
    probability: Probability | None = None
    passage_ids: list[str] = []
    index_version: str | None = None
    entities: dict[str, list[str]] = {}
    language: str = "en"
    frustration: Probability = 0.0
    signals: list[Signal] = []
    decision: Literal["carry_on", "offer_person", "hand_off"] = "carry_on"
    question: str | None = None
    confirmed: Confirmed | None = None
    refused: str | None = None


class EngineMessage(Wire):
    """One item of the engine's reply, carried in the `custom` payload of Rasa's REST answer.

    Each has at least one of its fields; `text` is what the shopper reads.
    """

    text: str | None = None
    answer: Answer | None = None
    choices: list[Choice] = []
    handoff: HandoffOrder | None = None
    report: TurnReport | None = None
