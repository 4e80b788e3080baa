"""What agents can do: take a conversation, answer, hand it on, give it back, finish it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from handoff.conversation import Conversation, require_owner
from handoff.desk.verbs import Verbs, belongs
from handoff.errors import AlreadyClaimed, InvalidField, WrongState
from handoff.hub import QueueMoved, TransientEvent
from handoff.masking import mask_cards
from handoff.outbox.channel import MAIL
from handoff.outbox.letters import reply_letter
from handoff.outbox.shop_events import Claimed, Resolved
from handoff.queue.order import AgentLoad, next_for
from handoff.store import Agent, StoredNote
from handoff.store.unit_of_work import UnitOfWork
from handoff.wire import AgentName, MessageBody, NoteEvent, ReadEvent, Reply, Transfer, TypingEvent

LEADS = ("lead", "admin")
MOST_TRIES = 500


class AgentVerbs(Verbs):
    """The agents' verbs."""

    async def claim(self, conversation_id: str, agent: Agent) -> Conversation:
        """One agent gets the conversation, and only one; claiming one's own again changes nothing."""
        async with self.changing(conversation_id) as work:
            was = work.conversation
            if was.state == "assigned" and was.agent_id == agent.id:
                return was
            work.become(was.claim(agent.id, work.at))
            self._given(work, "claim", agent)
        if was.waiting_since:
            self.metrics.waits_s.observe((work.at - was.waiting_since).total_seconds())
        return work.conversation

    def _given(self, work: UnitOfWork, action: Literal["claim", "transfer"], agent: Agent, by: str = "") -> None:
        work.show_state(agent=AgentName(id=agent.id, name=agent.name))
        work.record(by or agent.id, action, to=agent.id)
        self.notify_shop(work, Claimed(agent=agent.name))

    async def take_next(self, agent: Agent) -> Conversation | None:
        """The first waiting conversation that this agent fits and has room for; None when there is none."""
        for _ in range(MOST_TRIES):
            loads = {load.agent_id: load for load in await self.store.people.on_duty(self.clock())}
            load = loads.get(agent.id, AgentLoad(agent.id, 0, agent.capacity))
            chat = next_for(load, await self.store.chats.waiting())
            if chat is None:
                return None
            try:
                return await self.claim(chat.conversation_id, agent)
            except (WrongState, AlreadyClaimed):
                continue  # somebody was faster; the next one, then
        return None

    async def transfer(self, conversation_id: str, agent: Agent, transfer: Transfer) -> Conversation:
        """To a colleague, or back into the queue for a team; by the agent who has it, or by a lead."""
        colleague = await self._colleague(transfer.agent_id) if transfer.agent_id else None
        async with self.changing(conversation_id) as work:
            if agent.role not in LEADS:
                require_owner(work.conversation.ownership, agent.id)
            if transfer.tags is not None:
                work.become(work.conversation.with_tags(transfer.tags))
            if colleague is not None:
                self._hand_to(work, colleague, agent)
            elif transfer.team is not None:
                work.become(work.conversation.for_team(transfer.team))
                if work.conversation.state == "assigned":
                    work.become(work.conversation.release(by=agent.id, overrule=agent.role in LEADS))
                    await self.put_back(work, "passed_on")
            work.record(agent.id, "transfer", agent=transfer.agent_id, team=transfer.team)
        return work.conversation

    def _hand_to(self, work: UnitOfWork, colleague: Agent, agent: Agent) -> None:
        chat, lead = work.conversation, agent.role in LEADS
        if chat.state in ("waiting", "message_left"):
            work.become(chat.claim(colleague.id, work.at))
            self._given(work, "claim", colleague, by=agent.id)
        else:
            work.become(chat.transfer(colleague.id, work.at, by=agent.id, overrule=lead))
            self._given(work, "transfer", colleague, by=agent.id)

    async def _colleague(self, agent_id: str) -> Agent:
        colleague = await self.store.people.by_id(agent_id)
        if colleague is None:
            raise InvalidField("There is no agent with this id.", field="agent_id")
        return colleague

    async def release(self, conversation_id: str, agent: Agent) -> Conversation:
        """Back into the queue, at the old place."""
        async with self.changing(conversation_id) as work:
            work.become(work.conversation.release(by=agent.id))
            await self.put_back(work, "put_back")
            work.record(agent.id, "release")
        return work.conversation

    async def return_to_bot(self, conversation_id: str, agent: Agent) -> Conversation:
        """Back to the assistant, which starts afresh."""
        async with self.changing(conversation_id) as work:
            work.become(work.conversation.return_to_bot(by=agent.id))
            work.show_state()
            self.say_sentence(work, "with_assistant")
            work.record(agent.id, "return")
        return work.conversation

    async def resolve(
        self, conversation_id: str, agent: Agent, disposition: str, tags: Sequence[str] = ()
    ) -> Conversation:
        """Done; the shopper may rate it, and writing again opens a new episode."""
        async with self.changing(conversation_id) as work:
            work.become(work.conversation.resolve(disposition, tags, work.at, by=agent.id))
            work.show_state()
            work.record(agent.id, "resolve", disposition=disposition)
            self.notify_shop(work, Resolved(disposition=disposition, agent=agent.name))
        return work.conversation

    async def reply(self, conversation_id: str, agent: Agent, reply: Reply) -> int:
        """The agent's words, stored once; only by the agent who has the conversation."""
        sender = f"agent:{agent.id}"
        async with self.changing(conversation_id) as work:
            known = await work.seq_of(sender, reply.client_id)
            if known is not None:
                return known
            require_owner(work.conversation.ownership, agent.id)
            body = MessageBody(from_="agent", text=mask_cards(reply.text), client_id=reply.client_id, name=agent.name)
            seq = work.say(body, sender=sender, client_id=reply.client_id)
            work.become(work.conversation.replied(seq))
            await self._learn_from_reply(work, reply)
            self._mail_too(work, agent, body.text)
        self.metrics.messages.labels("agent").inc()
        return seq

    @staticmethod
    async def _learn_from_reply(work: UnitOfWork, reply: Reply) -> None:
        """A passage that an agent gives in a reply answers what the shopper asked last: kept for the content desk."""
        if reply.passages:
            question = await work.last_question() or (work.conversation.brief or {}).get("wants")
            for passage_id in dict.fromkeys(reply.passages):
                work.confirm("agent_link", question, passage_id, reply.index_version)

    def _mail_too(self, work: UnitOfWork, agent: Agent, text: str) -> None:
        """What is answered to a message that was left also goes to the address that came with it."""
        chat = work.conversation
        if chat.email and self.rules.mail:
            question = (chat.brief or {}).get("wants", "")
            letter = reply_letter(self.rules.shop_name, chat.email, agent.name, text, question, self.language(work))
            work.send(MAIL, "reply", letter)

    async def note(self, conversation_id: str, agent: Agent, text: str) -> int:
        """A note among agents; shoppers never see it. Gives its number."""
        async with self.changing(conversation_id) as work:
            work.become(work.conversation.with_note())
            number = work.conversation.last_note
            note = StoredNote(work.before.id, number, work.at, agent.id, mask_cards(text))
            work.notes.append(note)
        event = NoteEvent(number=number, at=note.at, agent=AgentName(id=agent.id, name=agent.name), text=note.text)
        self.hub.publish(TransientEvent(conversation_id, event.model_dump_json(), to="agents"))
        return number

    async def agent_read(self, conversation_id: str, agent_id: str) -> None:
        """The agent who has the conversation has it open."""
        chat = await self.store.chats.find(conversation_id)
        if not belongs(chat, agent_id) or chat.agent_read_seq >= chat.last_shopper_seq:
            return
        async with self.changing(conversation_id) as work:
            if work.conversation.agent_id != agent_id:
                return
            read = work.conversation.last_seq
            work.become(work.conversation.read_by_agent())
        text = ReadEvent(from_="agent", seq=read).model_dump_json(by_alias=True)
        self.hub.publish(TransientEvent(conversation_id, text, to="shopper"), QueueMoved())

    async def agent_typing(self, conversation_id: str, agent_id: str) -> None:
        """The agent who has the conversation is typing: shown to the shopper, never stored."""
        if belongs(await self.store.chats.find(conversation_id), agent_id):
            text = TypingEvent(from_="agent").model_dump_json(by_alias=True)
            self.hub.publish(TransientEvent(conversation_id, text, to="shopper"))
