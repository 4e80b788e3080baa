"""The desk: what shoppers, agents and the assistant can do in a conversation, each as one verb.

Every verb is one transaction; what it changed is announced after the commit, here and nowhere else.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from handoff import queue
from handoff.agents import hash_token, same_token
from handoff.brief import make_brief
from handoff.conversation import Move, require_owner
from handoff.errors import InvalidField, Unauthorized, WrongState
from handoff.hub import QUEUE, Hub, Notice
from handoff.masking import mask_cards
from handoff.metrics import Metrics
from handoff.store import Agent, Conversation, Store, StoredNote, Turn
from handoff.store.chats import Changing
from handoff.turn import Choices, begin_turn
from handoff.wire import (
    AgentName,
    Brief,
    Feedback,
    FeedbackBody,
    MessageBody,
    NoteEvent,
    Opened,
    Page,
    Rating,
    RatingBody,
    Reason,
    Reply,
    ShopperMessage,
    Signal,
)

SHOPPER = "shopper"
ASKED = Signal(name="asked_for_person", strength=1.0, evidence="pressed “Talk to a person”")


class Desk:
    """The verbs. `start_turn` is called after a commit that gave the assistant something to answer."""

    def __init__(
        self, store: Store, hub: Hub, metrics: Metrics, clock: Callable[[], datetime], *, turn_lasts_s: float
    ) -> None:
        self.store = store
        self.hub = hub
        self.metrics = metrics
        self.clock = clock
        self.turn_lasts_s = turn_lasts_s
        self.start_turn: Callable[[Turn], None] = lambda turn: None

    # --- the shopper -------------------------------------------------------------------------------------------

    async def open(self, page: Page | None) -> Opened:
        """A new conversation, with the assistant."""
        conversation_id, token = f"c_{secrets.token_urlsafe(12)}", secrets.token_urlsafe(32)
        now = self.clock()
        await self.store.chats.open(
            Conversation(
                id=conversation_id,
                token_hash=hash_token(token),
                opened_at=now,
                updated_at=now,
                page=page.model_dump(exclude_none=True) if page else None,
            )
        )
        return Opened(conversation_id=conversation_id, token=token)

    async def admit(self, conversation_id: str, token: str | None) -> Conversation:
        """The conversation that this token opens; raises NotFound or Unauthorized."""
        chat = await self.store.chats.find(conversation_id)
        if token is None or not same_token(token, chat.token_hash):
            raise Unauthorized("This token does not open this conversation. Open a new conversation.")
        return chat

    async def receive(self, conversation_id: str, message: ShopperMessage) -> int:
        """Store what the shopper wrote and give its seq; the same client_id again gives the same seq."""
        turn: Turn | None = None
        async with self.changing(conversation_id) as change:
            known = await change.seq_of(SHOPPER, message.client_id)
            if known is not None:
                return known
            if change.conversation.state == "resolved":
                self._reopen(change)
            seq = self._say_as_shopper(change, message)
            turn = await begin_turn(change, self.turn_lasts_s)
        self.metrics.messages.labels(SHOPPER).inc()
        if turn is not None:
            self.start_turn(turn)
        return seq

    def _say_as_shopper(self, change: Changing, message: ShopperMessage) -> int:
        pressed = Choices.of(change.conversation).pressed(message.text)
        seq = change.say(
            MessageBody(
                from_="shopper",
                text=mask_cards(pressed.label if pressed else message.text),
                client_id=message.client_id,
            ),
            sender=SHOPPER,
            client_id=message.client_id,
            payload=pressed.payload if pressed else None,
        )
        change.set(last_shopper_seq=seq)
        if message.page is not None:
            change.set(page=message.page.model_dump(exclude_none=True))
        if change.conversation.state == "assigned" and change.conversation.unanswered_since is None:
            change.set(unanswered_since=change.at)
        return seq

    @staticmethod
    def _reopen(change: Changing) -> None:
        change.move(Move.REOPEN)
        change.set(reason=None, brief=None, previous=None, choices=None, disposition=None, resolved_at=None)
        change.set(answered_seq=change.conversation.last_shopper_seq)
        change.show_state()

    async def request_human(self, conversation_id: str) -> Conversation:
        """Put the shopper in the queue; changes nothing when they are there, or with a person, already."""
        async with self.changing(conversation_id) as change:
            if change.conversation.state == "resolved":
                self._reopen(change)
            if change.conversation.state == "bot":
                events, reports = await change.story()
                await self._hand_off(change, "asked", make_brief(events, reports, [ASKED]))
        return change.conversation

    async def withdraw(self, conversation_id: str) -> Conversation:
        """Back to the assistant, at the shopper's wish."""
        async with self.changing(conversation_id) as change:
            if change.conversation.state != "bot":
                change.move(Move.WITHDRAW)
                self._back_to_bot(change)
                change.tell("You are with the assistant again. You can ask for a person at any time.")
        return change.conversation

    async def take_feedback(self, conversation_id: str, feedback: Feedback) -> Conversation:
        """Whether an answer helped; the same again changes nothing."""
        turn: Turn | None = None
        async with self.changing(conversation_id) as change:
            if await change.sender_of(feedback.seq) != "bot":
                raise InvalidField("There is no answer of the assistant with this seq.", field="seq")
            if await change.feedback_on(feedback.seq) != feedback.helpful:
                turn = await self._note_feedback(change, feedback)
        if turn is not None:
            self.start_turn(turn)
        return change.conversation

    async def _note_feedback(self, change: Changing, feedback: Feedback) -> Turn | None:
        body = FeedbackBody(target_seq=feedback.seq, helpful=feedback.helpful)
        in_episode = await change.episode_of(feedback.seq) == change.conversation.episode
        for_bot = change.conversation.state == "bot" and not feedback.helpful and in_episode
        # The assistant hears of a thumbs down, so that it can do better or fetch a person.
        seq = change.say(body, sender=SHOPPER, payload="/feedback_negative" if for_bot else None)
        if not for_bot:
            return None
        change.set(last_shopper_seq=seq)
        return await begin_turn(change, self.turn_lasts_s)

    async def take_rating(self, conversation_id: str, rating: Rating) -> Conversation:
        async with self.changing(conversation_id) as change:
            comment = mask_cards(rating.comment) if rating.comment else None
            change.say(RatingBody(score=rating.score, comment=comment), sender=SHOPPER)
        return change.conversation

    async def shopper_read(self, conversation_id: str, seq: int) -> None:
        """The shopper has seen everything up to `seq`; told to agents, not stored as an event."""
        async with self.changing(conversation_id) as change:
            read = min(seq, change.conversation.last_seq)
            if read <= change.conversation.shopper_read_seq:
                return
            change.set(shopper_read_seq=read)
        text = f'{{"type":"read","from":"shopper","seq":{read}}}'
        self.hub.publish(Notice(conversation_id, text, audience="agents", sender=SHOPPER))

    def typing(self, conversation_id: str, *, agent: bool) -> None:
        """Somebody is typing: told, never stored."""
        who = "agent" if agent else "shopper"
        self.hub.publish(Notice(conversation_id, f'{{"type":"typing","from":"{who}"}}', sender=who))

    # --- the assistant -----------------------------------------------------------------------------------------

    async def hand_off(self, change: Changing, reason: Reason, brief: Brief) -> None:
        """Put the conversation in the queue, within the change that the assistant's last words are part of."""
        await self._hand_off(change, reason, brief)

    async def _hand_off(self, change: Changing, reason: Reason, brief: Brief) -> None:
        change.move(Move.REQUEST)
        change.set(
            reason=reason,
            priority=queue.priority(reason),
            waiting_since=change.at,
            brief=brief.model_dump(mode="json"),
            answered_seq=change.conversation.last_shopper_seq,
            choices=None,
        )
        change.show_state(reason=reason)
        await self._show_place(change)
        self.metrics.handoffs.labels(reason).inc()

    @staticmethod
    async def _show_place(change: Changing) -> None:
        staff = await change.staffing()
        await change.find_place()
        wait_s = queue.estimate_wait(
            change.place,
            on_duty=staff.on_duty,
            free_places=staff.free_places,
            places=staff.places,
            handled_s=staff.handled_s,
        )
        change.tell(queue.in_words(change.place, wait_s))
        change.show_place(wait_s)

    # --- agents ------------------------------------------------------------------------------------------------

    async def claim(self, conversation_id: str, agent: Agent) -> Conversation:
        """One agent gets the conversation, and only one; claiming one's own again changes nothing."""
        async with self.changing(conversation_id) as change:
            was = change.conversation
            if was.state == "assigned" and was.agent_id == agent.id:
                return was
            change.move(Move.CLAIM, agent_id=agent.id)
            change.set(assigned_at=change.at, unanswered_since=change.at, agent_read_seq=was.last_seq)
            change.show_state(agent=AgentName(id=agent.id, name=agent.name))
        if was.waiting_since:
            self.metrics.waits_s.observe((change.at - was.waiting_since).total_seconds())
        return change.conversation

    async def release(self, conversation_id: str, agent: Agent) -> Conversation:
        """Back into the queue, at the old place."""
        async with self.changing(conversation_id) as change:
            change.move(Move.RELEASE, agent_id=agent.id)
            await self._requeue(change, "You are back in the queue, at the place you had.")
        return change.conversation

    async def requeue(self, conversation_id: str, agent_id: str) -> bool:
        """Put back a conversation whose agent has left the desk without a reply; False when it has moved on."""
        async with self.changing(conversation_id) as change:
            chat = change.conversation
            if chat.state != "assigned" or chat.agent_id != agent_id or chat.unanswered_since is None:
                return False
            change.move(Move.RELEASE, overrule=True)
            await self._requeue(change, "The person you were talking to had to leave. You keep your place.")
        self.metrics.requeued.inc()
        return True

    async def _requeue(self, change: Changing, sentence: str) -> None:
        change.set(assigned_at=None, unanswered_since=None)
        change.show_state(reason=change.conversation.reason)
        change.tell(sentence)
        await self._show_place(change)

    async def return_to_bot(self, conversation_id: str, agent: Agent) -> Conversation:
        """Back to the assistant, which starts afresh."""
        async with self.changing(conversation_id) as change:
            change.move(Move.RETURN, agent_id=agent.id)
            self._back_to_bot(change)
            change.tell("You are with the assistant again. You can ask for a person at any time.")
        return change.conversation

    @staticmethod
    def _back_to_bot(change: Changing) -> None:
        # What was asked of a person is not answered by the assistant afterwards.
        change.set(
            answered_seq=change.conversation.last_shopper_seq,
            waiting_since=None,
            assigned_at=None,
            unanswered_since=None,
            reason=None,
            priority=0,
        )
        change.show_state()

    async def resolve(self, conversation_id: str, agent: Agent, disposition: str) -> Conversation:
        """Done; the shopper may rate it, and writing again opens a new episode."""
        async with self.changing(conversation_id) as change:
            if change.conversation.state == "bot":
                raise WrongState("This conversation is with the assistant; only the agent who has one resolves it.")
            change.move(Move.RESOLVE, agent_id=agent.id)
            change.set(
                disposition=disposition, resolved_at=change.at, waiting_since=None, assigned_at=None,
                unanswered_since=None, priority=0,
            )  # fmt: skip
            change.show_state()
        return change.conversation

    async def reply(self, conversation_id: str, agent: Agent, reply: Reply) -> int:
        """The agent's words, stored once; only by the agent who has the conversation."""
        sender = f"agent:{agent.id}"
        async with self.changing(conversation_id) as change:
            known = await change.seq_of(sender, reply.client_id)
            if known is not None:
                return known
            require_owner(change.conversation.ownership, agent.id)
            body = MessageBody(from_="agent", text=mask_cards(reply.text), client_id=reply.client_id, name=agent.name)
            seq = change.say(body, sender=sender, client_id=reply.client_id)
            change.set(unanswered_since=None, agent_read_seq=seq)
        self.metrics.messages.labels("agent").inc()
        return seq

    async def note(self, conversation_id: str, agent: Agent, text: str) -> int:
        """A note among agents; shoppers never see it. Gives its number."""
        async with self.changing(conversation_id) as change:
            number = change.conversation.last_note + 1
            note = StoredNote(change.before.id, number, change.at, agent.id, mask_cards(text))
            change.notes.append(note)
            change.set(last_note=number)
        event = NoteEvent(number=number, at=note.at, agent=AgentName(id=agent.id, name=agent.name), text=note.text)
        self.hub.publish(Notice(conversation_id, event.model_dump_json(), audience="agents"))
        return number

    async def agent_read(self, conversation_id: str, agent_id: str) -> None:
        """The agent who has the conversation has it open."""
        chat = await self.store.chats.find(conversation_id)
        if chat.agent_id != agent_id or chat.agent_read_seq >= chat.last_shopper_seq:
            return
        async with self.changing(conversation_id) as change:
            if change.conversation.agent_id != agent_id:
                return
            read = change.conversation.last_seq
            change.set(agent_read_seq=read)
        text = f'{{"type":"read","from":"agent","seq":{read}}}'
        self.hub.publish(Notice(conversation_id, text, sender="agent"), Notice(QUEUE))

    # --- every verb's frame ------------------------------------------------------------------------------------

    @asynccontextmanager
    async def changing(self, conversation_id: str) -> AsyncIterator[Changing]:
        """One transaction on one conversation; its events are announced once it is committed."""
        async with self.store.chats.changing(conversation_id, self.clock()) as change:
            yield change
        self._announce(change)

    def _announce(self, change: Changing) -> None:
        notices = [Notice(e.conversation_id, e.text, e.seq, sender=e.sender) for e in change.events]
        was, now = change.before, change.conversation
        if notices and {was.state, now.state} & {"waiting", "assigned", "message_left"}:
            notices.append(Notice(QUEUE))
        self.hub.publish(*notices)
