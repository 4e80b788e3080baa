"""Who is at the desk: who may sign in, availability, taking the next chat, handing on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from handoff.routes.context import REFUSALS, Context, ContextNow, Reader, Writer
from handoff.routes.roles import Admin, AdminReader, Lead, LeadReader
from handoff.routes.shopper import Id, state_now
from handoff.wire import (
    AgentCard,
    AgentCards,
    AgentChanges,
    AgentName,
    AuditLine,
    AuditTrail,
    Availability,
    Erased,
    Json,
    NewAgent,
    StateNow,
    Taken,
    Transfer,
)

router = APIRouter(prefix="/api/v1", tags=["agent"], responses=REFUSALS)


async def _cards(context: Context) -> list[AgentCard]:
    now = context.clock()
    chats = await context.store.people.loads()
    return [
        AgentCard.model_validate(
            {
                "id": a.id,
                "name": a.name,
                "email": a.email,
                "role": a.role,
                "present": a.present_until is not None and a.present_until > now,
                "available": a.available,
                "chats": chats.get(a.id, 0),
                "capacity": a.capacity,
                "team": a.team,
                "languages": a.languages,
                "skills": a.skills,
            }
        )
        for a in await context.store.people.all()
    ]


@router.get("/agents")
async def agents(context: ContextNow, session: Reader) -> AgentCards:
    """Everybody at the desk, with how many chats they have."""
    return AgentCards(agents=await _cards(context))


@router.patch("/agents/{agent_id}")
async def change_agent(context: ContextNow, lead: Lead, agent_id: str, body: AgentChanges) -> AgentCards:
    """Change an agent's availability, capacity, team, languages or skills; roles only by an admin."""
    await context.desk.change_agent(agent_id, body, lead)
    return AgentCards(agents=await _cards(context))


@router.post("/agents", status_code=201)
async def add_agent(context: ContextNow, admin: Admin, body: NewAgent) -> AgentName:
    """Somebody new at the desk."""
    added = await context.agents.add(body.email, body.password, name=body.name, role=body.role, by=admin.id)
    return AgentName(id=added.id, name=added.name)


@router.delete("/agents/{agent_id}", status_code=204)
async def remove_agent(context: ContextNow, admin: Admin, agent_id: str) -> None:
    """They can no longer sign in. Their chats go back to the queue; what they wrote stays."""
    await context.desk.remove_agent(agent_id, admin)


@router.post("/availability")
async def availability(context: ContextNow, agent: Writer, body: Availability) -> AgentCards:
    """Away or available. Chats that the agent has stay with them."""
    await context.desk.set_available(agent, body.available)
    return AgentCards(agents=await _cards(context))


@router.post("/queue/next")
async def take_next(context: ContextNow, agent: Writer) -> Taken:
    """Take the first waiting conversation that fits, within the agent's capacity."""
    chat = await context.desk.take_next(agent)
    return Taken(conversation_id=chat.id if chat else None)


@router.post("/conversations/{conversation_id}/transfer")
async def transfer(context: ContextNow, agent: Writer, conversation_id: Id, body: Transfer) -> StateNow:
    """To a colleague, or back into the queue for a team. Leads may move any chat."""
    return state_now(await context.desk.transfer(conversation_id, agent, body))


@router.get("/audit")
async def audit(
    context: ContextNow, admin: AdminReader, limit: Annotated[int, Query(ge=1, le=1_000)] = 200
) -> AuditTrail:
    """Who did what, the newest first. For admins."""
    found = await context.store.audit.entries(limit=limit)
    return AuditTrail(
        entries=[
            AuditLine(at=e.at, who=e.who, action=e.action, conversation_id=e.conversation_id, detail=e.detail)
            for e in found
        ]
    )


@router.get("/conversations/{conversation_id}/export")
async def export(context: ContextNow, lead: LeadReader, conversation_id: Id) -> Json:
    """All that is kept of a conversation. For leads and admins."""
    return await context.erasure.export(conversation_id, who=lead.id)


@router.post("/conversations/{conversation_id}/erase")
async def erase(context: ContextNow, admin: Admin, conversation_id: Id) -> Erased:
    """Remove a conversation with everything that belongs to it. For admins; there is a receipt, and no way back."""
    return await context.erasure.erase([conversation_id], who=admin.id)
