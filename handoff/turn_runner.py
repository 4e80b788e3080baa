"""Bot turns: one at a time in a conversation, holding no lock and no transaction while the engine thinks."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Literal

import structlog

from handoff.brief import make_brief
from handoff.choices import Choices
from handoff.desk import Desk
from handoff.engine import Engine, EngineReply
from handoff.errors import DeskError, EngineFailure
from handoff.store import BotTurn, StoredTurn, TurnOutcome
from handoff.store.unit_of_work import UnitOfWork
from handoff.turns import begin_turn
from handoff.wire import EngineMessage, MessageBody, Signal

log = structlog.get_logger()

FAILED = Signal(name="engine_failure", strength=1.0, evidence="the assistant could not answer the last message")


class TurnRunner:
    """Runs the assistant's turns and applies what comes of them."""

    def __init__(self, desk: Desk, engine: Engine, *, at_once: int) -> None:
        self.desk = desk
        self.engine = engine
        self._places = asyncio.Semaphore(at_once)
        self.running: set[asyncio.Task[None]] = set()

    def start(self, turn: BotTurn) -> None:
        """Run the turn in the background."""
        task = asyncio.create_task(self._run(turn), name=f"turn {turn.conversation_id}")
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def pick_up_all(self) -> None:
        """Turns that a bridge left behind when it died."""
        for conversation_id in await self.desk.store.chats.unfinished_turns(self.desk.bridge_id, self.desk.clock()):
            await self.pick_up(conversation_id)

    async def pick_up(self, conversation_id: str) -> None:
        """Start the turn of a conversation whose shopper waits while nobody is computing."""
        async with self.desk.changing(conversation_id) as work:
            await begin_turn(work, self.desk.turn_lasts_s, self.desk.bridge_id)

    async def stop(self, grace_s: float = 2.0) -> None:
        """Let turns under way end for a moment; what is cut off is picked up at the next start."""
        if self.running:
            _, late = await asyncio.wait(self.running, timeout=grace_s)
            for task in late:
                task.cancel()

    async def _run(self, turn: BotTurn) -> None:
        try:
            await self._one(turn)
        except DeskError as error:
            # Nothing was stored; the turn is picked up when its time is over.
            log.warning("turn_not_stored", conversation=turn.conversation_id, code=error.code)
        except Exception:
            log.exception("turn_broken", conversation=turn.conversation_id)

    async def _one(self, turn: BotTurn) -> None:
        """Ask the engine, apply its reply, and begin with the next message if there is one."""
        started = time.monotonic()
        reply: EngineReply | None = None
        async with self._places:
            try:
                reply = await self.engine.answer(turn)
            except Exception as error:
                # Whatever it was, the shopper is not left alone with it.
                why = error.message if isinstance(error, EngineFailure) else repr(error)
                log.warning("engine_failure", request=turn.request_id, why=why)
                self.desk.metrics.errors.labels(EngineFailure.code).inc()
        took_s = time.monotonic() - started
        log.info("turn", request=turn.request_id, took_ms=round(took_s * 1000, 1), failed=reply is None)
        self.desk.metrics.engine_s.observe(took_s)
        await self._finish(turn, reply, took_s * 1000)

    async def _finish(self, turn: BotTurn, reply: EngineReply | None, took_ms: float) -> None:
        async with self.desk.changing(turn.conversation_id) as work:
            outcome = self._outcome(work, turn, reply)
            self.desk.metrics.turns.labels(outcome).inc()
            if outcome == "dropped":
                # A person took over, or the turn was given to another process: never shown.
                log.info("late_reply_dropped", conversation=turn.conversation_id)
                return
            work.become(work.conversation.after_turn(turn.seq))
            report = reply.report.model_dump(mode="json") if reply and reply.report else None
            self._learn(work, reply)
            finished = StoredTurn(turn.conversation_id, turn.seq, work.at, turn.episode, outcome, took_ms, report)
            work.finished_turns.append(finished)
            await self._apply(work, turn, reply)
            await begin_turn(work, self.desk.turn_lasts_s, self.desk.bridge_id)
        said = sum(e.sender == "bot" for e in work.events)
        self.desk.metrics.messages.labels("bot").inc(said)

    @staticmethod
    def _learn(work: UnitOfWork, reply: EngineReply | None) -> None:
        """What this turn says of passages: for the content desk."""
        report = reply.report if reply else None
        if report and report.refused:
            work.refuse(report.refused)
        if report and (said := report.confirmed):
            work.confirm(said.kind, said.question, said.passage_id, said.index_version)

    @staticmethod
    def _outcome(work: UnitOfWork, turn: BotTurn, reply: EngineReply | None) -> TurnOutcome | Literal["dropped"]:
        chat = work.conversation
        if chat.version != turn.version or chat.turn_token != turn.token:
            return "dropped"
        if reply is None:
            return "failed"
        return "handed_off" if reply.order else "answered"

    async def _apply(self, work: UnitOfWork, turn: BotTurn, reply: EngineReply | None) -> None:
        if reply is None:
            # A thumbs down that the engine could not hear of is no reason to fetch a person.
            if turn.text:
                self.desk.say_sentence(work, "no_assistant")
                events, turns = await work.story()
                await self.desk.hand_off(
                    work, "engine_failure", make_brief(events, turns, [FAILED], self.desk.language(work))
                )
            return
        for message in reply.messages:
            work.say(_body(message), sender="bot")
        self._remember(work, turn, reply)
        if reply.order is not None:
            await self.desk.hand_off(work, reply.order.reason, reply.order.brief)

    @staticmethod
    def _remember(work: UnitOfWork, turn: BotTurn, reply: EngineReply) -> None:
        """What is on offer, and the question with its passage, so that a follow-up is understood."""
        chat = work.conversation
        answer = next((m.answer for m in reply.messages if m.answer), None)
        asked = (reply.report.question if reply.report else None) or turn.text
        work.become(
            chat.remembering(
                choices=Choices.of(chat).then(reply.messages),
                language=reply.report.language if reply.report else None,
                previous={"question": asked or answer.heading, "passage_id": answer.passage_id} if answer else None,
            )
        )


def _body(message: EngineMessage) -> MessageBody:
    text: str = message.text or (message.answer.passage if message.answer else "")
    extra: dict[str, Any] = {"choices": list(message.choices)} if message.choices else {}
    return MessageBody(from_="bot", text=text, answer=message.answer, **extra)
