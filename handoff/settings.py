"""The bridge's settings: read once from the environment (and `.env`), frozen, and passed in."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from handoff.errors import SettingsError
from handoff.queue.hours import Hours, parse_hours
from handoff.urls import parts_of
from handoff.wire import ShopSettings


class Settings(BaseSettings):
    """Every setting of the bridge. Names are upper-cased and prefixed `CORNERDESK_` unless given otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="CORNERDESK_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    inner_token: SecretStr = Field(min_length=16)
    """The secret shared by the four processes; 16 characters or more."""
    database_url: str = Field("sqlite+aiosqlite:///var/cornerdesk.sqlite3", validation_alias="DATABASE_URL")
    """Where conversations are kept: SQLite, or PostgreSQL as `postgresql+asyncpg://…`."""
    redis_url: str = Field("", validation_alias="REDIS_URL")
    """Empty: wake-ups stay inside this process."""

    host: str = "127.0.0.1"
    """The address that the bridge listens on; `0.0.0.0` for all."""
    port: int = Field(8000, ge=0, le=65535)
    """The bridge's port."""
    public_url: str = ""
    """How browsers reach the bridge (https://support.example); with https, cookies are marked Secure."""
    allowed_origins: str = ""
    """Other sites that may load the widget and talk to the bridge: origins, comma-separated."""
    trusted_proxies: str = "127.0.0.1"
    """Addresses whose X-Forwarded-For is believed, comma-separated."""

    knowledge_url: str = "http://127.0.0.1:5056"
    """Where the knowledge service answers."""
    engine_url: str = "http://127.0.0.1:5005"
    """Where the engine answers; several, comma-separated, share the conversations."""
    actions_url: str = "http://127.0.0.1:5055/webhook"
    """Where the engine finds the actions."""
    pages: Path = Path("knowledge/pages")
    """The folder of the shop's pages, for the demo shop."""

    engine_timeout_s: float = Field(10.0, gt=0)
    """How long the engine may take for one turn."""
    engine_turns: int = Field(32, ge=1)
    """How many turns may be with the engine at once, from this process."""

    shop_name: str = "Fell & Ford"
    """What shoppers and agents read as the shop's name."""
    shop_promise: str = "Answers at once from our own pages, and a person whenever you ask for one."
    """What shoppers are promised before they write."""
    shop_language: str = "en"
    """The shop's own language, an ISO 639-1 code."""

    emergency: str = Field("112", min_length=1)
    """The number that whoever may be in danger is told to call when nobody is at the desk: 911 in North America."""
    hours: str = ""
    """When people are at the desk, as `Mon-Fri 9:00-18:00, Sat 10:00-16:00`; empty means always."""
    timezone: str = "Europe/Brussels"
    """The shop's time zone, by its IANA name."""
    holidays: str = ""
    """Dates on which nobody is there (2026-12-25), comma-separated."""
    first_reply_s: float = Field(300.0, ge=0)
    """The promise about a person's first words, in seconds of waiting; 0 promises nothing."""
    resolution_s: float = Field(86_400.0, ge=0)
    """The promise about being done; 0 promises nothing."""
    assignment: Literal["pull", "auto"] = "pull"
    """Whether agents take chats, or get them: the least loaded who fits, within their capacity."""
    idle_minutes: float = Field(60.0, ge=0)
    """After how long a shopper's silence a chat is closed kindly; 0 never."""
    retention_days: float = Field(0.0, ge=0)
    """After how many days a resolved conversation is erased; 0 keeps it."""

    learning_half_life_days: float = Field(90.0, gt=0)
    """After how many days what a shopper or an agent confirmed counts half for what is suggested to learn."""
    rate_limits: Literal["on", "off"] = "on"
    """`off` is for measuring only."""
    conversations_per_minute: int = Field(600, ge=1)
    """New conversations from one address."""
    messages_per_minute: int = Field(300, ge=1)
    """A shopper's messages and commands in one conversation."""
    requests_per_minute: int = Field(12_000, ge=1)
    """All requests and frames from one address."""
    sign_ins_per_minute: int = Field(10, ge=1)
    """Failed attempts to sign in from one address, and for one agent."""

    webhook_url: str = ""
    """Where the shop's own systems hear of what happens; empty tells nobody."""
    webhook_secret: SecretStr = SecretStr("")
    """The key of each webhook's signature."""
    smtp_url: str = ""
    """smtp://user:password@host:587 (smtps:// for TLS from the start); empty sends no mail."""
    mail_from: str = "help@fellandford.example"
    """The sender of every mail."""

    lease_s: float = Field(45.0, gt=0)
    """An agent who has not been heard from for this long is no longer at the desk."""
    session_hours: float = Field(12.0, gt=0)
    """How long an agent stays signed in."""

    @field_validator("database_url")
    @classmethod
    def _async_driver(cls, url: str) -> str:
        """Plain `postgresql://` and `sqlite://` addresses get the driver that the bridge uses."""
        for plain, driven in (
            ("postgres://", "postgresql+asyncpg://"),
            ("postgresql://", "postgresql+asyncpg://"),
            ("sqlite://", "sqlite+aiosqlite://"),
        ):
            if url.startswith(plain):
                return driven + url.removeprefix(plain)
        return url

    @field_validator("knowledge_url", "engine_url", "actions_url", "public_url", "webhook_url", "smtp_url")
    @classmethod
    def _addresses(cls, urls: str) -> str:
        """One address, or several with commas between them."""
        if not all(parts_of(url.strip()) for url in urls.split(",")):
            raise ValueError("it is no address")
        return urls

    @model_validator(mode="after")
    def _readable(self) -> Settings:
        try:
            self.opening  # noqa: B018 - hours that cannot be read stop the start
        except ValueError as error:
            raise ValueError(f"CORNERDESK_HOURS, CORNERDESK_TIMEZONE or CORNERDESK_HOLIDAYS: {error}") from None
        if self.webhook_url and len(self.webhook_secret.get_secret_value()) < 16:
            raise ValueError("CORNERDESK_WEBHOOK_SECRET needs 16 characters or more when CORNERDESK_WEBHOOK_URL is set")
        return self

    @cached_property
    def opening(self) -> Hours:
        return parse_hours(self.hours, self.timezone, self.holidays)

    @property
    def shop_settings(self) -> ShopSettings:
        """What an admin may change while the desk runs, as the environment has it."""
        return ShopSettings(
            hours=self.hours,
            timezone=self.timezone,
            holidays=sorted(self.opening.holidays),
            first_reply_s=self.first_reply_s,
            resolution_s=self.resolution_s,
            assignment=self.assignment,
            idle_minutes=self.idle_minutes,
            retention_days=self.retention_days,
            shop_name=self.shop_name,
            promise=self.shop_promise,
            language=self.shop_language,
            greetings=[],
        )

    @property
    def origins(self) -> frozenset[str]:
        """The allow-list of other sites, without trailing slashes."""
        return frozenset(o.strip().rstrip("/").lower() for o in self.allowed_origins.split(",") if o.strip())

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")


def read_settings(**overrides: object) -> Settings:
    """The settings, or SettingsError with one sentence that names the variable and the remedy."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    if not first["loc"]:
        return (
            f"A setting cannot be used ({first['msg'].removeprefix('Value error, ')}): correct it in the environment."
        )
    name = str(first["loc"][0])
    variable = name if name.isupper() else f"CORNERDESK_{name.upper()}"
    if name == "inner_token":
        return (
            f"{variable} is missing or shorter than 16 characters: set it to one random secret shared by all four "
            "processes, for example with `export CORNERDESK_INNER_TOKEN=$(openssl rand -hex 32)`."
        )
    why = first["msg"].removeprefix("Value error, ")
    return f"{variable} cannot be used ({why}): correct it in the environment or in .env."
