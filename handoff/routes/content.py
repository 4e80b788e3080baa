"""The content desk: pages and their health, gaps, what an edit changes, drafts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from handoff.content import Gaps, NewDraft, NewQuestion, Noted, PagePath, PagesInUse, WeeksDiff, WrongAnswer
from handoff.content_team import WEEKS
from handoff.open_questions import AnsweredQuestions
from handoff.routes.context import REFUSALS, ContextNow, Writer
from handoff.routes.roles import ContentReader, Editor
from handoff.wire import Wire
from knowledge.wire.content import Preview, Written

router = APIRouter(prefix="/api/v1/content", tags=["content"], responses=REFUSALS)


class Weeks(Wire):
    """How far back the questions are taken from."""

    weeks: Annotated[int, Field(ge=1, le=26)] = WEEKS


@router.get("/pages")
async def pages(context: ContextNow, reader: ContentReader) -> PagesInUse:
    """Every page with its health, how often it answered in the last weeks, and whether that helped."""
    return await context.content_team.pages()


@router.get("/answered")
async def answered(
    context: ContextNow, reader: ContentReader, url: Annotated[str, Query(max_length=2_000)]
) -> AnsweredQuestions:
    """The questions that the page at this address answered in the last weeks, the newest first."""
    return await context.content_team.answered(url)


@router.post("/preview")
async def preview(context: ContextNow, agent: Editor, body: PagePath) -> Preview:
    """A page as shoppers get it, passage by passage."""
    return await context.content_team.preview(body)


@router.get("/gaps")
async def gaps(context: ContextNow, reader: ContentReader, weeks: Annotated[int, Query(ge=1, le=26)] = WEEKS) -> Gaps:
    """Questions of the last weeks that the pages did not settle, gathered by what they are about."""
    return await context.content_team.gaps(weeks)


@router.post("/diff")
async def diff(context: ContextNow, agent: Editor, body: Weeks | None = None) -> WeeksDiff:
    """What the folder as it stands would answer, against the index in service, on the questions of the last weeks."""
    return await context.content_team.diff((body or Weeks()).weeks)


@router.post("/drafts", status_code=201)
async def draft(context: ContextNow, agent: Writer, body: NewDraft) -> Written:
    """A draft page in the folder; shoppers see nothing of it until it is published. Agents may write drafts too."""
    return await context.content_team.draft(body, agent)


@router.post("/asked-as")
async def add_question(context: ContextNow, agent: Editor, body: NewQuestion) -> Written:
    """Add a shopper's question to the section that answers it."""
    return await context.content_team.add_question(body, agent)


@router.post("/wrong")
async def wrong(context: ContextNow, agent: Writer, body: WrongAnswer) -> Noted:
    """This answer was wrong: its question becomes a gap."""
    await context.content_team.call_wrong(body, agent)
    return Noted()
