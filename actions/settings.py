"""What the actions room is told by its environment, read once at the start."""

from __future__ import annotations

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from actions.escalation import Policy
from actions.phrases import EMERGENCY


class Settings(BaseSettings):
    """Variables are prefixed `CORNERDESK_`; thresholds of the escalation table as `CORNERDESK_POLICY__UPSET=0.8`."""

    model_config = SettingsConfigDict(
        env_prefix="CORNERDESK_", env_nested_delimiter="__", frozen=True, extra="ignore", env_file=None
    )

    inner_token: SecretStr = Field(min_length=1)
    """The secret shared by the four processes."""
    actions_host: str = "127.0.0.1"
    """The address that the actions listen on; loopback unless other machines need it."""
    actions_port: int = Field(default=5055, ge=1, le=65_535)
    """The actions' port."""
    shop_name: str = "Fell & Ford"
    """What the assistant calls the shop."""
    languages: str = "en,fr,de,nl,es,it,pt"
    """The languages that shoppers are expected to write in, as ISO 639-1 codes; the first is the pages' own."""
    emergency: str = Field(default=EMERGENCY, min_length=1)
    """The number that shoppers are told to call where somebody may be hurt or in danger: 911 in North America."""
    helpline: str = ""
    """Whom a shopper in despair can talk to at any hour, as told to them: a name and a number; empty names none."""
    policy: Policy = Policy()
    """The thresholds of the escalation table, each as `CORNERDESK_POLICY__<NAME>`; see docs/understanding.md."""

    @property
    def pages_language(self) -> str:
        """The language of the shop's pages, as an ISO 639-1 code."""
        return self.languages.split(",")[0].strip()


class SettingsError(RuntimeError):
    """A setting is missing or wrong; the message names the variable and the remedy."""

    code = "bad_setting"


def read_settings() -> Settings:
    """The settings of this process. Raises `SettingsError` with one sentence when one is missing or wrong."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(sentence(error)) from error


def sentence(error: ValidationError) -> str:
    """The first fault in words: which variable, what is wrong, what to do."""
    fault = error.errors()[0]
    variable = "CORNERDESK_" + "__".join(str(part) for part in fault["loc"]).upper()
    if fault["type"] == "missing":
        return f"{variable} is not set: give all four processes the same random value."
    return f"{variable} is not valid ({fault['msg']}): correct it and start again."
