"""The bridge's side of the talk with the engine: one message in, what the assistant says out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from zlib import crc32

import httpx
from pydantic import TypeAdapter, ValidationError

from handoff.errors import EngineFailure
from handoff.store.rows import BotTurn
from handoff.wire import Choice, EngineMessage, HandoffOrder, TurnReport

MAX_REPLY_BYTES = 1_000_000
MAX_MESSAGES = 20


@dataclass(frozen=True, slots=True)
class EngineReply:
    """What the assistant says, whether it fetches a person, and what it made of the message."""

    messages: tuple[EngineMessage, ...]
    order: HandoffOrder | None
    report: TurnReport | None


class Engine(Protocol):
    """Whatever can answer a turn."""

    async def answer(self, turn: BotTurn) -> EngineReply: ...

    async def forget(self, conversation_ids: Sequence[str]) -> None: ...

    async def close(self) -> None: ...


class HttpEngine:
    """Rasa behind its `cornerdesk` channel. Raises EngineFailure when it is down, slow or incomprehensible.

    `urls` names one engine or several, comma-separated: each conversation has one of its own, and goes to the next when
    that one cannot be reached.
    """

    def __init__(
        self, urls: str, token: str, *, timeout_s: float, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._timeout_s = timeout_s
        self._urls = [url.strip().rstrip("/") for url in urls.split(",") if url.strip()]
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(timeout_s, connect=min(2.0, timeout_s)),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=100),
            transport=transport,
            trust_env=False,
        )

    async def answer(self, turn: BotTurn) -> EngineReply:
        headers = {"X-Request-Id": turn.request_id, "Content-Type": "application/json"}
        *others, last = self._in_turn(turn.conversation_id)
        for url in others:
            try:
                return parse_reply(await self._post(url, "webhook", _request(turn), headers))
            except EngineFailure as failure:
                # Only what surely never began may be given to another engine.
                if not isinstance(failure.__cause__, httpx.ConnectError | httpx.ConnectTimeout):
                    raise
        return parse_reply(await self._post(last, "webhook", _request(turn), headers))

    def _in_turn(self, conversation_id: str) -> list[str]:
        """The engines, the conversation's own first."""
        first = crc32(conversation_id.encode()) % len(self._urls)
        return self._urls[first:] + self._urls[:first]

    async def forget(self, conversation_ids: Sequence[str]) -> None:
        """Have every engine forget these conversations; raises EngineFailure unless all of them have."""
        content = json.dumps({"conversations": list(conversation_ids)}).encode()
        for url in self._urls:
            await self._post(url, "forget", content, {"Content-Type": "application/json"})

    async def _post(self, url: str, verb: str, content: bytes, headers: dict[str, str]) -> bytes:
        try:
            response = await self._client.post(f"{url}/webhooks/cornerdesk/{verb}", content=content, headers=headers)
        except httpx.TimeoutException as error:
            raise EngineFailure(f"The engine did not answer within {self._timeout_s:g} s.") from error
        except httpx.HTTPError as error:
            raise EngineFailure(f"The engine cannot be reached ({type(error).__name__}).") from error
        if response.status_code != 200:
            raise EngineFailure(f"The engine refused with status {response.status_code}.")
        return response.content

    async def close(self) -> None:
        await self._client.aclose()


def _request(turn: BotTurn) -> bytes:
    metadata = {"page": turn.page, "previous": turn.previous}
    body = {
        "sender": f"{turn.conversation_id}.{turn.episode}",
        "message": turn.payload or turn.text,
        "payload": turn.payload is not None,
        "metadata": metadata | ({"language": turn.language} if turn.language else {}),
    }
    return json.dumps(body).encode()


def parse_reply(content: bytes) -> EngineReply:
    """Read the engine's answer: ours in `custom`, or Rasa's own text and buttons; raises EngineFailure."""
    if len(content) > MAX_REPLY_BYTES:
        raise EngineFailure("The engine's answer is larger than 1 MB.")
    try:
        items = _items.validate_json(content)
        parsed = [_message(item) for item in items[:MAX_MESSAGES]]
    except (ValidationError, ValueError, TypeError, KeyError) as error:
        raise EngineFailure(f"The engine's answer is not what was agreed ({type(error).__name__}).") from error
    order = next((m.handoff for m in parsed if m.handoff), None)
    report = next((m.report for m in parsed if m.report), None)
    visible = tuple(m for m in parsed if m.text or m.answer or m.choices)
    if not visible and order is None:
        raise EngineFailure("The engine answered with nothing to say.")
    return EngineReply(visible, order, report)


_items: TypeAdapter[list[dict[str, Any]]] = TypeAdapter(list[dict[str, Any]])


def _message(item: dict[str, Any]) -> EngineMessage:
    if "custom" in item:
        return EngineMessage.model_validate(item["custom"])
    buttons = item.get("buttons") or []
    choices = [Choice(label=b["title"], payload=b["payload"]) for b in buttons]
    return EngineMessage(text=item.get("text"), choices=choices)
