"""What every address of the bridge works with, and how a request gets at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Cookie, Depends, Header
from starlette.requests import HTTPConnection

from handoff.agents import Agents, Session
from handoff.content_team import ContentTeam
from handoff.desk import Desk
from handoff.duties.duties import Duties
from handoff.duties.presence import Presence
from handoff.erasure import Erasure
from handoff.errors import Forbidden, Unauthorized
from handoff.health import HealthProbe
from handoff.hub import Hub
from handoff.knowledge_client import KnowledgeClient
from handoff.learning_desk import LearningDesk
from handoff.limits import Limits
from handoff.metrics import Metrics
from handoff.outbox.courier import Courier
from handoff.queue_view import QueueView
from handoff.settings import Settings
from handoff.store import Agent, Store
from handoff.turn_runner import TurnRunner
from handoff.viewers import ViewerLeases
from handoff.wire import ErrorAnswer

COOKIE = "cornerdesk_session"


@dataclass(frozen=True, slots=True)
class Context:
    """The parts of a running bridge."""

    settings: Settings
    clock: Callable[[], datetime]
    store: Store
    hub: Hub
    metrics: Metrics
    desk: Desk
    queue_view: QueueView
    agents: Agents
    knowledge: KnowledgeClient
    content_team: ContentTeam
    learning_desk: LearningDesk
    health: HealthProbe
    turn_runner: TurnRunner
    presence: Presence
    duties: Duties
    courier: Courier
    viewers: ViewerLeases
    limits: Limits
    erasure: Erasure


def context_of(connection: HTTPConnection) -> Context:
    context: Context = connection.app.state.context
    return context


def bearer(authorization: Annotated[str | None, Header()] = None) -> str:
    """The shopper's token; raises Unauthorized."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("Send the conversation's token as `Authorization: Bearer <token>`.")
    return token.strip()


def address(connection: HTTPConnection) -> str:
    """Where the request comes from, for counting; uvicorn has believed the proxies that may be believed."""
    return connection.client.host if connection.client else "unknown"


async def counted(connection: HTTPConnection) -> None:
    """Every request counts towards its address; raises RateLimited."""
    await context_of(connection).limits.hit("requests", address(connection))


ContextNow = Annotated[Context, Depends(context_of)]
Token = Annotated[str, Depends(bearer)]


async def signed_in(context: ContextNow, cornerdesk_session: Annotated[str | None, Cookie()] = None) -> Session:
    """Who reads, by the session cookie. Being heard from keeps the agent present."""
    session = await context.agents.session(cornerdesk_session)
    await context.agents.renew(session.agent.id)
    return session


Reader = Annotated[Session, Depends(signed_in)]


async def may_write(
    context: ContextNow, session: Reader, x_csrf_token: Annotated[str | None, Header()] = None
) -> Agent:
    """Who writes: the session's agent, with the session's CSRF token."""
    context.agents.check_csrf(session, x_csrf_token)
    return session.agent


Writer = Annotated[Agent, Depends(may_write)]


def check_origin(connection: HTTPConnection) -> None:
    """Refuse a browser's WebSocket or sign-in from a site that is neither ours nor allowed; raises Forbidden."""
    origin = connection.headers.get("origin")
    if origin is None:
        return
    settings = context_of(connection).settings
    own = {f"{scheme}://{connection.headers.get('host', '')}".lower() for scheme in ("http", "https")}
    allowed = own | settings.origins | ({settings.public_url.rstrip("/").lower()} if settings.public_url else set())
    if origin.rstrip("/").lower() not in allowed:
        raise Forbidden("This site may not talk to the desk: add its origin to CORNERDESK_ALLOWED_ORIGINS.")


REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorAnswer} for status in (400, 401, 403, 404, 409, 413, 422, 429, 503)
}
