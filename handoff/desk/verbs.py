"""What every verb of the desk shares: one transaction, its announcement, and the way into the queue."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from handoff.conversation import WITH_PEOPLE, Conversation
from handoff.hub import EventStored, Hub, QueueMoved, QueueSaid, Wakeup
from handoff.metrics import Metrics
from handoff.outbox.channel import WEBHOOK
from handoff.outbox.shop_events import HandoffRequested, MessageLeft, ShopEvent
from handoff.queue import order, waits
from handoff.queue.rules import Rules
from handoff.sentences import UNKNOWN, say, spoken
from handoff.store import BotTurn, Store
from handoff.store.unit_of_work import UnitOfWork
from handoff.wire import Brief, Reason


class Verbs:
    """One desk. `start_turn` is called after a commit that gave the assistant something to answer."""

    def __init__(
        self,
        store: Store,
        hub: Hub,
        metrics: Metrics,
        clock: Callable[[], datetime],
        *,
        turn_lasts_s: float,
        bridge_id: str,
        rules: Rules,
    ) -> None:
        self.store = store
        self.hub = hub
        self.metrics = metrics
        self.clock = clock
        self.turn_lasts_s = turn_lasts_s
        self.bridge_id = bridge_id
        self.rules = rules
        self.start_turn: Callable[[BotTurn], None] = lambda turn: None

    @asynccontextmanager
    async def changing(self, conversation_id: str) -> AsyncIterator[UnitOfWork]:
        """One transaction on one conversation; once it is committed its events are announced and its turn started."""
        async with self.store.chats.changing(conversation_id, self.clock(), self._announce) as work:
            yield work

    def _announce(self, work: UnitOfWork) -> None:
        wakeups: list[Wakeup] = [EventStored(e.conversation_id, e.seq, e.text) for e in work.events]
        was, now = work.before, work.conversation
        if wakeups and {was.state, now.state} & WITH_PEOPLE:
            wakeups.append(QueueSaid() if was.version == now.version else QueueMoved())
        self.hub.publish(*wakeups)
        if work.turn is not None:
            self.start_turn(work.turn)

    def queue_changed(self) -> None:
        """Something about the people or the queue changed that no event tells."""
        self.hub.publish(QueueMoved())

    async def hand_off(self, work: UnitOfWork, reason: Reason, brief: Brief) -> None:
        """Into the queue: state, brief, the shopper's place, the alert; all within the change under way."""
        chat = work.conversation
        language = brief.language if brief.language != UNKNOWN else chat.language
        kept = brief.model_dump(mode="json")
        work.become(chat.request(reason, order.priority(reason), kept, language, work.at))
        work.show_state(reason=reason)
        await self.show_place(work)
        self.notify_shop(work, HandoffRequested(reason=reason, danger=in_danger(work.conversation)))
        self.metrics.handoffs.labels(reason).inc()

    async def show_place(self, work: UnitOfWork) -> None:
        """Say the shopper's place and the honest wait, and keep it as what was promised."""
        staff = await work.staffing()
        await work.find_place()
        wait_s = self.rules.wait_s(work.place, staff, work.at)
        language = self.language(work)
        emergency = self.rules.emergency if in_danger(work.conversation) else ""
        work.say_as_desk(waits.in_words(work.place, wait_s, self.back(work.at, language), language, emergency))
        work.show_place(wait_s)

    async def put_back(self, work: UnitOfWork, sentence: str) -> None:
        """Say to a shopper who is in the queue again why, and where they stand."""
        work.show_state(reason=work.conversation.reason)
        self.say_sentence(work, sentence)
        await self.show_place(work)

    def put_by(self, work: UnitOfWork) -> None:
        """Out of the line and among the messages left, to be answered when somebody is there."""
        work.become(work.conversation.leave_message())
        work.show_state(reason=work.conversation.reason)
        language, email = self.language(work), work.conversation.email
        kept = say(language, "kept_mail", email=email) if email and self.rules.mail else say(language, "kept_here")
        back = self.back(work.at, language)
        work.say_as_desk(f"{kept} {say(language, 'back', when=back)}" if back else kept)
        self.notify_shop(work, MessageLeft())

    def back(self, at: datetime, language: str) -> str:
        """When the desk opens again, in words; empty while it is open."""
        opening = None if self.rules.hours.open_at(at) else self.rules.hours.next_opening(at)
        return self.rules.hours.in_words(opening, at, language) if opening else ""

    def language(self, work: UnitOfWork) -> str:
        """What the desk speaks with this shopper: their language, or else the shop's."""
        return spoken(work.conversation.language, self.rules.settings.language)

    def say_sentence(self, work: UnitOfWork, name: str) -> None:
        """Say one of the desk's own sentences, in the shopper's language."""
        work.say_as_desk(say(self.language(work), name))

    def notify_shop(self, work: UnitOfWork, event: ShopEvent) -> None:
        """Have the shop's own systems hear of it, if they want to."""
        if self.rules.webhooks:
            chat = work.conversation
            detail = event.model_dump(mode="json", exclude_none=True)
            work.send(WEBHOOK, event.type, {"conversation_id": chat.id, "state": chat.state, **detail})


def in_danger(chat: Conversation) -> bool:
    """Whether the brief says that somebody may be hurt or in danger."""
    signals = (chat.brief or {}).get("signals") or []
    return any(signal["name"] == "danger" for signal in signals)


def belongs(chat: Conversation, agent_id: str) -> bool:
    return chat.state == "assigned" and chat.agent_id == agent_id
