"""How many shoppers one bridge process carries: sockets, steady traffic, time to fan out, memory.

Every shopper has an open socket. A steady stream of messages, spread over all of them, goes in; the time from sending
a message to hearing it back as a stored event, after it was committed, is measured. Beside it, in the same run and
with the same clients, a bare uvicorn WebSocket that echoes and stores nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import uvicorn
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.report import finish, percentile, show
from scripts.temporary import free_ports

ROOT = Path(__file__).resolve().parent.parent


async def echo_app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The bare peer: whatever comes goes back."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"echo"})
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


@contextmanager
def process(command: list[str], environ: dict[str, str], url: str) -> Any:
    """A server process, once it answers."""
    child = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        _await_port(url)
        yield psutil.Process(child.pid)
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(20)


def _await_port(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            httpx.get(url, timeout=2)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing answers at {url}")


class Shopper:
    """One socket; `heard` resolves the wait for the message that was sent last."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.waiting: dict[str, asyncio.Future[None]] = {}

    async def listen(self) -> None:
        async for text in self.socket:
            frame = json.loads(text)
            if frame.get("type") == "message" and frame.get("client_id") in self.waiting:
                self.waiting.pop(frame["client_id"]).set_result(None)

    async def say(self) -> float:
        """Send one message; gives the seconds until it came back as an event."""
        client_id, heard = secrets.token_hex(8), asyncio.get_running_loop().create_future()
        self.waiting[client_id] = heard
        started = time.perf_counter()
        text = json.dumps({"type": "message", "client_id": client_id, "text": f"message {client_id}"})
        await self.socket.send(text)
        await asyncio.wait_for(heard, 60)
        return time.perf_counter() - started


async def arrive(url: str, client: httpx.AsyncClient | None, gate: asyncio.Semaphore) -> Shopper:
    """Open one socket; with a client, as a shopper who left a message, so that no bot's answers are measured."""
    async with gate:
        socket = await connect(url.replace("http", "ws", 1) + "/api/v1/shopper", compression=None, open_timeout=60)
        if client is not None:
            opened = (await client.post(f"{url}/api/v1/conversations", json={})).raise_for_status().json()
            headers = {"Authorization": f"Bearer {opened['token']}"}
            path = f"{url}/api/v1/conversations/{opened['conversation_id']}/leave-message"
            left = {"email": "shopper@example.com"}
            (await client.post(path, json=left, headers=headers)).raise_for_status()
            await socket.send(json.dumps({"type": "hello", **opened, "after": 0}))
            await socket.recv()
        return Shopper(socket)


async def crowd(url: str, sockets: int, ours: bool) -> list[Shopper]:
    gate = asyncio.Semaphore(20)
    limits = httpx.Limits(max_connections=40)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        return await asyncio.gather(*(arrive(url, client if ours else None, gate) for _ in range(sockets)))


async def steady(people: list[Shopper], per_s: float, seconds: float) -> list[float]:
    """A message every 1/per_s seconds, each from the next shopper; the times they took, in seconds."""
    tasks, started = [], time.perf_counter()
    for n in range(int(per_s * seconds)):
        await asyncio.sleep(max(0.0, started + n / per_s - time.perf_counter()))
        tasks.append(asyncio.create_task(people[n % len(people)].say()))
    return list(await asyncio.gather(*tasks))


async def flat_out(people: list[Shopper], seconds: float, at_once: int = 64) -> float:
    """Messages per second when `at_once` shoppers each send the next as soon as the last came back."""
    until, done = time.perf_counter() + seconds, 0

    async def keep_on(person: Shopper) -> None:
        nonlocal done
        while time.perf_counter() < until:
            await person.say()
            done += 1

    await asyncio.gather(*(keep_on(p) for p in people[:at_once]))
    return done / seconds


async def measure(url: str, server: psutil.Process, given: argparse.Namespace, *, ours: bool) -> dict[str, float]:
    empty = server.memory_info().rss
    people = await crowd(url, given.sockets, ours)
    listening = [asyncio.create_task(p.listen()) for p in people]
    await steady(people, given.rate, 2)
    took = await steady(people, given.rate, given.seconds)
    most = await flat_out(people, given.seconds / 2)
    full = server.memory_info().rss
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    await asyncio.gather(*(p.socket.close() for p in people), return_exceptions=True)
    return {
        "sockets": given.sockets,
        "per_s": round(most, 1),
        "p50_ms": round(percentile(took, 0.5) * 1000, 1),
        "p99_ms": round(percentile(took, 0.99) * 1000, 1),
        "rss_mb": round(full / 2**20, 1),
        "kb_a_socket": round((full - empty) / given.sockets / 1024, 1),
    }


def run(given: argparse.Namespace) -> tuple[dict[str, float], dict[str, float]]:
    ports = free_ports(2)
    with tempfile.TemporaryDirectory(prefix="cornerdesk-sockets-") as folder:
        environ = {
            **os.environ,
            "CORNERDESK_INNER_TOKEN": secrets.token_hex(16),
            "CORNERDESK_RATE_LIMITS": "off",
            "CORNERDESK_PORT": str(ports[0]),
            "DATABASE_URL": given.database or f"sqlite+aiosqlite:///{folder}/desk.sqlite3",
        }
        url = f"http://127.0.0.1:{ports[0]}"
        with process([sys.executable, "-m", "handoff.app"], environ, f"{url}/api/v1/shop") as server:
            ours = asyncio.run(measure(url, server, given, ours=True))
        url = f"http://127.0.0.1:{ports[1]}"
        command = [sys.executable, "-m", "benchmarks.sockets", "--serve-echo", str(ports[1])]
        with process(command, environ, url) as server:
            echo = asyncio.run(measure(url, server, given, ours=False))
    return ours, echo


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sockets", type=int, default=2_000)
    parser.add_argument("--rate", type=float, default=200.0, help="messages per second of the steady traffic")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--database", default="", help="a DATABASE_URL; SQLite in a new folder when not given")
    parser.add_argument("--serve-echo", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536), hard))
    if given.serve_echo:
        options = {"log_level": "error", "access_log": False, "ws_per_message_deflate": False, "lifespan": "off"}
        uvicorn.run(echo_app, host="127.0.0.1", port=given.serve_echo, **options)  # type: ignore[arg-type]
        return
    ours, echo = run(given)
    show(f"{given.sockets} sockets, {given.rate:g} messages/s", {"ours": ours, "bare echo": echo})
    finish({**ours, "echo_per_s": echo["per_s"]}, given.json)


if __name__ == "__main__":
    main()
