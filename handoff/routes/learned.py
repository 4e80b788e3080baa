"""The content desk: what use suggests that sections should be asked as."""

from __future__ import annotations

from fastapi import APIRouter

from handoff.learned import Accepted, AnswersTaught, Keys, LearnedFromUse, Undone
from handoff.routes.context import REFUSALS, ContextNow
from handoff.routes.roles import ContentReader, Editor
from handoff.wire import Wire

router = APIRouter(prefix="/api/v1/content/learned", tags=["content"], responses=REFUSALS)


class Refused(Wire):
    keys: list[str]


@router.get("")
async def look(context: ContextNow, reader: ContentReader) -> LearnedFromUse:
    """What shoppers and agents confirmed and nobody has decided, and what was accepted."""
    return await context.learning_desk.look()


@router.get("/taught")
async def taught(context: ContextNow, reader: ContentReader) -> AnswersTaught:
    """The answers of the last seven days that are owed to questions accepted in them."""
    return await context.learning_desk.taught()


@router.post("/accept")
async def accept(context: ContextNow, agent: Editor, body: Keys) -> Accepted:
    """Write suggestions into the sections that answer them; says whether held-out questions suffer."""
    return await context.learning_desk.accept(body.keys, agent)


@router.post("/accept-all")
async def accept_all(context: ContextNow, agent: Editor) -> Accepted:
    """Write all that is suggested, unless held-out questions suffer."""
    return await context.learning_desk.accept_all(agent)


@router.post("/refuse")
async def refuse(context: ContextNow, agent: Editor, body: Keys) -> Refused:
    """Remember that these are not wanted."""
    return Refused(keys=await context.learning_desk.refuse(body.keys, agent))


@router.post("/undo")
async def undo(context: ContextNow, agent: Editor, body: Keys) -> Undone:
    """Take accepted questions back out of their pages."""
    return await context.learning_desk.undo(body.keys, agent)
