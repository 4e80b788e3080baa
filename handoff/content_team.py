"""What the content team does: the knowledge service's view of the pages, with what shoppers asked and said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from handoff.content import (
    Gap,
    GapQuestion,
    Gaps,
    NewDraft,
    NewQuestion,
    PageInUse,
    PagePath,
    PagesInUse,
    WeeksDiff,
    WrongAnswer,
    named,
)
from handoff.errors import NotFound
from handoff.knowledge_client import KnowledgeClient
from handoff.open_questions import AnsweredQuestions, OpenQuestion, PageCount, per_week
from handoff.store import Agent, AuditAction, AuditEntry, Store
from handoff.urls import path_of
from handoff.wire import Json
from knowledge.wire.content import (
    AnswerDiff,
    Cluster,
    Clusters,
    ClustersRequest,
    DiffRequest,
    NamedQuestion,
    PageHealth,
    PagesHealth,
    Preview,
    PreviewRequest,
    Written,
)

WEEKS = 4
# So many questions are gathered or compared at once.
MOST_QUESTIONS = 500
MOST_SHOWN = 50


class ContentTeam:
    """The content team's verbs. Nothing here changes what shoppers are answered."""

    def __init__(self, store: Store, knowledge: KnowledgeClient, clock: Callable[[], datetime]) -> None:
        self.store = store
        self.knowledge = knowledge
        self.clock = clock

    def _since(self, weeks: int) -> datetime:
        return self.clock() - timedelta(weeks=weeks)

    async def pages(self) -> PagesInUse:
        """Every page with its health, how often it answered in the last weeks, and whether that helped."""
        health = await self.knowledge.get("/pages", PagesHealth)
        counts = await self.store.open_questions.by_page(self._since(WEEKS))
        by_path = {path_of(url): count for url, count in counts.items()}
        return PagesInUse(pages=[_in_use(page, by_path.get(path_of(page.url))) for page in health.pages])

    async def answered(self, url: str) -> AnsweredQuestions:
        """The questions that the page at this address answered in the last weeks, the newest first."""
        found = await self.store.open_questions.answered_by(path_of(url), self._since(WEEKS), MOST_SHOWN)
        return AnsweredQuestions(answers=found)

    async def preview(self, page: PagePath) -> Preview:
        return await self.knowledge.post("/preview", PreviewRequest(path=page.path), Preview)

    async def gaps(self, weeks: int) -> Gaps:
        """Questions of the last weeks that the pages did not settle, gathered by what they are about."""
        found = (await self.store.open_questions.since(self._since(weeks)))[:MOST_QUESTIONS]
        questions = {named(q): q for q in found}
        if not questions:
            return Gaps(gaps=[])
        request = ClustersRequest(questions=[NamedQuestion(id=name, text=q.text) for name, q in questions.items()])
        clusters = (await self.knowledge.post("/clusters", request, Clusters)).clusters
        gathered = [_gap(c, [questions[m] for m in c.members if m in questions], self.clock(), weeks) for c in clusters]
        return Gaps(gaps=sorted((g for g in gathered if g.count), key=lambda g: (g.closed, -g.count)))

    async def diff(self, weeks: int) -> WeeksDiff:
        """What the folder as it stands would answer, against the index in service, on questions of the last weeks."""
        found = await self.store.turn_reports.questions(self._since(weeks))
        questions = _each_once(found)[:MOST_QUESTIONS]
        diff = await self.knowledge.post("/diff", DiffRequest(questions=questions), AnswerDiff)
        return WeeksDiff(counts=diff.counts, changes=diff.changes, questions=len(questions))

    async def draft(self, draft: NewDraft, by: Agent) -> Written:
        """A draft page in the folder; shoppers see nothing of it until it is published."""
        written = await self.knowledge.post("/drafts", draft, Written)
        await self._record(by, "draft", detail={"path": written.path})
        return written

    async def add_question(self, question: NewQuestion, by: Agent) -> Written:
        """A shopper's question, in the section that answers it."""
        written = await self.knowledge.post("/asked-as", question, Written)
        await self._record(by, "asked_as", detail={"path": written.path})
        return written

    async def call_wrong(self, wrong: WrongAnswer, by: Agent) -> None:
        """This answer was wrong: its question becomes a gap. Raises NotFound."""
        await self.store.chats.find(wrong.conversation_id)
        events = await self.store.chats.events_after(wrong.conversation_id, wrong.seq - 1)
        if not events or events[0].seq != wrong.seq or not events[0].body.get("answer"):
            raise NotFound("There is no answer with this seq in the conversation.")
        await self._record(by, "answer_wrong", wrong.conversation_id, {"seq": wrong.seq})

    async def _record(
        self, by: Agent, action: AuditAction, conversation_id: str | None = None, detail: Json | None = None
    ) -> None:
        await self.store.audit.record(AuditEntry(self.clock(), by.id, action, conversation_id, detail))


def _in_use(page: PageHealth, count: PageCount | None) -> PageInUse:
    counts = count.model_dump(exclude={"url"}) if count else {}
    return PageInUse.model_validate({**page.model_dump(), **counts})


def _gap(cluster: Cluster, questions: list[OpenQuestion], now: datetime, weeks: int) -> Gap:
    return Gap(
        name=cluster.name,
        count=len(questions),
        per_week=per_week([q.at for q in questions], now, weeks),
        questions=[
            GapQuestion(text=q.text, at=q.at, reason=q.reason, conversation_id=q.conversation_id) for q in questions
        ],
        closed=cluster.closed,
    )


def _each_once(questions: Iterable[str]) -> list[str]:
    return list({q.strip().lower(): q.strip() for q in questions if q.strip()}.values())
