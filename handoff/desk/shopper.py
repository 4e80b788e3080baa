"""What a shopper can do: open a conversation, write, ask for a person, leave a message, say how it was."""

from __future__ import annotations

import json
import secrets

from handoff.agents import hash_token, same_token
from handoff.brief import make_brief
from handoff.choices import Choices
from handoff.conversation import Conversation
from handoff.desk.verbs import Verbs
from handoff.errors import InvalidField, MailUnavailable, Unauthorized
from handoff.hub import TransientEvent
from handoff.masking import mask_cards
from handoff.outbox.channel import MAIL
from handoff.outbox.letters import transcript_letter
from handoff.outbox.shop_events import ConversationStarted, Rated
from handoff.store.rows import Kind
from handoff.store.unit_of_work import UnitOfWork
from handoff.turns import begin_turn
from handoff.wire import (
    Answer,
    Feedback,
    FeedbackBody,
    LeaveMessage,
    MessageBody,
    OpenedConversation,
    PageInView,
    Rating,
    RatingBody,
    ReadEvent,
    ShopperMessage,
    Signal,
    TypingEvent,
)

SHOPPER = "shopper"
ASKED = Signal(name="asked_for_person", strength=1.0, evidence="pressed “Talk to a person”")


class ShopperVerbs(Verbs):
    """The shopper's verbs."""

    async def open(self, page: PageInView | None) -> OpenedConversation:
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
        return OpenedConversation(conversation_id=conversation_id, token=token)

    async def admit(self, conversation_id: str, token: str | None) -> Conversation:
        """The conversation that this token opens; raises NotFound or Unauthorized."""
        chat = await self.store.chats.find(conversation_id)
        if token is None or not same_token(token, chat.token_hash):
            raise Unauthorized("This token does not open this conversation. Open a new conversation.")
        return chat

    async def receive(self, conversation_id: str, message: ShopperMessage) -> int:
        """Store what the shopper wrote and give its seq; the same client_id again gives the same seq."""
        async with self.changing(conversation_id) as work:
            known = await work.seq_of(SHOPPER, message.client_id)
            if known is not None:
                return known
            if work.conversation.state == "resolved":
                self._reopen(work)
            if work.conversation.last_shopper_seq == 0:
                self.notify_shop(work, ConversationStarted())
            seq = self._say_as_shopper(work, message)
            await begin_turn(work, self.turn_lasts_s, self.bridge_id)
        self.metrics.messages.labels(SHOPPER).inc()
        return seq

    def _say_as_shopper(self, work: UnitOfWork, message: ShopperMessage) -> int:
        pressed = Choices.of(work.conversation).pressed(message.text)
        seq = work.say(
            MessageBody(
                from_="shopper",
                text=mask_cards(pressed.label if pressed else message.text),
                client_id=message.client_id,
            ),
            sender=SHOPPER,
            client_id=message.client_id,
            payload=pressed.payload if pressed else None,
        )
        page = message.page.model_dump(exclude_none=True) if message.page else None
        work.become(work.conversation.heard(seq, work.at, page))
        return seq

    @staticmethod
    def _reopen(work: UnitOfWork) -> None:
        work.become(work.conversation.reopen())
        work.show_state()

    async def request_human(self, conversation_id: str) -> Conversation:
        """Put the shopper in the queue; changes nothing when they are there, or with a person, already."""
        async with self.changing(conversation_id) as work:
            if work.conversation.state == "resolved":
                self._reopen(work)
            if work.conversation.state == "bot":
                await self._ask_for_person(work)
        return work.conversation

    async def _ask_for_person(self, work: UnitOfWork) -> None:
        events, turns = await work.story()
        await self.hand_off(work, "asked", make_brief(events, turns, [ASKED], self.language(work)))

    async def leave_message(self, conversation_id: str, left: LeaveMessage) -> Conversation:
        """Nobody is there: the conversation is kept for when somebody is, and answered by mail as well."""
        async with self.changing(conversation_id) as work:
            if work.conversation.state == "resolved":
                self._reopen(work)
            if left.text is not None and left.client_id is not None:
                await self._say_once(work, left.client_id, left.text)
            if work.conversation.state == "bot":
                await self._ask_for_person(work)
            work.become(work.conversation.with_email(left.email))
            if work.conversation.state == "waiting":
                self.put_by(work)
        return work.conversation

    async def _say_once(self, work: UnitOfWork, client_id: str, text: str) -> None:
        if await work.seq_of(SHOPPER, client_id) is None:
            self._say_as_shopper(work, ShopperMessage(client_id=client_id, text=text))

    async def send_transcript(self, conversation_id: str, email: str) -> Conversation:
        """Have the whole conversation mailed to its shopper."""
        if not self.rules.mail:
            raise MailUnavailable("This shop sends no mail. Copy the conversation from this page instead.")
        async with self.changing(conversation_id) as work:
            events, _ = await work.story(everything=True)
            letter = transcript_letter(self.rules.shop_name, email, events, self.language(work))
            work.send(MAIL, "transcript", letter)
        return work.conversation

    async def withdraw(self, conversation_id: str) -> Conversation:
        """Back to the assistant, at the shopper's wish."""
        async with self.changing(conversation_id) as work:
            if work.conversation.state != "bot":
                work.become(work.conversation.withdraw())
                work.show_state()
                self.say_sentence(work, "with_assistant")
        return work.conversation

    async def take_feedback(self, conversation_id: str, feedback: Feedback) -> Conversation:
        """Whether an answer helped; the same again changes nothing."""
        async with self.changing(conversation_id) as work:
            said = await work.message(feedback.seq)
            if said is None or said.sender != "bot":
                raise InvalidField("There is no answer of the assistant with this seq.", field="seq")
            if await work.feedback_on(feedback.seq) != feedback.helpful:
                answer = Answer.model_validate(said.body["answer"]) if said.body.get("answer") else None
                if answer is not None:
                    await self._learn_from_feedback(work, feedback, answer)
                await self._note_feedback(work, feedback, answer, said.episode)
        return work.conversation

    async def _note_feedback(self, work: UnitOfWork, feedback: Feedback, answer: Answer | None, episode: int) -> None:
        body = FeedbackBody(target_seq=feedback.seq, helpful=feedback.helpful)
        for_bot = work.conversation.state == "bot" and not feedback.helpful and episode == work.conversation.episode
        # The assistant hears of a thumbs down, so that it can do better or fetch a person.
        seq = work.say(body, sender=SHOPPER, payload=_thumbs_down(answer) if for_bot else None)
        if for_bot:
            work.become(work.conversation.heard_feedback(seq))
            await begin_turn(work, self.turn_lasts_s, self.bridge_id)

    @staticmethod
    async def _learn_from_feedback(work: UnitOfWork, feedback: Feedback, answer: Answer) -> None:
        """A yes to "Was this it?", or that an answer helped, is kept for the content desk; a no takes it back."""
        if feedback.helpful:
            question = await work.question_answered(feedback.seq, answer.passage_id)
            kind: Kind = "yes" if answer.likely else "thanks"
            work.confirm(kind, question, answer.passage_id, answer.index_version)
        else:
            work.refuse(answer.passage_id)

    async def take_rating(self, conversation_id: str, rating: Rating) -> Conversation:
        async with self.changing(conversation_id) as work:
            comment = mask_cards(rating.comment) if rating.comment else None
            work.say(RatingBody(score=rating.score, comment=comment), sender=SHOPPER)
            self.notify_shop(work, Rated(score=rating.score))
        return work.conversation

    async def shopper_read(self, conversation_id: str, seq: int) -> None:
        """The shopper has seen everything up to `seq`; shown to agents, not stored as an event."""
        async with self.changing(conversation_id) as work:
            read = min(seq, work.conversation.last_seq)
            if read <= work.conversation.shopper_read_seq:
                return
            work.become(work.conversation.read_by_shopper(read))
        text = ReadEvent(from_="shopper", seq=read).model_dump_json(by_alias=True)
        self.hub.publish(TransientEvent(conversation_id, text, to="agents"))

    def shopper_typing(self, conversation_id: str) -> None:
        """The shopper is typing: shown to agents, never stored."""
        text = TypingEvent(from_="shopper").model_dump_json(by_alias=True)
        self.hub.publish(TransientEvent(conversation_id, text, to="agents"))


def _thumbs_down(answer: Answer | None) -> str:
    """What the engine is told of a thumbs down: on which passage."""
    return "/feedback_negative" + (json.dumps({"passage": answer.passage_id}) if answer else "")
