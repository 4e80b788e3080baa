"""The content desk: the knowledge service's view of the pages, with what shoppers asked and said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from handoff.content import (
    MAX_QUESTIONS,
    AskedAsRequest,
    Clusters,
    ContentDiff,
    DraftRequest,
    Gap,
    GapQuestion,
    Gaps,
    Noted,
    PageHealth,
    Pages,
    Preview,
    PreviewRequest,
    Written,
    WrongAnswer,
    named,
)
from handoff.errors import Forbidden, NotFound
from handoff.open_questions import AnsweredQuestions, OpenQuestion, PageCount, per_week
from handoff.routes.context import REFUSALS, ContextNow, Reader, Writer
from handoff.store import Agent, AuditEntry
from handoff.wire import Wire

router = APIRouter(prefix="/api/v1/content", tags=["content"], responses=REFUSALS)

EDITORS = frozenset({"content", "lead", "admin"})
WEEKS = 4
MOST_SHOWN = 50


def _may(role: str) -> None:
    if role not in EDITORS:
        raise Forbidden("The content desk is for the roles content, lead and admin.")


def reader(session: Reader) -> Agent:
    _may(session.agent.role)
    return session.agent


def editor(agent: Writer) -> Agent:
    _may(agent.role)
    return agent


Looker = Annotated[Agent, Depends(reader)]
Editor = Annotated[Agent, Depends(editor)]


class Weeks(Wire):
    """How far back the questions are taken from."""

    weeks: Annotated[int, Field(ge=1, le=26)] = WEEKS


@router.get("/pages")
async def pages(context: ContextNow, looker: Looker) -> Pages:
    """Every page with its health, how often it answered in the last weeks, and whether that helped."""
    told = await context.knowledge.get("/pages", Pages)
    counts = await context.store.open_questions.by_page(context.clock() - timedelta(weeks=WEEKS))
    by_path = {urlsplit(url).path: count for url, count in counts.items()}
    return Pages(pages=[_counted(page, by_path.get(urlsplit(page.url).path)) for page in told.pages])


def _counted(page: PageHealth, count: PageCount | None) -> PageHealth:
    return page.model_copy(update=count.model_dump(exclude={"url"})) if count else page


@router.get("/answered")
async def answered(
    context: ContextNow, looker: Looker, url: Annotated[str, Query(max_length=2_000)]
) -> AnsweredQuestions:
    """The questions that the page at this address answered in the last weeks, the newest first."""
    since = context.clock() - timedelta(weeks=WEEKS)
    return AnsweredQuestions(
        answers=await context.store.open_questions.answered_by(urlsplit(url).path, since, MOST_SHOWN)
    )


@router.post("/preview")
async def preview(context: ContextNow, agent: Editor, body: PreviewRequest) -> Preview:
    """A page as shoppers get it, passage by passage."""
    return await context.knowledge.post("/preview", body, Preview)


@router.get("/gaps")
async def gaps(context: ContextNow, looker: Looker, weeks: Annotated[int, Query(ge=1, le=26)] = WEEKS) -> Gaps:
    """Questions of the last weeks that the pages did not settle, gathered by what they are about."""
    now = context.clock()
    questions = {named(q): q for q in await _asked(context, now - timedelta(weeks=weeks))}
    if not questions:
        return Gaps(gaps=[])
    body = {"questions": [{"id": name, "text": q.text} for name, q in questions.items()]}
    told = await context.knowledge.post("/clusters", body, Clusters)
    found = [
        _gap(c.name, c.closed, [questions[m] for m in c.members if m in questions], now, weeks) for c in told.clusters
    ]
    return Gaps(gaps=sorted((g for g in found if g.count), key=lambda g: (g.closed, -g.count)))


def _gap(name: str, closed: bool, questions: list[OpenQuestion], now: datetime, weeks: int) -> Gap:
    return Gap(
        name=name,
        count=len(questions),
        per_week=per_week([q.at for q in questions], now, weeks),
        questions=[
            GapQuestion(text=q.text, at=q.at, reason=q.reason, conversation_id=q.conversation_id) for q in questions
        ],
        closed=closed,
    )


@router.post("/diff")
async def diff(context: ContextNow, agent: Editor, body: Weeks | None = None) -> ContentDiff:
    """What the folder as it stands would answer, against the index in service, on the questions of the last weeks."""
    since = context.clock() - timedelta(weeks=(body or Weeks()).weeks)
    questions = _each_once(await context.store.turn_reports.questions(since))[:MAX_QUESTIONS]
    told = await context.knowledge.post("/diff", {"questions": questions}, ContentDiff)
    return told.model_copy(update={"asked": len(questions)})


@router.post("/drafts", status_code=201)
async def draft(context: ContextNow, agent: Writer, body: DraftRequest) -> Written:
    """A draft page in the folder; shoppers see nothing of it until it is published. Agents may write drafts too."""
    written = await context.knowledge.post("/drafts", body, Written)
    await context.store.audit.record(AuditEntry(context.clock(), agent.id, "draft", None, {"path": written.path}))
    return written


@router.post("/asked-as")
async def asked_as(context: ContextNow, agent: Editor, body: AskedAsRequest) -> Written:
    """Add a shopper's question to the section that answers it."""
    written = await context.knowledge.post("/asked-as", body, Written)
    await context.store.audit.record(AuditEntry(context.clock(), agent.id, "asked_as", None, {"path": written.path}))
    return written


@router.post("/wrong")
async def wrong(context: ContextNow, agent: Writer, body: WrongAnswer) -> Noted:
    """This answer was wrong: its question becomes a gap."""
    await context.store.chats.find(body.conversation_id)
    events = await context.store.chats.events_after(body.conversation_id, body.seq - 1)
    if not events or events[0].seq != body.seq or not events[0].body.get("answer"):
        raise NotFound("There is no answer with this seq in the conversation.")
    detail = {"seq": body.seq}
    await context.store.audit.record(
        AuditEntry(context.clock(), agent.id, "answer_wrong", body.conversation_id, detail)
    )
    return Noted()


async def _asked(context: ContextNow, since: datetime) -> list[OpenQuestion]:
    return (await context.store.open_questions.since(since))[:MAX_QUESTIONS]


def _each_once(questions: Iterable[str]) -> list[str]:
    return list({q.strip().lower(): q.strip() for q in questions if q.strip()}.values())
