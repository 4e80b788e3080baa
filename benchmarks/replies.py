"""How fast a shopper is answered: from the POST of a message to the assistant's message, all four processes.

Beside it, in the same run and on the same questions, a plain Rasa server with Rasa's default pipeline, trained on
the same examples. One shopper at a time, then eight at once.
"""

from __future__ import annotations

import argparse
import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable

import httpx

from benchmarks.peer import rasa_default
from benchmarks.report import finish, show, timing
from scripts.temporary import temporary_desk

QUESTIONS = (
    "how long do I have to send it back?",
    "what does delivery to Norway cost",
    "do you ship to Switzerland",
    "how much does the two person tent weigh",
    "when do I get my money back",
    "can I pay with Klarna",
    "is the rain jacket waterproof",
    "my parcel has not arrived",
    "which sleeping bag is warmest",
    "how do I change my address",
    "who pays for the return parcel",
    "hello",
    "do you have a shop in Ghent",
    "how do I clean my boots",
    "what is the warranty on poles",
    "thanks",
)
WARM_UP = 16
UNLIMITED = {"CORNERDESK_RATE_LIMITS": "off"}

Ask = Callable[[str], Awaitable[None]]
Shopper = Callable[[httpx.AsyncClient], Awaitable[Ask]]


def at_the_desk(url: str) -> Shopper:
    """A shopper of ours: posts a message, then waits for the assistant's message event."""

    async def arrive(client: httpx.AsyncClient) -> Ask:
        opened = (await client.post(f"{url}/api/v1/conversations", json={})).raise_for_status().json()
        base = f"{url}/api/v1/conversations/{opened['conversation_id']}"
        headers = {"Authorization": f"Bearer {opened['token']}"}

        async def ask(text: str) -> None:
            body = {"client_id": str(uuid.uuid4()), "text": text}
            sent = await client.post(f"{base}/messages", json=body, headers=headers)
            after = sent.raise_for_status().json()["seq"]
            while True:
                path = f"{base}/events?after={after}&wait=10"
                events = (await client.get(path, headers=headers)).raise_for_status().json()["events"]
                if not events:
                    raise RuntimeError(f"no reply within 10 s to {text!r}")
                if any(event["type"] == "message" and event["from"] == "bot" for event in events):
                    return
                if any(event["type"] == "state" and event["state"] != "bot" for event in events):
                    raise RuntimeError(f"{text!r} ended in front of a person; the benchmark measures the assistant")
                after = events[-1]["seq"]

        return ask

    return arrive


def at_plain_rasa(url: str) -> Shopper:
    async def arrive(client: httpx.AsyncClient) -> Ask:
        sender = str(uuid.uuid4())

        async def ask(text: str) -> None:
            body = {"sender": sender, "message": text}
            (await client.post(f"{url}/webhooks/rest/webhook", json=body)).raise_for_status()

        return ask

    return arrive


async def converse(arrive: Shopper, shoppers: int, messages: int) -> dict[str, float]:
    """Have `shoppers` at once send `messages` in all, each waiting for a reply; every question in a fresh chat."""
    took: list[float] = []
    turns = iter(range(messages))

    async def shop(client: httpx.AsyncClient) -> None:
        for turn in turns:
            ask = await arrive(client)
            started = time.perf_counter()
            await ask(QUESTIONS[turn % len(QUESTIONS)])
            took.append(time.perf_counter() - started)

    async with httpx.AsyncClient(timeout=30) as client:
        started = time.perf_counter()
        await asyncio.gather(*(shop(client) for _ in range(shoppers)))
        return timing(took, time.perf_counter() - started)


def measure(arrive: Shopper, messages: int) -> tuple[dict[str, float], dict[str, float]]:
    asyncio.run(converse(arrive, 1, WARM_UP))
    return asyncio.run(converse(arrive, 1, messages)), asyncio.run(converse(arrive, 8, messages))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=200, help="messages a measurement")
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    with temporary_desk(**UNLIMITED) as desk:
        ours, ours_8 = measure(at_the_desk(desk.url), words.messages)
    with rasa_default() as url:
        plain, plain_8 = measure(at_plain_rasa(url), words.messages)
    result = {"ours": ours, "ours_8": ours_8, "rasa_default": plain, "rasa_default_8": plain_8}
    show("A shopper's message to the assistant's reply", result)
    finish(result, words.json)


if __name__ == "__main__":
    main()
