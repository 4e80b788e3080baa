"""One shopper turn as the actions see it: the message, what it means, and what came before in this episode."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from actions.wording import UNKNOWN, is_latin_hindi, looks_like_question
from handoff.wire import Answer, Choice, EngineMessage, TurnReport
from knowledge.wire.search import Found, SearchResult, Understanding

# What the channel puts before a typed "/", so that Rasa does not take it for a payload.
ESCAPE = "\u2060"
# What a choice sends instead of words begins with it.
PAYLOAD_PREFIX = "/"
FETCH_PERSON = "/request_human"
STAY = "/withdraw_human"
NONE_OF_THESE = "/none_of_these"
CHOOSE = "/choose"
POLITE = frozenset({"greet", "goodbye", "thanks", "small_talk", "bot_challenge"})


@dataclass(frozen=True)
class PastTurn:
    """An earlier turn of the episode: what the shopper wrote, and what the assistant made of it."""

    text: str
    embedding: NDArray[np.float32] | None = None
    passages: tuple[Mapping[str, Any], ...] = ()
    messages: tuple[EngineMessage, ...] = ()

    @property
    def is_payload(self) -> bool:
        """Whether a choice was pressed in that turn, and nothing typed."""
        return self.text.startswith(PAYLOAD_PREFIX)

    @property
    def report(self) -> TurnReport | None:
        """The report of that turn; None when the turn failed."""
        return next((message.report for message in self.messages if message.report), None)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The passages shown in that turn: one, or two for two questions."""
        return tuple(message.answer for message in self.messages if message.answer)

    @property
    def answer(self) -> Answer | None:
        """The passage shown in that turn, if one was."""
        return next(iter(self.answers), None)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Everything offered for picking in that turn."""
        return tuple(choice for message in self.messages for choice in message.choices)

    def offered(self, payload: str) -> bool:
        """Whether a choice beginning with `payload` was on offer in that turn."""
        return any(choice.payload.startswith(payload) for choice in self.choices)


@dataclass(frozen=True)
class Turn:
    """The turn being decided. `detections` are the trained detectors' probabilities, by name."""

    text: str
    act: str
    confidence: float
    understanding: Understanding | None
    is_payload: bool = False
    ranking: Mapping[str, float] = field(default_factory=dict)
    detections: Mapping[str, float] = field(default_factory=dict)
    chosen: str | None = None
    past: tuple[PastTurn, ...] = ()

    @property
    def last(self) -> PastTurn | None:
        """The turn before this one."""
        return self.past[-1] if self.past else None

    @property
    def search(self) -> SearchResult | None:
        """What the search says of this message; None when nothing was searched."""
        return self.understanding.search if self.understanding else None

    @property
    def passages(self) -> list[Found]:
        """The passages found for this message, best first."""
        return self.search.passages if self.search else []

    @property
    def shown(self) -> Found | None:
        """The passage that the search would have shown, surely or likely."""
        return self.search.shown if self.search else None

    @property
    def best_probability(self) -> float:
        """How surely the best passage answers; 0 when none was found."""
        return self.passages[0].probability if self.passages else 0.0

    @property
    def verdict(self) -> str | None:
        """The search's verdict on this message; None when nothing was searched."""
        return self.search.verdict if self.search else None

    @cached_property
    def embedding(self) -> NDArray[np.float32] | None:
        """The message's unit vector."""
        return decoded(self.understanding.embedding) if self.understanding else None

    @property
    def language(self) -> str:
        """ISO 639-1 code of this message, or `UNKNOWN`."""
        return self.understanding.language if self.understanding else UNKNOWN

    @property
    def is_hinglish(self) -> bool:
        """Whether it is Hindi, or Hindi and English, in Latin letters: the pages' embedding hardly reads it."""
        return is_latin_hindi(self.text, expected=any(is_latin_hindi(past.text) for past in self.past))

    @property
    def asks(self) -> bool:
        """Whether it looks like a question or a search term, not a remark."""
        return self.act == "ask_order" or looks_like_question(self.text, self.language)

    @property
    def entities(self) -> dict[str, list[str]]:
        """Values by entity, each once, in the order of the text."""
        return by_entity((e.entity, e.value) for e in self.understanding.entities) if self.understanding else {}

    def offered(self, payload: str) -> bool:
        """Whether the turn before offered such a choice."""
        return self.last is not None and self.last.offered(payload)


def read_turn(latest: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Turn:
    """The turn that Rasa's latest message and events describe."""
    typed = str(latest.get("text") or "")
    intent = latest.get("intent") or {}
    return Turn(
        text=typed.removeprefix(ESCAPE),
        act=intent.get("name") or "ask",
        confidence=float(intent.get("confidence") or 0.0),
        understanding=read_understanding(latest.get("understanding")),
        is_payload=typed.startswith(PAYLOAD_PREFIX),
        ranking={row["name"]: float(row["confidence"]) for row in latest.get("intent_ranking") or []},
        detections=latest.get("detections") or {},
        chosen=next((e["value"] for e in latest.get("entities") or [] if e["entity"] == "passage"), None),
        past=read_past(events),
    )


def read_understanding(raw: Any) -> Understanding | None:
    """The knowledge service's word on the message; None when it gave none that can be read."""
    try:
        return Understanding.model_validate(raw) if raw else None
    except ValidationError:
        return None


def read_past(events: Sequence[Mapping[str, Any]]) -> tuple[PastTurn, ...]:
    """Every turn before the current one. The last user event is the current turn and is left out."""
    turns: list[tuple[Mapping[str, Any], list[EngineMessage]]] = []
    for event in events:
        if event.get("event") == "user" and event.get("text"):
            turns.append((event, []))
        elif event.get("event") == "bot" and turns:
            turns[-1][1].extend(read_messages(event))
    return tuple(past_turn(user, messages) for user, messages in turns[:-1])


def read_messages(event: Mapping[str, Any]) -> list[EngineMessage]:
    """The message that a bot event carries; a plain Rasa text carries none of ours."""
    custom = (event.get("data") or {}).get("custom")
    try:
        return [EngineMessage.model_validate(custom)] if custom else []
    except ValidationError:
        return []


def past_turn(user: Mapping[str, Any], messages: list[EngineMessage]) -> PastTurn:
    """An earlier turn from its user event and the messages that answered it."""
    understanding = (user.get("parse_data") or {}).get("understanding") or {}
    embedding = understanding.get("embedding")
    return PastTurn(
        text=str(user.get("text") or "").removeprefix(ESCAPE),
        embedding=decoded(embedding) if embedding else None,
        passages=tuple(found_in(understanding.get("search"))),
        messages=tuple(messages),
    )


def found_in(search: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The passages in what the search said of a message, of its second question too."""
    if not search:
        return []
    return [*(search.get("passages") or ()), *found_in(search.get("second"))]


def decoded(embedding: str) -> NDArray[np.float32]:
    """The vector that travels as base64 of little-endian float32."""
    return np.frombuffer(base64.b64decode(embedding), dtype="<f4")


def by_entity(pairs: Any) -> dict[str, list[str]]:
    """(entity, value) pairs gathered by entity, each value once."""
    gathered: dict[str, list[str]] = {}
    for entity, value in pairs:
        values = gathered.setdefault(entity, [])
        if value not in values:
            values.append(value)
    return gathered
