"""Over all chats: search, the day's figures, canned replies; and who may sign in."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from handoff.desk.agent import LEADS
from handoff.errors import Forbidden, InvalidField, NotFound
from handoff.lists import Canned, CannedReplies, Figures, NewAgent, figures
from handoff.routes.context import REFUSALS, ContextNow, Reader
from handoff.routes.people import Admin, Lead
from handoff.store import Deed
from handoff.wire import AgentName, Queue, State

router = APIRouter(prefix="/api/v1", tags=["agent"], responses=REFUSALS)

DAY = timedelta(hours=24)


@router.get("/conversations")
async def conversations(
    context: ContextNow,
    session: Reader,
    q: Annotated[str, Query(max_length=200)] = "",
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Queue:
    """Conversations in which all these words were written, the last changed first."""
    return await context.queue_view.draw(await context.store.lists.search(q.lower().split(), state, limit))


@router.get("/figures")
async def day(context: ContextNow, session: Reader) -> Figures:
    """The last 24 hours in figures. For leads and admins."""
    if session.agent.role not in LEADS:
        raise Forbidden("Only leads and admins see the figures.")
    return figures(await context.store.lists.count(context.clock() - DAY))


@router.get("/canned")
async def canned(context: ContextNow, session: Reader) -> CannedReplies:
    """Replies that fill a draft. They are never sent by themselves."""
    return CannedReplies(replies=await context.store.lists.canned())


@router.put("/canned")
async def set_canned(context: ContextNow, lead: Lead, body: CannedReplies) -> CannedReplies:
    """These canned replies and no others."""
    _refuse_twins(body.replies)
    await context.store.lists.set_canned(body.replies)
    return body


def _refuse_twins(replies: list[Canned]) -> None:
    twins = [name for name, count in Counter(r.name for r in replies).items() if count > 1]
    if twins:
        raise InvalidField(f"Two replies are called {twins[0]}: give one another name.", field="replies")


@router.post("/agents", status_code=201)
async def add_agent(context: ContextNow, admin: Admin, body: NewAgent) -> AgentName:
    """Somebody new at the desk."""
    added = await context.agents.add(body.email, body.password, name=body.name, role=body.role)
    await context.store.office.record(Deed(context.clock(), admin.id, "add_agent", None, {"agent": added.id}))
    return AgentName(id=added.id, name=added.name)


@router.delete("/agents/{agent_id}", status_code=204)
async def remove_agent(context: ContextNow, admin: Admin, agent_id: str) -> None:
    """They can no longer sign in. Their chats go back to the queue; what they wrote stays."""
    if agent_id == admin.id:
        raise Forbidden("Nobody removes themselves: ask another admin.")
    leaving = await context.store.people.by_id(agent_id)
    if leaving is None:
        raise NotFound("There is no agent with this id.")
    await context.store.people.change(agent_id, disabled_at=context.clock(), present_until=None)
    for chat in await context.store.chats.open_with_people():
        if chat.agent_id == agent_id:
            await context.desk.release(chat.id, leaving)
    await context.store.office.record(Deed(context.clock(), admin.id, "remove_agent", None, {"agent": agent_id}))
    context.desk.queue_changed()
