"""What the content team does with what use suggests: look, accept, refuse, undo, and see what it taught."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from handoff.errors import InvalidField, KnowledgeUnavailable, NotFound
from handoff.knowledge_client import KnowledgeClient
from handoff.learned import (
    Accepted,
    AcceptedLesson,
    AnswersTaught,
    HeldOut,
    LearnedFromUse,
    NotDone,
    Suggestion,
    TaughtAnswer,
    Undone,
)
from handoff.learning import Candidate, candidates
from handoff.store import Agent, AuditAction, AuditEntry, Lesson, Store
from handoff.wire import Json
from knowledge.wire.content import AddQuestionRequest, Written
from knowledge.wire.learning import AnsweredPair, Learnable, Learnables, Pair, Pairs, Taught, TaughtRequest, Trial

WEEK = timedelta(days=7)
# What is older than so many half-lives weighs nothing.
HALF_LIVES = 6
MOST_CANDIDATES = 500
MOST_SUGGESTIONS = 200
MOST_SHOWN = 100


class LearningDesk:
    """The verbs of learning from use. Every decision is in the audit log, without anybody's words."""

    def __init__(
        self, store: Store, knowledge: KnowledgeClient, clock: Callable[[], datetime], half_life_days: float
    ) -> None:
        self.store = store
        self.knowledge = knowledge
        self.clock = clock
        self.half_life_days = half_life_days

    async def look(self) -> LearnedFromUse:
        """What use suggests now, and what stands in the pages because of it."""
        accepted = [
            AcceptedLesson(key=one.key, at=one.at, who=one.who, heading=one.heading, question=one.question)
            for one in (await self.store.lessons.accepted())[:MOST_SHOWN]
        ]
        return LearnedFromUse(suggestions=await self.suggestions(), accepted=accepted)

    async def suggestions(self) -> list[Suggestion]:
        """What shoppers and agents confirmed, nobody decided, and no section is asked yet; the weightiest first."""
        now = self.clock()
        since = now - timedelta(days=HALF_LIVES * self.half_life_days)
        decided = await self.store.lessons.decided()
        found = candidates(await self.store.confirmations.since(since), now, self.half_life_days)
        found = [one for one in found if one.key not in decided][:MOST_CANDIDATES]
        if not found:
            return []
        pairs = [Pair(passage_id=one.passage_id, question=one.question) for one in found]
        told = await self.knowledge.post("/learnable", Pairs(pairs=pairs), Learnables)
        both = zip(found, told.pairs, strict=True)
        return [_suggestion(one, pair) for one, pair in both if pair.standing == "new"][:MOST_SUGGESTIONS]

    async def accept(self, keys: Sequence[str], by: Agent) -> Accepted:
        """Write these suggestions into their pages, and say whether held-out questions suffer. Raises NotFound."""
        chosen = [one for one in await self.suggestions() if one.key in keys]
        if not chosen:
            raise NotFound("These are not suggested any more. Look again.")
        held_out = await self._tried(chosen)
        return await self._written(chosen, held_out, by)

    async def accept_all(self, by: Agent) -> Accepted:
        """Write all suggestions into their pages, unless held-out questions suffer: then none. Raises NotFound."""
        chosen = await self.suggestions()
        if not chosen:
            raise NotFound("Nothing is suggested just now.")
        held_out = await self._tried(chosen)
        if held_out.after < held_out.before:
            await self.store.audit.record(self._entry(by, "lessons_undone", _counted(len(chosen), held_out)))
            return Accepted(keys=[], not_done=[], held_out=held_out, harmful=True, undone=True)
        return await self._written(chosen, held_out, by)

    async def refuse(self, keys: Sequence[str], by: Agent) -> list[str]:
        """Remember that these are not wanted. Raises NotFound."""
        chosen = [one for one in await self.suggestions() if one.key in keys]
        if not chosen:
            raise NotFound("These are not suggested any more. Look again.")
        now = self.clock()
        refused = [Lesson(one.key, now, by.id, "refused", one.passage_id) for one in chosen]
        entry = self._entry(by, "lessons_refused", {"count": len(refused)})
        await self.store.lessons.decide(refused, entry)
        return [one.key for one in refused]

    async def undo(self, keys: Sequence[str], by: Agent) -> Undone:
        """Take accepted questions back out of their pages. Raises NotFound."""
        chosen = [one for one in await self.store.lessons.accepted() if one.key in keys]
        if not chosen:
            raise NotFound("None of these stands in a page because of use.")
        gone, not_done = [], []
        for one in chosen:
            if (why := await self._sent("/not-asked-as", one.passage_id, one.question)) is None:
                gone.append(one.key)
            else:
                not_done.append(NotDone(key=one.key, question=one.question, why=why))
        await self.store.lessons.undo(gone, self.clock(), self._entry(by, "lessons_undone", {"count": len(gone)}))
        return Undone(keys=gone, not_done=not_done)

    async def taught(self) -> AnswersTaught:
        """Of the answers of the last seven days, those owed to questions that were accepted in them."""
        since = self.clock() - WEEK
        lessons = await self.store.lessons.accepted(since)
        answered = await self.store.turn_reports.answered(since)
        if not lessons or not answered:
            return AnswersTaught(since=since, answered=len(answered), taught=0, answers=[])
        request = TaughtRequest(
            accepted=[Pair(passage_id=one.passage_id, question=one.question) for one in lessons],
            answers=[
                AnsweredPair(id=str(number), passage_id=one.passage_id, question=one.question)
                for number, one in enumerate(answered)
            ],
        )
        told = await self.knowledge.post("/taught", request, Taught)
        pairs = [(answered[int(one.id)], lessons[one.accepted]) for one in told.answers]
        # What was answered before its question was accepted is owed to nobody.
        owed = [(answer, lesson) for answer, lesson in pairs if answer.at >= lesson.at]
        answers = [
            TaughtAnswer(
                conversation_id=answer.conversation_id,
                at=answer.at,
                question=answer.question,
                asked_as=lesson.question,
                heading=lesson.heading,
            )
            for answer, lesson in owed[:MOST_SHOWN]
        ]
        return AnswersTaught(since=since, answered=len(answered), taught=len(owed), answers=answers)

    async def _tried(self, chosen: Sequence[Suggestion]) -> HeldOut:
        pairs = [Pair(passage_id=one.passage_id, question=one.question) for one in chosen]
        trial = await self.knowledge.post("/trial", Pairs(pairs=pairs), Trial)
        return HeldOut(asked=trial.asked, before=trial.before, after=trial.after)

    async def _written(self, chosen: Sequence[Suggestion], held_out: HeldOut, by: Agent) -> Accepted:
        lessons, not_done = [], []
        for one in chosen:
            if (why := await self._sent("/asked-as", one.passage_id, one.question)) is None:
                name = f"{one.page_title}: {one.heading}"
                lessons.append(Lesson(one.key, self.clock(), by.id, "accepted", one.passage_id, name, one.question))
            else:
                not_done.append(NotDone(key=one.key, question=one.question, why=why))
        entry = self._entry(by, "lessons_accepted", _counted(len(lessons), held_out))
        await self.store.lessons.decide(lessons, entry)
        return Accepted(
            keys=[one.key for one in lessons],
            not_done=not_done,
            held_out=held_out,
            harmful=held_out.after < held_out.before,
            undone=False,
        )

    async def _sent(self, path: str, passage_id: str, question: str) -> str | None:
        """Have a page edited; gives why it was not. What was done so far is written down whatever comes."""
        try:
            await self.knowledge.post(path, AddQuestionRequest(passage_id=passage_id, question=question), Written)
        except (InvalidField, KnowledgeUnavailable) as refusal:
            return str(refusal)
        return None

    def _entry(self, by: Agent, action: AuditAction, detail: Json) -> AuditEntry:
        return AuditEntry(self.clock(), by.id, action, None, detail)


def _counted(count: int, held_out: HeldOut) -> Json:
    return {"count": count, **held_out.model_dump()}


def _suggestion(one: Candidate, told: Learnable) -> Suggestion:
    return Suggestion(
        key=one.key,
        question=told.question,
        passage_id=one.passage_id,
        page_title=told.page_title,
        heading=told.heading,
        url=told.url,
        weight=one.weight,
        conversations=one.conversations,
        last_at=one.last_at,
        reason=one.reason,
    )
