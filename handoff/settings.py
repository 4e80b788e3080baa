"""The bridge's settings: read once from the environment (and `.env`), frozen, and passed in."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from handoff.errors import SettingsError


class Settings(BaseSettings):
    """Every setting of the bridge. Names are upper-cased and prefixed `CORNERDESK_` unless given otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="CORNERDESK_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    inner_token: SecretStr = Field(min_length=16)
    """The secret shared by the four processes; 16 characters or more."""
    database_url: str = Field("sqlite+aiosqlite:///var/cornerdesk.sqlite3", validation_alias="DATABASE_URL")
    redis_url: str = Field("", validation_alias="REDIS_URL")
    """Empty: wake-ups stay inside this process."""

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    public_url: str = ""
    """How browsers reach the bridge (https://support.example); with https, cookies are marked Secure."""
    allowed_origins: str = ""
    """Other sites that may load the widget and talk to the bridge: origins, comma-separated."""
    trusted_proxies: str = "127.0.0.1"
    """Addresses whose X-Forwarded-For is believed, comma-separated."""

    knowledge_url: str = "http://127.0.0.1:5056"
    engine_url: str = "http://127.0.0.1:5005"
    actions_url: str = "http://127.0.0.1:5055/webhook"
    pages: Path = Path("knowledge/pages")

    engine_timeout_s: float = Field(10.0, gt=0)
    """How long the engine may take for one turn."""
    engine_turns: int = Field(32, ge=1)
    """How many turns may be with the engine at once, from this process."""

    shop_name: str = "Fell & Ford"
    shop_promise: str = "Answers at once from our own pages, and a person whenever you ask for one."
    shop_language: str = "en"

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
    name = str(first["loc"][0])
    variable = name if name.isupper() else f"CORNERDESK_{name.upper()}"
    if name == "inner_token":
        return (
            f"{variable} is missing or shorter than 16 characters: set it to one random secret shared by all four "
            "processes, for example with `export CORNERDESK_INNER_TOKEN=$(openssl rand -hex 32)`."
        )
    return f"{variable} cannot be used ({first['msg']}): correct it in the environment or in .env."
