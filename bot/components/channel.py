"""The bridge's way into the engine: one POST a turn, with a token, and nothing typed can pass for a payload.

What a message means is asked here, before Rasa starts on it: Rasa's pipeline runs on the event loop, where waiting
for one shopper's answer would hold up all others.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
import sys
import time
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.components.earlier import previous_question
from bot.components.handover import hand_over, understand
from bot.components.knowledge import Knowledge
from bot.components.memory import forget
from bot.components.payload import PAYLOAD_PREFIX, escaped, typed

logger = logging.getLogger(__name__)

FIELDS = {"sender", "message", "payload", "metadata"}
METADATA_FIELDS = {"page", "previous", "language"}
MAX_CHARS = 10_000
MAX_FORGOTTEN = 1_000
# The turn's id in the logs of all four processes: it comes as a header, and goes on to the actions in the metadata.
REQUEST_ID = "request"
_REQUEST_ID = re.compile(r"[A-Za-z0-9_.\-]{1,100}")
_CONVERSATION = re.compile(r"[A-Za-z0-9_\-]{1,64}")


class BadTurnError(ValueError):
    """The body of a turn is not what the channel takes; the message says which part."""


class CornerdeskInput(InputChannel):
    """`POST /webhooks/cornerdesk/webhook`: a turn in, the assistant's messages out."""

    @classmethod
    def name(cls) -> Text:
        """The channel's name, also in its address."""
        return "cornerdesk"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> CornerdeskInput:
        """Made by Rasa from `credentials.yml`; without a token the engine does not start."""
        token = (credentials or {}).get("token")
        if not token or str(token).startswith("${"):
            raise ValueError("CORNERDESK_INNER_TOKEN is not set: give all four processes the same random value.")
        return cls(str(token), Knowledge(token=str(token)))

    def __init__(self, token: Text, knowledge: Knowledge) -> None:
        """`token` is what callers must bring as `Authorization: Bearer …`."""
        self._expected = f"Bearer {token}".encode()
        self._knowledge = knowledge

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The two addresses: a health check open to all, and the turn."""
        channel = Blueprint("cornerdesk_channel")

        @channel.route("/", methods=["GET"])  # type: ignore[untyped-decorator]
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @channel.route("/webhook", methods=["POST"])  # type: ignore[untyped-decorator]
        async def receive(request: Request) -> HTTPResponse:
            if not self.admits(request.headers.get("authorization", "")):
                return refusal(401, "unauthorized", "Send the shared token as Authorization: Bearer …")
            try:
                message = user_message(request.json)
            except Exception as error:  # Sanic raises its own kind for a body that is not JSON
                return refusal(400, "bad_request", str(error))
            message.metadata = {**message.metadata, REQUEST_ID: request_id(request.headers.get("x-request-id"))}
            started = time.monotonic()
            before = await previous_question(request.app.ctx.agent.tracker_store, message.sender_id)
            await understand_ahead(self._knowledge, message, before)
            answer = await reply(on_new_message, message)
            note("turn", message.metadata[REQUEST_ID], status=answer.status, took_ms=since_ms(started))
            return answer

        @channel.route("/forget", methods=["POST"])  # type: ignore[untyped-decorator]
        async def forget_conversations(request: Request) -> HTTPResponse:
            if not self.admits(request.headers.get("authorization", "")):
                return refusal(401, "unauthorized", "Send the shared token as Authorization: Bearer …")
            try:
                erased = conversations(request.json)
            except Exception as error:
                return refusal(400, "bad_request", str(error))
            trackers = forget(request.app.ctx.agent.tracker_store, erased)
            note("forgotten", None, conversations=len(erased), trackers=trackers)
            return response.json({"trackers": trackers})

        return channel

    def admits(self, authorization: Text) -> bool:
        """Whether the caller brought the token; compared in constant time."""
        return hmac.compare_digest(authorization.encode("utf-8", "replace"), self._expected)


async def understand_ahead(
    knowledge: Knowledge, message: UserMessage, before: Optional[Dict[Text, Any]] = None
) -> None:
    """Asks what the message means and leaves it for the pipeline of this turn. A payload means itself.

    `before` are the questions before it; without, the one that the bridge remembers goes along.
    """
    if message.text.startswith(PAYLOAD_PREFIX):
        return
    given = {**message.metadata, "previous": before} if before else message.metadata
    loop = asyncio.get_running_loop()
    hand_over(await loop.run_in_executor(None, understand, knowledge, typed(message.text), given))


async def reply(on_new_message: Callable[[UserMessage], Awaitable[Any]], message: UserMessage) -> HTTPResponse:
    """The turn's messages; an empty turn is a failure that the bridge must hear of."""
    try:
        await on_new_message(message)
    except Exception:
        logger.exception("A turn failed.")
        return refusal(500, "turn_failed", "The engine could not finish this turn.")
    messages: List[Dict[Text, Any]] = message.output_channel.messages
    if not messages:
        return refusal(503, "no_reply", "No action answered this turn; is the actions process running?")
    return response.json(messages)


def user_message(body: Any) -> UserMessage:
    """The turn that a request's JSON body describes. Raises `BadTurnError` when it does not describe one."""
    if not isinstance(body, dict):
        raise BadTurnError("The body must be a JSON object.")
    if set(body) - FIELDS:
        raise BadTurnError(f"Unknown fields: {', '.join(sorted(set(body) - FIELDS))}.")
    sender, text = body.get("sender"), body.get("message")
    if not isinstance(sender, str) or not sender:
        raise BadTurnError("sender must be a text that is not empty.")
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_CHARS:
        raise BadTurnError(f"message must be a text of 1 to {MAX_CHARS} characters.")
    if not isinstance(body.get("payload", False), bool):
        raise BadTurnError("payload must be true or false.")
    return UserMessage(
        text if body.get("payload", False) else escaped(text),
        CollectingOutputChannel(),
        sender,
        input_channel=CornerdeskInput.name(),
        metadata=metadata(body.get("metadata")),
    )


def metadata(given: Any) -> Dict[Text, Any]:
    """The page, the previous question and the language, and nothing else."""
    if given is None:
        return {}
    if not isinstance(given, dict) or set(given) - METADATA_FIELDS:
        raise BadTurnError(f"metadata may hold only: {', '.join(sorted(METADATA_FIELDS))}.")
    return given


def conversations(body: Any) -> List[Text]:
    """The conversations to forget that a request's JSON body names. Raises `BadTurnError` when it names none."""
    named = body.get("conversations") if isinstance(body, dict) and set(body) == {"conversations"} else None
    if not isinstance(named, list) or len(named) > MAX_FORGOTTEN:
        raise BadTurnError(f"The body must be {{conversations: […]}} with at most {MAX_FORGOTTEN} of them.")
    if not all(isinstance(one, str) and _CONVERSATION.fullmatch(one) for one in named):
        raise BadTurnError("Each conversation is named by its id.")
    return named


def request_id(given: Optional[Text]) -> Optional[Text]:
    """The id that the caller gave the turn, if it is one that may stand in a log."""
    return given if given and _REQUEST_ID.fullmatch(given) else None


def note(event: Text, request: Optional[Text], **fields: object) -> None:
    """One line of the log, as JSON: what happened to which turn, and never a word of it."""
    sys.stdout.write(json.dumps({"event": event, "request": request, **fields}) + "\n")
    sys.stdout.flush()


def since_ms(started: float) -> float:
    """Milliseconds since that instant of the monotonic clock."""
    return round((time.monotonic() - started) * 1000, 1)


def refusal(status: int, code: Text, message: Text) -> HTTPResponse:
    """An error in the words all four processes use."""
    return response.json({"error": {"code": code, "message": message}}, status=status)
