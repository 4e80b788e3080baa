"""One turn, whole: signals, decision, messages, report. Pure; the actions call it, and replay calls it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from actions import replies
from actions.brief import write_brief
from actions.confirming import confirmed, question_of, refused
from actions.escalation import TABLE, Decision, Outcome, Policy, Row, decide
from actions.languages import fetching_in_their_language, offer_in_their_language
from actions.phrases import EMERGENCY, PHRASES, phrase
from actions.replies import turns_answered
from actions.signals import AT_STAKE, PEOPLE_ONLY, frustration, people_subject, read_signals
from actions.turn import FETCH_PERSON, Turn
from actions.wording import ENGLISH
from handoff.wire import EngineMessage, HandoffOrder, Signal, TurnReport

Reply = Callable[[Turn, str], list[EngineMessage]]

# An offer made within this many turns is not repeated.
OFFER_PAUSE_TURNS = 2
# An act this sure is believed over a question-like look.
SURE_ACT = 0.8
# Below this, words that fit one subject may be said to another: a burnt hand is no bereavement.
SURE_SUBJECT = 0.4


@dataclass(frozen=True)
class Assistant:
    """What answers shoppers; all it keeps is what the shop has set.

    `language` is its pages', an ISO 639-1 code; `emergency` the number to call in danger, `helpline` whom to talk to.
    """

    shop: str
    policy: Policy
    table: Sequence[Row] = TABLE
    language: str = ENGLISH
    emergency: str = EMERGENCY
    helpline: str = ""

    def take(self, turn: Turn, reply: Reply, gives_way: bool) -> list[EngineMessage]:
        """The turn's messages; the last one carries the report, and an order to hand off when that was decided."""
        signals = read_signals(turn, self.policy.people_only_subjects)
        outcome = decide(signals, self.policy, offered_lately(turn), self.table)
        messages = self._messages(turn, reply, gives_way, outcome, signals)
        return [*messages[:-1], messages[-1].model_copy(update={"report": report(turn, signals, outcome, messages)})]

    def _messages(
        self, turn: Turn, reply: Reply, gives_way: bool, outcome: Outcome, signals: Sequence[Signal]
    ) -> list[EngineMessage]:
        if outcome.decision == "hand_off":
            order = HandoffOrder(reason=outcome.reason, brief=write_brief(turn, signals, self.language))
            text = self._in_their_language(turn, outcome) or self._fetching(turn, outcome)
            return [EngineMessage(text=text, handoff=order)]
        messages = self._reply(turn, reply, gives_way)
        if (sentence := offer_in_their_language(turn, self.language)) is not None:
            return [*(m for m in messages if m.answer), sentence]
        if outcome.decision == "offer_person" or not messages:
            return replies.with_offer(messages, turn, is_upset(outcome), offered_lately(turn))
        return messages

    def _fetching(self, turn: Turn, outcome: Outcome) -> str:
        subject = self._subject(turn, outcome)
        unsure = turn.detections.get(f"{PEOPLE_ONLY}{subject}", 0.0) < SURE_SUBJECT
        kind = f"fetch_{'danger' if unsure and subject in AT_STAKE else subject}"
        kind = kind if kind in PHRASES else f"fetch_{outcome.reason}"
        helpline = phrase("helpline", 0, helpline=self.helpline) if self.helpline else ""
        return phrase(kind, turns_answered(turn), emergency=self.emergency, helpline=helpline)

    def _in_their_language(self, turn: Turn, outcome: Outcome) -> str | None:
        in_danger = self._subject(turn, outcome) in AT_STAKE
        text = fetching_in_their_language(turn, self.language, self.emergency if in_danger else "")
        return f"{text} ☎ {self.helpline}" if text and in_danger and self.helpline else text

    def _subject(self, turn: Turn, outcome: Outcome) -> str | None:
        return people_subject(turn, self.policy.people_only_subjects) if outcome.reason == "people_only" else None

    def _reply(self, turn: Turn, reply: Reply, gives_way: bool) -> list[EngineMessage]:
        if gives_way and question_wins(turn):
            return replies.searched(turn)
        return reply(turn, self.shop)


def question_wins(turn: Turn) -> bool:
    """Whether a message that looks like mere manners is a question that the pages answer."""
    if turn.is_payload or turn.shown is None:
        return False
    words = turn.text.lower().split()
    if "?" in turn.text and len(words) > 2:
        return True
    unsure = turn.confidence < SURE_ACT
    # A passage that is only likely takes more than either: manners often resemble some page a little.
    return len(words) > 3 and (unsure or turn.asks if turn.verdict == "answer" else unsure and turn.asks)


def offered_lately(turn: Turn) -> bool:
    """Whether a person was offered within the last few turns."""
    return any(past.offered(FETCH_PERSON) for past in turn.past[-OFFER_PAUSE_TURNS:])


def is_upset(outcome: Outcome) -> bool:
    """Whether the words should change because the shopper is annoyed."""
    return outcome.row is not None and any(name == "frustration" for name, _ in outcome.row.needs)


def report(turn: Turn, signals: Sequence[Signal], outcome: Outcome, messages: Sequence[EngineMessage]) -> TurnReport:
    """What was made of the turn, stored beside the shopper's message."""
    search = turn.search
    shown = [message.answer.passage_id for message in messages if message.answer]
    decision: Decision = outcome.decision
    return TurnReport(
        intent=turn.act,
        intent_confidence=min(1.0, turn.confidence),
        verdict=search.verdict if search else None,
        probability=search.probability if search else None,
        passage_ids=shown or [found.passage_id for found in turn.passages],
        index_version=search.index_version if search else None,
        entities=turn.entities,
        language=turn.language,
        frustration=round(min(1.0, frustration(turn)), 3),
        signals=list(signals),
        decision=decision,
        question=question_of(turn, messages),
        confirmed=confirmed(turn, messages),
        refused=refused(turn, signals),
    )
