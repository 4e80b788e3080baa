"""What an admin may change while the desk runs, and the greetings that shoppers may see."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from handoff.wire.text import Cleaned
from knowledge.wire.message import Wire

MAX_GREETINGS = 50
DAY_S = 86_400.0


def _said(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("text_empty", "The text is empty. Write something first.")
    return text.strip()


Sentence = Annotated[Cleaned, AfterValidator(_said), Field(max_length=300)]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Assignment = Literal["pull", "auto"]


class Greeting(Wire):
    """Help offered unasked: on which pages, after how long, and from which basket value on.

    `path` is a page's path, which may end with `*`; `texts` has the text in other languages; `once` is once a visit.
    """

    text: Sentence
    texts: Annotated[dict[LanguageCode, Sentence], Field(max_length=20)] = {}
    path: Annotated[Cleaned, Field(min_length=1, max_length=500)] = "*"
    after_s: Annotated[float, Field(ge=0, le=3_600)] = 30.0
    basket_min: Annotated[float, Field(ge=0, le=1e9)] = 0.0
    once: bool = True


class SettingsChange(Wire):
    """What to change; null takes a setting back to what the environment says, and what is not named stays."""

    hours: Annotated[Cleaned, Field(max_length=500)] | None = None
    timezone: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_+\-/]+$")] | None = None
    holidays: Annotated[list[date], Field(max_length=400)] | None = None
    first_reply_s: Annotated[float, Field(ge=0, le=30 * DAY_S)] | None = None
    resolution_s: Annotated[float, Field(ge=0, le=365 * DAY_S)] | None = None
    assignment: Assignment | None = None
    idle_minutes: Annotated[float, Field(ge=0, le=100_000)] | None = None
    retention_days: Annotated[float, Field(ge=0, le=36_500)] | None = None
    shop_name: Annotated[Cleaned, AfterValidator(_said), Field(max_length=100)] | None = None
    promise: Annotated[Cleaned, Field(max_length=500)] | None = None
    language: LanguageCode | None = None
    greetings: Annotated[list[Greeting], Field(max_length=MAX_GREETINGS)] | None = None


class ShopSettings(Wire):
    """How the shop runs its desk now. `changed` names what differs from the environment."""

    hours: str
    timezone: str
    holidays: list[date]
    first_reply_s: float
    resolution_s: float
    assignment: Assignment
    idle_minutes: float
    retention_days: float
    shop_name: str
    promise: str
    language: str
    greetings: list[Greeting]
    changed: list[str] = []
