"""What a shopper can do: open a conversation, write, ask for a person, leave a message, say how it was."""

from __future__ import annotations

import secrets

from handoff.agents import hash_token, same_token
from handoff.brief import make_brief
from handoff.conversation import Move
from handoff.desk.verbs import ANSWERS_BY_MAIL, Verbs
from handoff.errors import InvalidField, MailUnavailable, Unauthorized
from handoff.hub import Notice
from handoff.mail import transcript_letter
from handoff.masking import mask_cards
from handoff.store import Conversation
from handoff.store.changing import Changing
from handoff.turn import Choices, begin_turn
from handoff.wire import (
    Feedback,
    FeedbackBody,
    LeaveMessage,
    MessageBody,
    Opened,
    Page,
    Rating,
    RatingBody,
    ShopperMessage,
    Signal,
)

SHOPPER = "shopper"
ASKED = Signal(name="asked_for_person", strength=1.0, evidence="pressed “Talk to a person”")


class ShopperVerbs(Verbs):
    """The shopper's verbs."""

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
                shopper_at=now,
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
        async with self.changing(conversation_id) as change:
            known = await change.seq_of(SHOPPER, message.client_id)
            if known is not None:
                return known
            if change.conversation.state == "resolved":
                self._reopen(change)
            if change.conversation.last_shopper_seq == 0:
                self.tell_shop(change, "conversation.started")
            seq = self._say_as_shopper(change, message)
            await begin_turn(change, self.turn_lasts_s, self.bridge_id)
        self.metrics.messages.labels(SHOPPER).inc()
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
        change.set(last_shopper_seq=seq, shopper_at=change.at, nudged_at=None)
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
                await self._ask_for_person(change)
        return change.conversation

    async def _ask_for_person(self, change: Changing) -> None:
        events, reports = await change.story()
        await self.hand_off(change, "asked", make_brief(events, reports, [ASKED], self.language(change)))

    async def leave_message(self, conversation_id: str, left: LeaveMessage) -> Conversation:
        """Nobody is there: the conversation is kept for when somebody is, and answered by mail as well."""
        async with self.changing(conversation_id) as change:
            if change.conversation.state == "resolved":
                self._reopen(change)
            if left.text is not None and left.client_id is not None:
                await self._say_once(change, left.client_id, left.text)
            if change.conversation.state == "bot":
                await self._ask_for_person(change)
            change.set(email=left.email)
            if change.conversation.state == "waiting":
                self.put_by(change)
        return change.conversation

    async def _say_once(self, change: Changing, client_id: str, text: str) -> None:
        if await change.seq_of(SHOPPER, client_id) is None:
            self._say_as_shopper(change, ShopperMessage(client_id=client_id, text=text))

    async def send_transcript(self, conversation_id: str, email: str) -> Conversation:
        """Have the whole conversation mailed to its shopper."""
        if not self.rules.mail:
            raise MailUnavailable("This shop sends no mail. Copy the conversation from this page instead.")
        async with self.changing(conversation_id) as change:
            events, _ = await change.story(everything=True)
            letter = transcript_letter(self.rules.shop_name, email, events, self.language(change))
            change.send(ANSWERS_BY_MAIL, "transcript", letter)
        return change.conversation

    async def withdraw(self, conversation_id: str) -> Conversation:
        """Back to the assistant, at the shopper's wish."""
        async with self.changing(conversation_id) as change:
            if change.conversation.state != "bot":
                change.move(Move.WITHDRAW)
                self.back_to_bot(change)
                self.tell(change, "with_assistant")
        return change.conversation

    async def take_feedback(self, conversation_id: str, feedback: Feedback) -> Conversation:
        """Whether an answer helped; the same again changes nothing."""
        async with self.changing(conversation_id) as change:
            if await change.sender_of(feedback.seq) != "bot":
                raise InvalidField("There is no answer of the assistant with this seq.", field="seq")
            if await change.feedback_on(feedback.seq) != feedback.helpful:
                await self._note_feedback(change, feedback)
        return change.conversation

    async def _note_feedback(self, change: Changing, feedback: Feedback) -> None:
        body = FeedbackBody(target_seq=feedback.seq, helpful=feedback.helpful)
        in_episode = await change.episode_of(feedback.seq) == change.conversation.episode
        for_bot = change.conversation.state == "bot" and not feedback.helpful and in_episode
        # The assistant hears of a thumbs down, so that it can do better or fetch a person.
        seq = change.say(body, sender=SHOPPER, payload="/feedback_negative" if for_bot else None)
        if for_bot:
            change.set(last_shopper_seq=seq)
            await begin_turn(change, self.turn_lasts_s, self.bridge_id)

    async def take_rating(self, conversation_id: str, rating: Rating) -> Conversation:
        async with self.changing(conversation_id) as change:
            comment = mask_cards(rating.comment) if rating.comment else None
            change.say(RatingBody(score=rating.score, comment=comment), sender=SHOPPER)
            self.tell_shop(change, "rated", score=rating.score)
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
