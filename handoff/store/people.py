"""Agents and their sign-ins in the database."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from handoff import tables as t
from handoff.conversation import Conversation
from handoff.errors import InvalidField, NotFound
from handoff.queue.order import AgentLoad
from handoff.store.audit import record
from handoff.store.database import Database
from handoff.store.rows import Agent, AuditEntry
from handoff.store.unit_of_work import UnitOfWork, write
from handoff.wire import AgentChanges, AgentName

_agent = select(t.agents)
_chats_of = (
    select(t.conversations)
    .where(t.conversations.c.state == "assigned", t.conversations.c.agent_id == bindparam("agent_id"))
    .order_by(t.conversations.c.priority, t.conversations.c.waiting_since, t.conversations.c.id)
    .with_for_update()
)


class People:
    """Agents by the verbs of the desk. E-mail addresses are kept in lower case."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def add(self, agent: Agent, entry: AuditEntry | None = None) -> None:
        """Store a new agent, with a line in the audit log; raises InvalidField when the address is taken."""
        try:
            async with self.database.writing() as connection:
                await connection.execute(insert(t.agents).values(**asdict(agent)))
                await record(connection, entry)
        except IntegrityError:
            raise InvalidField(f"There is an agent with the address {agent.email} already.", field="email") from None

    async def by_email(self, email: str) -> Agent | None:
        wanted = _agent.where(t.agents.c.email == email.strip().lower(), t.agents.c.disabled_at.is_(None))
        async with self.database.reading() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return Agent(**row._mapping) if row else None

    async def by_id(self, agent_id: str) -> Agent | None:
        wanted = _agent.where(t.agents.c.id == agent_id, t.agents.c.disabled_at.is_(None))
        async with self.database.glancing() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        return Agent(**row._mapping) if row else None

    async def on_duty(self, at: datetime) -> list[AgentLoad]:
        """Everybody on duty at `at`, with how many chats they have."""
        c = t.agents.c
        load = (
            select(t.conversations.c.agent_id, func.count().label("chats"))
            .where(t.conversations.c.state == "assigned")
            .group_by(t.conversations.c.agent_id)
            .subquery()
        )
        wanted = (
            select(c.id, c.capacity, c.team, c.languages, c.skills, func.coalesce(load.c.chats, 0).label("chats"))
            .outerjoin(load, load.c.agent_id == c.id)
            .where(c.available, c.disabled_at.is_(None), c.present_until > at)
        )
        async with self.database.reading() as connection:
            rows = (await connection.execute(wanted)).all()
        return [AgentLoad(r.id, r.chats, r.capacity, r.team, frozenset(r.languages), frozenset(r.skills)) for r in rows]

    async def loads(self) -> dict[str, int]:
        """How many chats each agent has."""
        c = t.conversations.c
        wanted = select(c.agent_id, func.count()).where(c.state == "assigned").group_by(c.agent_id)
        async with self.database.reading() as connection:
            return {row[0]: row[1] for row in await connection.execute(wanted)}

    async def change(self, agent_id: str, changes: AgentChanges, entry: AuditEntry | None = None) -> None:
        """Change what is named of an agent, with a line in the audit log. Only a team can be taken away by null."""
        named = changes.model_dump(exclude_unset=True)
        values = {name: value for name, value in named.items() if value is not None or name == "team"}
        if not values:
            return
        async with self.database.writing() as connection:
            await connection.execute(update(t.agents).where(t.agents.c.id == agent_id).values(**values))
            await record(connection, entry)

    async def disable(
        self,
        agent_id: str,
        entry: AuditEntry,
        put_back: Callable[[UnitOfWork], Awaitable[None]],
        announce: Callable[[UnitOfWork], None],
    ) -> None:
        """Have an agent no longer sign in, and each of their chats put back, with a line in the audit log.

        All of it in one transaction; each chat is announced once that is committed. Raises NotFound.
        """
        done: list[UnitOfWork] = []

        def after() -> None:
            for work in done:
                announce(work)

        async with self.database.writing(after) as connection:
            person = update(t.agents).where(t.agents.c.id == agent_id, t.agents.c.disabled_at.is_(None))
            left = await connection.execute(person.values(disabled_at=entry.at, present_until=None))
            if left.rowcount == 0:
                raise NotFound("There is no agent with this id.")
            for row in (await connection.execute(_chats_of, {"agent_id": agent_id})).all():
                work = UnitOfWork(Conversation(**row._mapping), entry.at, connection)
                await put_back(work)
                await write(connection, work)
                done.append(work)
            await record(connection, entry)

    async def set_password(self, agent_id: str, password_hash: str) -> None:
        """Change the password and end every session of this agent."""
        async with self.database.writing() as connection:
            await connection.execute(
                update(t.agents).where(t.agents.c.id == agent_id).values(password_hash=password_hash)
            )
            await connection.execute(delete(t.sessions).where(t.sessions.c.agent_id == agent_id))

    async def all(self) -> list[Agent]:
        async with self.database.reading() as connection:
            found = await connection.execute(_agent.where(t.agents.c.disabled_at.is_(None)).order_by(t.agents.c.name))
            return [Agent(**row._mapping) for row in found]

    async def names(self, agent_ids: Iterable[str | None]) -> dict[str, AgentName]:
        """How each of these agents is called."""
        wanted = select(t.agents.c.id, t.agents.c.name).where(t.agents.c.id.in_({i for i in agent_ids if i}))
        async with self.database.glancing() as connection:
            return {row.id: AgentName(id=row.id, name=row.name) for row in await connection.execute(wanted)}

    async def open_session(
        self, *, token_hash: str, agent_id: str, csrf: str, created_at: datetime, expires_at: datetime
    ) -> None:
        async with self.database.writing() as connection:
            await connection.execute(delete(t.sessions).where(t.sessions.c.expires_at < created_at))
            await connection.execute(
                insert(t.sessions).values(
                    token_hash=token_hash, agent_id=agent_id, csrf=csrf, created_at=created_at, expires_at=expires_at
                )
            )

    async def by_session(self, token_hash: str, at: datetime) -> tuple[Agent, str] | None:
        """The agent and the CSRF token of a session that has not ended."""
        wanted = select(t.agents, t.sessions.c.csrf).join(
            t.sessions, and_(t.sessions.c.agent_id == t.agents.c.id, t.sessions.c.token_hash == token_hash)
        )
        wanted = wanted.where(t.sessions.c.expires_at > at, t.agents.c.disabled_at.is_(None))
        async with self.database.glancing() as connection:
            row = (await connection.execute(wanted)).one_or_none()
        if row is None:
            return None
        values = dict(row._mapping)
        csrf = values.pop("csrf")
        return Agent(**values), csrf

    async def close_session(self, token_hash: str) -> None:
        async with self.database.writing() as connection:
            await connection.execute(delete(t.sessions).where(t.sessions.c.token_hash == token_hash))

    async def renew_presence(self, agent_id: str, until: datetime) -> None:
        async with self.database.writing() as connection:
            await connection.execute(update(t.agents).where(t.agents.c.id == agent_id).values(present_until=until))

    async def leave(self, agent_id: str) -> None:
        async with self.database.writing() as connection:
            await connection.execute(update(t.agents).where(t.agents.c.id == agent_id).values(present_until=None))

    async def gone(self, at: datetime) -> list[str]:
        """Agents who hold conversations but have not been heard from in time."""
        wanted = (
            select(t.agents.c.id)
            .join(t.conversations, t.conversations.c.agent_id == t.agents.c.id)
            .where(
                t.conversations.c.state == "assigned",
                func.coalesce(t.agents.c.present_until < at, True),
            )
            .distinct()
        )
        async with self.database.glancing() as connection:
            return list((await connection.execute(wanted)).scalars())
