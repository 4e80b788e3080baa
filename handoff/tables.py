"""The tables, as SQLAlchemy Core sees them. Migrations make them; `store/` is alone in using them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, always in UTC. SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    # Who has it. Every change of owner raises `version`, and is written only where `version` is still the old one.
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("episode", Integer, nullable=False),
    Column("agent_id", String(64)),
    # Its place in the queue: the priority (0 first), then since when.
    Column("reason", String(32)),
    Column("priority", Integer, nullable=False, default=0),
    Column("waiting_since", UtcDateTime),
    Column("assigned_at", UtcDateTime),
    # Numbering. `answered_seq`: the last shopper's message that the assistant is done with.
    Column("last_seq", Integer, nullable=False, default=0),
    Column("last_note", Integer, nullable=False, default=0),
    Column("last_shopper_seq", Integer, nullable=False, default=0),
    Column("answered_seq", Integer, nullable=False, default=0),
    Column("shopper_read_seq", Integer, nullable=False, default=0),
    Column("agent_read_seq", Integer, nullable=False, default=0),
    # The bot turn under way: one at a time, by whoever holds the token, until it runs out.
    Column("turn_token", String(64)),
    Column("turn_until", UtcDateTime),
    # Since when a shopper's message has been waiting for an agent's reply; null when none is.
    Column("unanswered_since", UtcDateTime),
    Column("page", JSON(none_as_null=True)),
    Column("brief", JSON(none_as_null=True)),
    Column("previous", JSON(none_as_null=True)),
    Column("choices", JSON(none_as_null=True)),
    Column("language", String(16)),
    # Who should take it, when that matters: a team, and skills that the agent must have.
    Column("team", String(50)),
    Column("tags", JSON(none_as_null=True)),
    # Where answers go when the shopper has left: only when they asked for it.
    Column("email", String(254)),
    # When the shopper last wrote or looked, and when they were asked whether they are still there.
    Column("shopper_at", UtcDateTime),
    Column("nudged_at", UtcDateTime),
    # For which due time people were warned already: of the next reply, of the resolution.
    Column("reply_warned", UtcDateTime),
    Column("resolve_warned", UtcDateTime),
    Column("turn_bridge", String(32)),
    Column("disposition", String(100)),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("resolved_at", UtcDateTime),
    Index("ix_conversations_state_priority_waiting_since", "state", "priority", "waiting_since"),
    Index("ix_conversations_agent_id", "agent_id"),
)

events = Table(
    "events",
    metadata,
    Column("conversation_id", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("type", String(16), nullable=False),
    # "shopper", "bot", "system" or "agent:<id>".
    Column("sender", String(80), nullable=False),
    Column("episode", Integer, nullable=False),
    Column("client_id", String(64)),
    Column("body", JSON, nullable=False),
    # What the engine is told instead of the text, when the shopper pressed a choice.
    Column("payload", Text),
    UniqueConstraint("conversation_id", "sender", "client_id"),
)

notes = Table(
    "notes",
    metadata,
    Column("conversation_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("agent_id", String(64), nullable=False),
    Column("text", Text, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    # One bot turn: the message that it answered, what the engine made of it, and how it ended.
    Column("conversation_id", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("episode", Integer, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("took_ms", Float, nullable=False),
    Column("report", JSON(none_as_null=True)),
)

confirmations = Table(
    "confirmations",
    metadata,
    # Somebody's word that a passage answers a question: what the content desk may learn from.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("conversation_id", String(64), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("passage_id", String(500), nullable=False),
    # A heading taken, a yes to "Was this it?", thanks for an answer, or an agent who gave the passage in a reply.
    Column("kind", String(16), nullable=False),
    Column("index_version", String(100)),
)

agents = Table(
    "agents",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("capacity", Integer, nullable=False, default=4),
    Column("available", Boolean, nullable=False, default=True),
    Column("team", String(50)),
    # Empty means any.
    Column("languages", JSON, nullable=False, server_default="[]"),
    Column("skills", JSON, nullable=False, server_default="[]"),
    # The presence lease: at the desk until then, unless heard from again.
    Column("present_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("agent_id", String(64), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

handlings = Table(
    "handlings",
    metadata,
    # How long a person had a conversation, and how long it had waited: what waits are estimated from.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("conversation_id", String(64), nullable=False),
    Column("agent_id", String(64), nullable=False),
    Column("waited_s", Float, nullable=False),
    Column("handled_s", Float, nullable=False),
)

bridges = Table(
    "bridges",
    metadata,
    # The bridge processes that are alive: what a dead one was computing is taken over at once.
    Column("id", String(32), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)

viewers = Table(
    "viewers",
    metadata,
    # Who has a conversation on the screen, until heard from again.
    Column("conversation_id", String(64), primary_key=True),
    Column("agent_id", String(64), primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    # What has to reach the outside world: written with the change it tells of, delivered afterwards.
    Column("id", String(40), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("conversation_id", String(64), nullable=False, index=True),
    Column("body", JSON, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    # Null when it is delivered or given up.
    Column("next_at", UtcDateTime, index=True),
    Column("delivered_at", UtcDateTime),
    Column("error", String(500)),
)

audit = Table(
    "audit",
    metadata,
    # Who did what, without any shopper's words.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("who", String(64), nullable=False),
    Column("action", String(40), nullable=False),
    Column("conversation_id", String(64), index=True),
    Column("detail", JSON(none_as_null=True)),
)

rules = Table(
    "rules",
    metadata,
    # What an admin has changed of the shop's settings; what is not here is as the environment says.
    Column("name", String(40), primary_key=True),
    Column("value", JSON, nullable=False),
)

canned = Table(
    "canned",
    metadata,
    # Replies that fill an agent's draft, in the order in which the lead put them.
    Column("name", String(40), primary_key=True),
    Column("text", Text, nullable=False),
    Column("position", Integer, nullable=False),
)
