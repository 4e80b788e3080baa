"""The knowledge room's settings, read once from the environment (prefix CORNERDESK_)."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.errors import KnowledgeError

S = TypeVar("S", bound="PagesSettings")


class SettingsError(KnowledgeError):
    """A setting is missing or cannot be used."""

    code = "bad_setting"


class PagesSettings(BaseSettings):
    """What the command line needs: where pages and index are, and which model reads them."""

    model_config = SettingsConfigDict(env_prefix="CORNERDESK_", frozen=True, extra="ignore")

    pages: Path = Path("knowledge/pages")
    """The folder of the shop's pages."""
    index: Path = Path("var/index")
    """The folder of the index built from them."""
    model: str = ""
    """The name or folder of another sentence-transformers model; empty for the packaged all-MiniLM-L6-v2."""
    graphs: Path | None = None
    """The folder of the models' graphs, drawn once a model; by default `var/graphs` beside the code."""
    order_pattern: str = r"\b[A-Z]{2}-?\d{5,8}\b"
    """A regular expression for the shop's order numbers."""


class ServiceSettings(PagesSettings):
    """What the service needs besides. `poll_seconds` is how often it looks for a new index."""

    inner_token: SecretStr = Field(min_length=8)
    """The secret shared by the four processes."""
    knowledge_host: str = "127.0.0.1"
    """The address that the service listens on; loopback unless other machines need it."""
    knowledge_port: int = Field(default=5056, ge=0, le=65_535)
    """The service's port."""
    knowledge_threads: int = Field(default=1, ge=1, le=64)
    """How many threads embed a question."""
    knowledge_poll_seconds: float = Field(default=0.5, gt=0.0, le=60.0)
    """How often the service looks for a new index, in seconds."""
    languages: str = "en,fr,de,nl,es,it,pt"
    """The languages that shoppers are expected to write in, as ISO 639-1 codes."""


def read_settings(kind: type[S]) -> S:
    """Settings from the environment; raises `SettingsError` with a sentence that names the variable."""
    try:
        return kind()
    except ValidationError as error:
        first = error.errors()[0]
        variable = "CORNERDESK_" + "_".join(str(part) for part in first["loc"]).upper()
        if first["type"] == "missing":
            raise SettingsError(f"{variable} is not set. Set it in the environment, or start with make run.") from None
        raise SettingsError(f"{variable} cannot be used: {first['msg']}. Correct it in the environment.") from None
