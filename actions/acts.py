"""One Rasa action for each conversation act. All go through `take`, so every act can end in an offer or a hand-off."""

from __future__ import annotations

import time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import log, replies
from actions.assistant import Assistant
from actions.likely import asks_for_yes_or_no
from actions.replies import own_message
from actions.turn import CHOOSE, FETCH_PERSON, Turn, read_turn
from handoff.wire import EngineMessage


class Act(Action):  # type: ignore[misc]
    """What all acts share: read the turn, decide, say it."""

    action_name = ""
    # Whether the pages may answer instead: "thanks, but where is my refund?" is a question.
    gives_way = True

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def name(self) -> str:
        """The action's name in the domain."""
        return self.action_name

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        """What this act says when nothing calls for a person."""
        raise NotImplementedError

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Rasa's entry: the turn's messages, exactly one of them with the report."""
        started = time.monotonic()
        turn = read_turn(tracker.latest_message, tracker.events)
        for message in self._assistant.take(turn, self.reply, self.gives_way):
            dispatcher.utter_message(json_message=message.model_dump(mode="json", exclude_none=True))
        took_ms = round((time.monotonic() - started) * 1000, 1)
        log.note("act", log.request_of(tracker.latest_message), act=self.action_name, took_ms=took_ms)
        return []


class AnswerAct(Act):
    """A question: the pages answer, or the assistant asks back, or owns up."""

    action_name = "action_answer"
    gives_way = False

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        return replies.searched(turn)


class ChooseAct(Act):
    """A passage picked from the choices."""

    action_name = "action_choose"
    gives_way = False

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        return replies.picked(turn)


class OrderAct(Act):
    """The shopper's own order: what the pages say on it, and who can look it up."""

    action_name = "action_order"
    gives_way = False

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        number = next(iter(turn.entities.get("order_number", [])), None)
        about = own_message("order", turn, order=f", {number}" if number else "")
        return [*(message for message in replies.searched(turn) if message.answer), about]


class FetchPersonAct(Act):
    """A wish for a person that was not clear enough to hand off at once: it is asked back."""

    action_name = "action_fetch_person"
    gives_way = False

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        return replies.searched(turn) if turn.shown else []


class StayAct(Act):
    """No person after all."""

    action_name = "action_stay"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        return [own_message("stay", turn)]


class AcknowledgeAct(Act):
    """Something went wrong, with the shop or with the answer: said once, then acted on."""

    action_name = "action_acknowledge"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        if turn.act != "feedback_negative":
            return [own_message("complain", turn)]
        answered = any(past.answer for past in turn.past)
        return replies.after_no(turn) or [own_message("not_helped" if answered else "not_helped_yet", turn)]


class GreetAct(Act):
    """A greeting; the first one says who is speaking."""

    action_name = "action_greet"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        again = any(past.report and past.report.intent == "greet" for past in turn.past)
        return [own_message("greet_again" if again else "greet", turn, shop=shop)]


class GoodbyeAct(Act):
    """Leaving."""

    action_name = "action_goodbye"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        return [own_message("goodbye", turn)]


class ThanksAct(Act):
    """Thanks, or that it helped."""

    action_name = "action_thanks"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        return [own_message("thanks", turn)]


class AffirmAct(Act):
    """Yes, to whatever was asked last: a likely passage was it, the first choice is taken, an offered person is fetched
    by the table."""

    action_name = "action_affirm"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        if turn.last and any(answer.likely for answer in turn.last.answers):
            return [own_message("that_was_it", turn)]
        if turn.offered(CHOOSE):
            return replies.first_choice(turn)
        return [own_message("affirm", turn)]


class DenyAct(Act):
    """No: to an offered person, to a likely passage, to the choices, or to nothing in particular."""

    action_name = "action_deny"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        if asks_for_yes_or_no(turn.last) or (turn.offered(FETCH_PERSON) and not turn.offered(CHOOSE)):
            return [own_message("stay", turn)]
        return replies.after_no(turn) or [own_message("refused" if turn.offered(CHOOSE) else "deny", turn)]


class RepeatAct(Act):
    """The last answer once more."""

    action_name = "action_repeat"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        answer = next((past.answer for past in reversed(turn.past) if past.answer), None)
        if answer is None:
            return [own_message("nothing_to_repeat", turn)]
        return [EngineMessage(text=own_message("repeat", turn).text, answer=answer)]


class IntroduceAct(Act):
    """A machine says that it is one."""

    action_name = "action_introduce"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        return [own_message("introduce", turn, shop=shop)]


class SmallTalkAct(Act):
    """Chatting, kept short."""

    action_name = "action_small_talk"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        return [own_message("small_talk", turn)]


class StartOverAct(Act):
    """A new beginning."""

    action_name = "action_start_over"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        return [own_message("start_over", turn)]


class BoundaryAct(Act):
    """Abuse: left aside, and the way to a person shown."""

    action_name = "action_boundary"

    def reply(self, turn: Turn, shop: str) -> list[EngineMessage]:
        return [own_message("boundary", turn)]


ACTS: tuple[type[Act], ...] = (
    AnswerAct,
    ChooseAct,
    OrderAct,
    FetchPersonAct,
    StayAct,
    AcknowledgeAct,
    GreetAct,
    GoodbyeAct,
    ThanksAct,
    AffirmAct,
    DenyAct,
    RepeatAct,
    IntroduceAct,
    SmallTalkAct,
    StartOverAct,
    BoundaryAct,
)

# The same pairs as bot/data/rules; a test holds them together.
ACT_OF_INTENT: dict[str, type[Act]] = {
    "ask": AnswerAct,
    "choose": ChooseAct,
    "ask_order": OrderAct,
    "none_of_these": DenyAct,
    "request_human": FetchPersonAct,
    "withdraw_human": StayAct,
    "complain": AcknowledgeAct,
    "feedback_negative": AcknowledgeAct,
    "greet": GreetAct,
    "goodbye": GoodbyeAct,
    "thanks": ThanksAct,
    "feedback_positive": ThanksAct,
    "affirm": AffirmAct,
    "deny": DenyAct,
    "repeat": RepeatAct,
    "restart_chat": StartOverAct,
    "bot_challenge": IntroduceAct,
    "small_talk": SmallTalkAct,
    "inappropriate": BoundaryAct,
}
