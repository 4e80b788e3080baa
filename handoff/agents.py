"""Agents at the door: passwords, sessions, CSRF tokens and the presence lease."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email

from handoff.errors import CsrfMissing, InvalidField, Unauthorized
from handoff.store import Agent, AuditEntry, Store
from handoff.wire import Role

ROLES = get_args(Role)
MIN_PASSWORD_CHARS = 10
HASHING_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in agent, and the token that each of their writes must carry."""

    agent: Agent
    csrf: str


def hash_token(token: str) -> str:
    """What is stored of a random token. It has 256 bits of its own, so it needs no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def same_token(token: str, token_hash: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(hash_token(token), token_hash)


class Agents:
    """Signing in and out, and staying present."""

    def __init__(self, store: Store, clock: Callable[[], datetime], *, session_hours: float, lease_s: float) -> None:
        self.store = store
        self.clock = clock
        self.session_hours = session_hours
        self.lease_s = lease_s
        self.hasher = PasswordHasher()
        # A hash takes some 50 ms and 64 MB; more at once would starve the chats.
        self._hashing = asyncio.Semaphore(HASHING_AT_ONCE)
        self._nobody = ""

    async def add(self, email: str, password: str, *, name: str = "", role: str = "agent", by: str = "") -> Agent:
        """Make a new agent; raises InvalidField when address, password or role will not do.

        `by` is the admin who does it, for the audit log.
        """
        if role not in ROLES:
            raise InvalidField(f"The role is one of {', '.join(ROLES)}.", field="role")
        address = _checked_email(email)
        agent = Agent(
            id=f"a_{secrets.token_urlsafe(9)}",
            email=address,
            name=name.strip() or _name_from(address),
            role=role,
            password_hash=await self.hash_password(password),
            created_at=self.clock(),
        )
        entry = AuditEntry(agent.created_at, by, "add_agent", None, {"agent": agent.id}) if by else None
        await self.store.people.add(agent, entry)
        return agent

    async def hash_password(self, password: str) -> str:
        """The argon2id hash; raises InvalidField when the password is too short."""
        if len(password) < MIN_PASSWORD_CHARS:
            raise InvalidField(f"A password has at least {MIN_PASSWORD_CHARS} characters.", field="password")
        async with self._hashing:
            return await asyncio.to_thread(self.hasher.hash, password)

    async def sign_in(self, email: str, password: str) -> tuple[str, Session]:
        """The session's secret (for the cookie) and the session; raises Unauthorized, always after the same work."""
        agent = await self.store.people.by_email(email)
        if not await self._fits(agent, password) or agent is None:
            await self.store.audit.record(AuditEntry(self.clock(), agent.id if agent else "unknown", "sign_in_failed"))
            raise Unauthorized("This e-mail address and password do not fit together.")
        token, csrf, now = secrets.token_urlsafe(32), secrets.token_urlsafe(24), self.clock()
        await self.store.people.open_session(
            token_hash=hash_token(token),
            agent_id=agent.id,
            csrf=csrf,
            created_at=now,
            expires_at=now + timedelta(hours=self.session_hours),
        )
        await self.renew(agent.id)
        await self.store.audit.record(AuditEntry(now, agent.id, "sign_in"))
        return token, Session(agent, csrf)

    async def _fits(self, agent: Agent | None, password: str) -> bool:
        async with self._hashing:
            if not self._nobody:
                self._nobody = await asyncio.to_thread(self.hasher.hash, secrets.token_urlsafe(16))
            password_hash = agent.password_hash if agent else self._nobody
            try:
                return await asyncio.to_thread(self.hasher.verify, password_hash, password)
            except (VerificationError, InvalidHashError):
                return False

    async def session(self, token: str | None) -> Session:
        """Who is signed in with this cookie; raises Unauthorized."""
        found = await self.store.people.by_session(hash_token(token), self.clock()) if token else None
        if found is None:
            raise Unauthorized("Sign in first: there is no session, or it has ended.")
        return Session(*found)

    @staticmethod
    def check_csrf(session: Session, header: str | None) -> None:
        if header is None or not hmac.compare_digest(header.encode(), session.csrf.encode()):
            raise CsrfMissing("The X-CSRF-Token header is missing or not the one of this session.")

    async def sign_out(self, token: str, agent_id: str) -> None:
        await self.store.people.close_session(hash_token(token))
        await self.store.people.leave(agent_id)

    async def renew(self, agent_id: str) -> None:
        """The agent has been heard from: the presence lease runs from now."""
        await self.store.people.renew_presence(agent_id, self.clock() + timedelta(seconds=self.lease_s))


def _checked_email(email: str) -> str:
    try:
        # Local desks use names that no public mail server would have.
        return validate_email(email, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise InvalidField(f"This is not an e-mail address: {error}", field="email") from None


def _name_from(email: str) -> str:
    return email.split("@")[0].replace(".", " ").replace("_", " ").title()
