"""The bridge: `python -m handoff.app` serves it, `create_app` makes it."""

from __future__ import annotations

import asyncio
import errno
import secrets
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime

import httpx
import structlog
import uvicorn
from fastapi import Depends, FastAPI
from starlette.middleware.cors import CORSMiddleware

from handoff import logs
from handoff.agents import Agents
from handoff.content_team import ContentTeam
from handoff.desk import Desk
from handoff.duties.duties import Duties
from handoff.duties.presence import Presence
from handoff.duties.roster import roster
from handoff.engine import Engine, HttpEngine
from handoff.erasure import Erasure
from handoff.errors import SettingsError
from handoff.guards import Guards
from handoff.health import HealthProbe
from handoff.hub import Hub
from handoff.knowledge_client import KnowledgeClient
from handoff.learning_desk import LearningDesk
from handoff.limits import Limits
from handoff.metrics import Metrics
from handoff.outbox.channel import FORGET, MAIL, WEBHOOK, Channel
from handoff.outbox.courier import Courier
from handoff.outbox.forgetting import Forgetting
from handoff.outbox.mail import Mail, Mailer
from handoff.outbox.webhooks import Webhooks
from handoff.queue.rules import Rules
from handoff.queue_view import QueueView
from handoff.redis_hub import RedisHub
from handoff.routes import (
    agent,
    agent_socket,
    canned,
    content,
    figures,
    learned,
    operation,
    people,
    refusals,
    screens,
    shop,
    shopper,
    shopper_socket,
)
from handoff.routes import (
    settings as settings_routes,
)
from handoff.routes.context import Context, counted
from handoff.screens import Screens
from handoff.settings import Settings, read_settings
from handoff.store import Database, Store
from handoff.turn_runner import TurnRunner
from handoff.turns import TURN_GRACE_S
from handoff.viewers import ViewerLeases

SWITCH_S = 0.0005
MAX_FRAME_BYTES = 256 * 1024


def now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    engine: Engine | None = None,
    clock: Callable[[], datetime] = now,
    inner: httpx.AsyncBaseTransport | None = None,
) -> FastAPI:
    """The bridge as an ASGI application. `engine` and `inner` (the way to knowledge and actions) can be faked."""
    app = FastAPI(title="Cornerdesk", version="1", lifespan=_lifespan(settings, engine, clock, inner))
    refusals.install(app)
    for routes in (shop, shopper, agent, people, figures, canned, settings_routes, content, learned):
        app.include_router(routes.router, dependencies=[Depends(counted)])
    for routes in (operation, shopper_socket, agent_socket, screens):
        app.include_router(routes.router)
    app.state.screens = Screens(settings.pages, settings.shop_name)
    app.add_middleware(Guards)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=sorted(settings.origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
            max_age=3600,
        )
    return app


def _lifespan(
    settings: Settings, engine: Engine | None, clock: Callable[[], datetime], inner: httpx.AsyncBaseTransport | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        token = settings.inner_token.get_secret_value()
        talker = engine or HttpEngine(settings.engine_url, token, timeout_s=settings.engine_timeout_s)
        context = furnish(settings, talker, clock, inner)
        app.state.context = context
        await context.store.database.migrate()
        await context.presence.heartbeat()
        await context.desk.read_rules()
        await context.hub.start()
        context.queue_view.start()
        context.duties.start()
        try:
            yield
        finally:
            await context.duties.stop()
            await context.presence.leave()
            await context.turn_runner.stop()
            await context.queue_view.stop()
            await context.hub.stop()
            for part in (context.courier, context.knowledge, context.health, talker, context.store.database):
                await part.close()

    return lifespan


def furnish(
    settings: Settings, engine: Engine, clock: Callable[[], datetime], inner: httpx.AsyncBaseTransport | None = None
) -> Context:
    """Put the parts of a bridge together; nothing is opened yet."""
    store, metrics = Store(Database(settings.database_url)), Metrics()
    hub = RedisHub(settings.redis_url, metrics) if settings.redis_url else Hub()
    rules = Rules(
        settings.shop_settings,
        webhooks=bool(settings.webhook_url),
        mail=bool(settings.smtp_url),
        emergency=settings.emergency,
    )
    lasts_s = settings.engine_timeout_s + TURN_GRACE_S
    bridge_id = secrets.token_hex(8)
    desk = Desk(store, hub, metrics, clock, turn_lasts_s=lasts_s, bridge_id=bridge_id, rules=rules)
    turn_runner = TurnRunner(desk, engine, at_once=settings.engine_turns)
    desk.start_turn = turn_runner.start
    courier = Courier(store, metrics, clock, {FORGET: Forgetting(engine), **channels(settings, clock, inner)})
    erasure = Erasure(store, clock, engine)
    presence = Presence(desk)
    knowledge = KnowledgeClient(settings.knowledge_url, settings.inner_token.get_secret_value(), inner)
    return Context(
        settings=settings,
        clock=clock,
        store=store,
        hub=hub,
        metrics=metrics,
        desk=desk,
        queue_view=QueueView(store, hub, metrics, clock, rules=rules),
        agents=Agents(store, clock, session_hours=settings.session_hours, lease_s=settings.lease_s),
        knowledge=knowledge,
        content_team=ContentTeam(store, knowledge, clock),
        learning_desk=LearningDesk(store, knowledge, clock, settings.learning_half_life_days),
        health=HealthProbe(settings, store, inner),
        turn_runner=turn_runner,
        courier=courier,
        viewers=ViewerLeases(store, hub, clock, settings.lease_s),
        limits=Limits(settings),
        erasure=erasure,
        presence=presence,
        duties=Duties(roster(desk, presence, turn_runner, courier, erasure)),
    )


def channels(
    settings: Settings, clock: Callable[[], datetime], transport: httpx.AsyncBaseTransport | None
) -> dict[str, Channel]:
    """The ways out that are set up."""
    found: dict[str, Channel] = {}
    if settings.webhook_url:
        secret = settings.webhook_secret.get_secret_value()
        found[WEBHOOK] = Webhooks(settings.webhook_url, secret, clock, transport)
    if settings.smtp_url:
        found[MAIL] = Mail(Mailer(settings.smtp_url, settings.mail_from))
    return found


def bind(host: str, port: int) -> socket.socket:
    """The listening socket; raises SettingsError when the port is taken or not ours to use."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        why = "is taken by another process" if error.errno == errno.EADDRINUSE else f"cannot be used ({error})"
        raise SettingsError(
            f"Port {port} on {host} {why}: stop the other process, or set CORNERDESK_PORT to a free one."
        ) from None
    return listening


async def _check_database(settings: Settings) -> None:
    """Migrate before anything listens; raises SettingsError when the database cannot be used."""
    database = Database(settings.database_url)
    try:
        await database.migrate()
    finally:
        await database.close()


def serve(settings: Settings) -> None:
    """Serve until told to stop."""
    listening = bind(settings.host, settings.port)
    asyncio.run(_check_database(settings))
    logs.set_up()
    # A commit's thread must not wait the usual 5 ms for its turn each time it comes back from the disk.
    sys.setswitchinterval(SWITCH_S)
    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",
        access_log=False,
        ws_max_size=MAX_FRAME_BYTES,
        # Chat frames are small; compressing each socket's would cost more memory than it saves.
        ws_per_message_deflate=False,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    structlog.get_logger().info("bridge_listening", host=settings.host, port=listening.getsockname()[1])
    server.run(sockets=[listening])
    if not server.started:
        raise SettingsError("The bridge could not start; the lines above say why.")


def main() -> int:
    """Read the settings and serve; a wrong setting ends with one sentence and exit code 1."""
    try:
        serve(read_settings())
    except SettingsError as error:
        print(f"cornerdesk: {error.message}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
