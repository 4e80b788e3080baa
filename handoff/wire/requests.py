"""What shoppers and agents send by HTTP."""

from __future__ import annotations

from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from handoff.wire.text import MAX_SEQ, Cleaned, ClientId, WrittenText, clean, encodable, web_address
from handoff.wire.turn import Role
from knowledge.wire.message import Wire

PassageId = Annotated[Cleaned, Field(min_length=1, max_length=500)]


class PageInView(Wire):
    """The page that the shopper is looking at."""

    url: Annotated[Cleaned, AfterValidator(web_address), Field(max_length=2_000)]
    title: Annotated[Cleaned, Field(max_length=500)] | None = None
    sku: Annotated[Cleaned, Field(max_length=100)] | None = None


class OpenConversation(Wire):
    page: PageInView | None = None


class ShopperMessage(Wire):
    """`text` may be the payload or the label of a choice that was offered."""

    client_id: ClientId
    text: WrittenText
    page: PageInView | None = None


class Feedback(Wire):
    """Whether the answer with this `seq` helped."""

    seq: Annotated[int, Field(ge=1, le=MAX_SEQ)]
    helpful: bool


class Rating(Wire):
    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[Cleaned, Field(max_length=2_000)] | None = None


def _email(text: str) -> str:
    """An address that a letter can be sent to, as it would be written on it."""
    try:
        return validate_email(clean(text).strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise PydanticCustomError(
            "invalid_field", "This is not an e-mail address: {why}", {"why": str(error)}
        ) from None


EmailAddress = Annotated[str, Field(max_length=254), AfterValidator(_email)]


class LeaveMessage(Wire):
    """Where to answer, and (with a client_id of its own) what to answer, when it is not written yet."""

    email: EmailAddress
    text: WrittenText | None = None
    client_id: ClientId | None = None

    @model_validator(mode="after")
    def _text_has_an_id(self) -> LeaveMessage:
        if (self.text is None) != (self.client_id is None):
            raise PydanticCustomError("invalid_field", "A text comes with a client_id, and a client_id with a text.")
        return self


class SendTranscript(Wire):
    email: EmailAddress


class SignIn(Wire):
    email: Annotated[Cleaned, Field(min_length=3, max_length=254)]
    password: Annotated[str, AfterValidator(encodable), Field(min_length=1, max_length=1_024)]


class Reply(Wire):
    """An agent's words. `passages` are those that the text gives or links, by id, as found in `index_version`."""

    client_id: ClientId
    text: WrittenText
    passages: Annotated[list[PassageId], Field(max_length=10)] = []
    index_version: Annotated[str, Field(max_length=100)] | None = None


class Note(Wire):
    text: WrittenText


Word = Annotated[str, Field(min_length=1, max_length=50, pattern=r"^[\w .\-]+$")]


class Resolve(Wire):
    """How it ended; `tags` are added to those that the conversation has."""

    disposition: Annotated[Cleaned, Field(min_length=1, max_length=100)] = "solved"
    tags: Annotated[list[Word], Field(max_length=20)] = []


class Transfer(Wire):
    """To a colleague, or back into the queue for a team; with what whoever takes it must know."""

    agent_id: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    team: Word | None = None
    tags: Annotated[list[Word], Field(max_length=20)] | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Transfer:
        if (self.agent_id is None) == (self.team is None):
            raise PydanticCustomError("invalid_field", "Name either agent_id or team.")
        return self


class Availability(Wire):
    """Whether new chats may come; chats one has already stay."""

    available: bool


class AgentChanges(Wire):
    """What a lead or admin may change of an agent. `languages` and `skills`: empty means any."""

    available: bool | None = None
    capacity: Annotated[int, Field(ge=0, le=100)] | None = None
    team: Word | None = None
    languages: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]], Field(max_length=50)] | None = None
    skills: Annotated[list[Word], Field(max_length=50)] | None = None
    role: Role | None = None


class NewAgent(Wire):
    email: EmailAddress
    name: Annotated[str, Field(min_length=1, max_length=100)]
    password: Annotated[str, Field(min_length=10, max_length=1_024)]
    role: Role = "agent"


class AgentSearch(Wire):
    """A search of the pages by an agent, beside a chat."""

    question: WrittenText
    page: PageInView | None = None
