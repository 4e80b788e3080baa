"""What an agent may do over HTTP: sign in, see the queue, take a conversation, answer, hand it on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Cookie, Query, Request, Response

from handoff.agents import Session
from handoff.errors import Unauthorized
from handoff.routes.context import COOKIE, REFUSALS, ContextNow, Reader, Writer, address, check_origin
from handoff.routes.shopper import Id, state_now
from handoff.store import Agent, StoredNote
from handoff.wire import (
    Accepted,
    AgentName,
    AgentSearch,
    AgentSelf,
    Brief,
    Note,
    NoteAccepted,
    NoteEvent,
    PageInView,
    Queue,
    Reply,
    Resolve,
    SignedIn,
    SignIn,
    State,
    StateNow,
    Transcript,
)
from knowledge.wire.search import SearchResult

router = APIRouter(prefix="/api/v1", tags=["agent"], responses=REFUSALS)


def agent_self(agent: Agent) -> AgentSelf:
    """An agent as they see themselves."""
    return AgentSelf.model_validate({"id": agent.id, "email": agent.email, "name": agent.name, "role": agent.role})


def _signed_in(session: Session) -> SignedIn:
    return SignedIn(agent=agent_self(session.agent), csrf=session.csrf)


@router.post("/session")
async def sign_in(request: Request, response: Response, context: ContextNow, body: SignIn) -> SignedIn:
    """Sign in. The cookie is the session; `csrf` goes into the X-CSRF-Token header of every write."""
    check_origin(request)
    keys = (f"address {address(request)}", f"agent {body.email.strip().lower()}")
    for key in keys:
        await context.limits.check("sign_in", key)
    try:
        token, session = await context.agents.sign_in(body.email, body.password)
    except Unauthorized:
        for key in keys:
            await context.limits.hit("sign_in", key)
        raise
    context.desk.queue_changed()
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(context.settings.session_hours * 3600),
        httponly=True,
        samesite="strict",
        secure=context.settings.secure_cookies,
    )
    return _signed_in(session)


@router.get("/session")
async def who(session: Reader) -> SignedIn:
    """Who is signed in."""
    return _signed_in(session)


@router.delete("/session", status_code=204)
async def sign_out(
    response: Response, context: ContextNow, agent: Writer, cornerdesk_session: Annotated[str, Cookie()] = ""
) -> None:
    await context.agents.sign_out(cornerdesk_session, agent.id)
    response.delete_cookie(COOKIE)


@router.get("/queue")
async def queue(context: ContextNow, session: Reader) -> Queue:
    """Waiting, assigned and left conversations, in the order in which they are taken."""
    return await context.queue_view.draw()


@router.get("/conversations")
async def conversations(
    context: ContextNow,
    session: Reader,
    q: Annotated[str, Query(max_length=200)] = "",
    state: State | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Queue:
    """Conversations in which all these words were written, the last changed first."""
    return await context.queue_view.draw(await context.store.chats.search(q.lower().split(), state, limit))


@router.get("/conversations/{conversation_id}", response_model_exclude_none=False)
async def transcript(context: ContextNow, session: Reader, conversation_id: Id) -> Transcript:
    """The whole story: events, brief, page and notes."""
    chat = await context.store.chats.find(conversation_id)
    events = await context.store.chats.all_events(conversation_id)
    notes = await context.store.chats.notes(conversation_id)
    names = await context.store.people.names([chat.agent_id, *(n.agent_id for n in notes)])
    return Transcript.model_validate(
        {
            "conversation_id": chat.id,
            "state": chat.state,
            "version": chat.version,
            "episode": chat.episode,
            "reason": chat.reason,
            "brief": Brief.model_validate(chat.brief) if chat.brief else None,
            "page": PageInView.model_validate(chat.page) if chat.page else None,
            "opened_at": chat.opened_at,
            "waiting_since": chat.waiting_since,
            "agent": names.get(chat.agent_id or ""),
            "email": chat.email,
            "language": chat.language,
            "team": chat.team,
            "tags": chat.tags or [],
            "viewers": (await context.viewers.of(conversation_id)).agents,
            "events": [e.wire() for e in events],
            "notes": [_note(n, names) for n in notes],
            "shopper_read_seq": chat.shopper_read_seq,
        }
    )


def _note(note: StoredNote, names: dict[str, AgentName]) -> NoteEvent:
    agent = names.get(note.agent_id, AgentName(id=note.agent_id, name="Former colleague"))
    return NoteEvent(number=note.number, at=note.at, agent=agent, text=note.text)


@router.post("/conversations/{conversation_id}/claim")
async def claim(context: ContextNow, agent: Writer, conversation_id: Id) -> StateNow:
    """Take a waiting conversation; 409 already_claimed when somebody was faster."""
    return state_now(await context.desk.claim(conversation_id, agent))


@router.post("/conversations/{conversation_id}/release")
async def release(context: ContextNow, agent: Writer, conversation_id: Id) -> StateNow:
    """Put it back into the queue, at its old place."""
    return state_now(await context.desk.release(conversation_id, agent))


@router.post("/conversations/{conversation_id}/return")
async def give_back(context: ContextNow, agent: Writer, conversation_id: Id) -> StateNow:
    """Give it back to the assistant."""
    return state_now(await context.desk.return_to_bot(conversation_id, agent))


@router.post("/conversations/{conversation_id}/resolve")
async def resolve(context: ContextNow, agent: Writer, conversation_id: Id, body: Resolve | None = None) -> StateNow:
    """Done, and how."""
    how = body or Resolve()
    return state_now(await context.desk.resolve(conversation_id, agent, how.disposition, how.tags))


@router.post("/conversations/{conversation_id}/replies")
async def reply(context: ContextNow, agent: Writer, conversation_id: Id, body: Reply) -> Accepted:
    """Answer the shopper; the same client_id again gives the same seq."""
    return Accepted(seq=await context.desk.reply(conversation_id, agent, body))


@router.post("/conversations/{conversation_id}/notes")
async def note(context: ContextNow, agent: Writer, conversation_id: Id, body: Note) -> NoteAccepted:
    """A note among agents, never shown to the shopper."""
    return NoteAccepted(number=await context.desk.note(conversation_id, agent, body.text))


@router.post("/knowledge/search")
async def search(context: ContextNow, agent: Writer, body: AgentSearch) -> SearchResult:
    """Search the pages beside a chat."""
    return await context.knowledge.search(body.question, body.page)
