"""When to fetch a person: one table from signals to a decision. Pure; thresholds are the shop's own settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from handoff.wire import Reason, Signal

Decision = Literal["carry_on", "offer_person", "hand_off"]
Threshold = Annotated[float, Field(gt=0.0, le=1.0)]


class Policy(BaseModel):
    """The strength, 0 to 1, from which each signal counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    certain: Threshold = 1.0
    asked: Threshold = 0.7
    maybe_asked: Threshold = 0.4
    # A missed harm costs far more than an agent's minute: chosen on held-out messages, docs/understanding.md.
    people_only: Threshold = 0.45
    maybe_people_only: Threshold = 0.28
    upset: Threshold = 0.8
    annoyed: Threshold = 0.6
    rising: Threshold = 0.6
    failed_once: Threshold = 0.3
    failed_badly: Threshold = 0.45
    failed_twice: Threshold = 0.58
    order_only: Threshold = 0.5
    # The subjects of bot/data/detectors/people_only.yml that this shop leaves to people.
    people_only_subjects: tuple[str, ...] = (
        "despair",
        "injury",
        "child",
        "hazard",
        "threat",
        "fraud",
        "double_charge",
        "legal",
        "vulnerable",
    )


@dataclass(frozen=True)
class Row:
    """When every named signal reaches its threshold of the policy, this is decided.

    An offer is not made again within a few turns, unless the row says `again`.
    """

    decision: Decision
    reason: Reason | None
    needs: tuple[tuple[str, str], ...]
    again: bool = False


# Read from the top; the first row that holds decides. Each need is (signal, name of its threshold).
TABLE: tuple[Row, ...] = (
    Row("hand_off", "engine_failure", (("not_understood", "certain"),)),
    Row("hand_off", "people_only", (("people_only", "people_only"),)),
    Row("hand_off", "asked", (("asked", "asked"),)),
    Row("hand_off", "upset", (("frustration", "upset"),)),
    Row("hand_off", "upset", (("frustration", "annoyed"), ("failures", "failed_badly"))),
    Row("hand_off", "upset", (("rising", "rising"),)),
    Row("hand_off", "failed", (("failures", "failed_twice"),)),
    Row("offer_person", None, (("failures", "failed_badly"),), again=True),
    Row("offer_person", None, (("people_only", "maybe_people_only"),)),
    Row("offer_person", None, (("asked", "maybe_asked"),)),
    Row("offer_person", None, (("frustration", "annoyed"),)),
    Row("offer_person", None, (("failures", "failed_once"),)),
    Row("offer_person", None, (("order_only", "order_only"),)),
)


class NamedRow(BaseModel):
    """A row as a file gives it: `needs` maps a signal to the name of its threshold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decision: Decision
    reason: Reason | None = None
    needs: dict[str, str] = Field(min_length=1)
    again: bool = False

    @field_validator("needs")
    @classmethod
    def thresholds_exist(cls, needs: dict[str, str]) -> dict[str, str]:
        """Refuse a threshold that no policy has."""
        if unknown := set(needs.values()) - set(Policy.model_fields) | {"people_only_subjects"} & set(needs.values()):
            raise ValueError(f"no such threshold: {', '.join(sorted(unknown))}")
        return needs


class Table(BaseModel):
    """A table of its own, for a replay."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: tuple[NamedRow, ...]

    def as_rows(self) -> tuple[Row, ...]:
        """The rows as `decide` reads them."""
        return tuple(Row(row.decision, row.reason, tuple(row.needs.items()), row.again) for row in self.rows)


@dataclass(frozen=True)
class Outcome:
    """What was decided, and the row that decided it; no row means that nothing called for a person."""

    decision: Decision
    row: Row | None = None

    @property
    def reason(self) -> Reason:
        """Why a person is fetched, in the queue's words."""
        return (self.row.reason if self.row else None) or "asked"


def decide(signals: Sequence[Signal], policy: Policy, offered_lately: bool, table: Sequence[Row] = TABLE) -> Outcome:
    """The first row that holds. An offer made lately is made again only where the row says so."""
    strengths = {signal.name: signal.strength for signal in signals}
    for row in table:
        if not all(strengths.get(name, 0.0) >= getattr(policy, threshold) for name, threshold in row.needs):
            continue
        if row.decision == "offer_person" and offered_lately and not row.again:
            return Outcome("carry_on", row)
        return Outcome(row.decision, row)
    return Outcome("carry_on")
