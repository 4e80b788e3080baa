"""Does the bridge lose, double, reorder or strand anything while processes and connections die under it?

Shoppers and agents exchange numbered messages; meanwhile, by seed, sockets are cut, bridges, the engine and (with
`--inner real`) actions and knowledge are killed, and connections to PostgreSQL and Redis are terminated; all come
back. In the end every client's own record is held against the stored conversations.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from redis.asyncio import Redis

from benchmarks.crowd import CrowdAgent, CrowdShopper, insist
from benchmarks.report import finish, percentile, show
from scripts.services import Services
from scripts.temporary import free_ports, temporary_desk

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test").replace("+asyncpg", "")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/8")
PASSWORD = "only for measuring"
SETTLE_S = 60.0
PROBE_S = 60.0


@dataclass
class Child:
    """One process of ours: killed, and started again under the same name."""

    name: str
    command: list[str]
    environ: dict[str, str]
    url: str
    ready: str
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        log = Path(self.environ["FAULTS_FOLDER"]) / f"{self.name}.log"
        with log.open("ab") as out:
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.environ, stdout=out, stderr=out)

    async def kill(self) -> None:
        """SIGKILL, a moment of nothing, and a new start."""
        self.stop(signal.SIGKILL)
        await asyncio.sleep(0.3)
        self.start()

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)

    async def healthy(self, within_s: float = 60) -> None:
        deadline = time.monotonic() + within_s
        async with httpx.AsyncClient() as client:
            while time.monotonic() < deadline:
                try:
                    if (await client.get(self.url + self.ready)).status_code == 200:
                        return
                except httpx.HTTPError:
                    pass
                await asyncio.sleep(0.1)
        raise RuntimeError(f"{self.name} does not come up; see {self.environ['FAULTS_FOLDER']}/{self.name}.log")


@dataclass
class Supervised:
    """One process of a whole desk, which its supervisor starts again."""

    name: str
    services: Services

    async def kill(self) -> None:
        """SIGKILL; a process that is still coming back from the last time is waited for."""
        while not await asyncio.to_thread(self.services.healthy, self.name):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.2)
        os.kill(self.services.pid(self.name), signal.SIGKILL)


Victim = Child | Supervised


@dataclass
class Desk:
    """What is running, and the ways to hurt it: `inner` are the engine and what it calls."""

    urls: list[str]
    bridges: list[Victim]
    inner: list[Victim]
    environ: dict[str, str]
    database: str | None = None
    logs: list[Path] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def shares(self) -> dict[str, int]:
        """How many turns each process worked at, by its log."""
        files = (file for folder in self.logs for file in folder.glob("*.log"))
        lines = {file.stem: file.read_text(errors="replace").count('"request": "c_') for file in files}
        return {name: count for name, count in sorted(lines.items()) if count}

    def kinds(self) -> list[str]:
        shared = ["postgres", "redis"] if self.database else []
        return ["socket", "socket", "bridge", *(victim.name for victim in self.inner), *shared]

    async def hurt(self, kind: str, shoppers: list[CrowdShopper], chance: random.Random) -> None:
        self.done[kind] += 1
        match kind:
            case "socket":
                for shopper in chance.sample(shoppers, max(1, len(shoppers) // 3)):
                    shopper.drop()
            case "bridge":
                await chance.choice(self.bridges).kill()
            case "postgres":
                connection = await asyncpg.connect(POSTGRES)
                sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"
                await connection.execute(sql, self.database)
                await connection.close()
            case "redis":
                await cut_redis()
            case _:
                await next(victim for victim in self.inner if victim.name == kind).kill()


async def cut_redis() -> None:
    """End the connections of bridges, and of nobody else."""
    async with Redis.from_url(REDIS) as redis:
        for client in await redis.client_list():
            if client["name"].startswith("cornerdesk-"):
                await redis.client_kill_filter(_id=client["id"])


@asynccontextmanager
async def desk(store: str, inner: str) -> AsyncIterator[Desk]:
    """A desk of real processes: one bridge on SQLite, two on PostgreSQL and Redis; `twice`: two of everything."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="cornerdesk-faults-"))
        shared, database = await shared_settings(store, folder, stack)
        environ = {**os.environ, "CORNERDESK_INNER_TOKEN": secrets.token_hex(16), **shared, "FAULTS_FOLDER": folder}
        there = Desk([], [], [], environ, database, [Path(folder)])
        if inner != "standin":
            ports = free_ports(4)
            engines = ports[:2] if inner == "twice" else ports[:1]
            shared["CORNERDESK_ENGINE_PORT"] = str(ports[0])
            shared["CORNERDESK_ENGINE_URL"] = ",".join(f"http://127.0.0.1:{port}" for port in engines)
            real = stack.enter_context(temporary_desk(**shared))
            environ.update(real.environ)
            there.logs.append(real.state / "log")
            there.inner += [Supervised(name, real.services) for name in ("engine", "actions", "knowledge")]
            there.bridges.append(Supervised("bridge", real.services))
            there.urls.append(real.url)
            if inner == "twice":
                there.inner += [await started(child, stack) for child in seconds(environ, *ports[1:])]
        else:
            there.inner.append(await started(standin(environ), stack))
        while len(there.bridges) < (2 if database else 1):
            another = await started(bridge(environ), stack)
            there.bridges.append(another)
            there.urls.append(another.url)
        yield there


async def started(child: Child, stack: AsyncExitStack) -> Child:
    stack.callback(child.stop)
    child.start()
    await child.healthy()
    return child


def seconds(environ: dict[str, str], engine: int, actions: int, knowledge: int) -> list[Child]:
    """A second knowledge, actions and engine beside the first, on the same index, model, tracker and locks."""
    own = {
        **environ,
        "CORNERDESK_ENGINE_PORT": str(engine),
        "CORNERDESK_ACTIONS_PORT": str(actions),
        "CORNERDESK_KNOWLEDGE_PORT": str(knowledge),
        "CORNERDESK_ACTIONS_URL": f"http://127.0.0.1:{actions}/webhook",
        "CORNERDESK_KNOWLEDGE_URL": f"http://127.0.0.1:{knowledge}",
    }
    app, boxed = sys.executable, str(ROOT / "bot/.venv/bin/python")
    return [
        Child("knowledge-2", [app, "-m", "knowledge.service"], own, f"http://127.0.0.1:{knowledge}", "/healthz"),
        Child("actions-2", [app, "-m", "actions.server"], own, f"http://127.0.0.1:{actions}", "/healthz"),
        Child("engine-2", [boxed, "-m", "bot.engine"], own, f"http://127.0.0.1:{engine}", "/webhooks/cornerdesk/"),
    ]


def standin(environ: dict[str, str]) -> Child:
    """An engine that echoes, for every bridge that is started after it."""
    [port] = free_ports(1)
    environ["CORNERDESK_ENGINE_URL"] = url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "benchmarks.standin", str(port)]
    return Child("engine", command, environ, url, "/webhooks/cornerdesk/")


async def shared_settings(store: str, folder: str, stack: AsyncExitStack) -> tuple[dict[str, str], str | None]:
    settings = {"CORNERDESK_RATE_LIMITS": "off", "CORNERDESK_LEASE_S": "20"}
    if store == "sqlite":
        return settings | {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/desk.sqlite3", "REDIS_URL": ""}, None
    name = f"faults_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(POSTGRES)
    await connection.execute(f"CREATE DATABASE {name}")

    async def drop() -> None:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()

    stack.push_async_callback(drop)
    url = POSTGRES.rsplit("/", 1)[0].replace("postgresql://", "postgresql+asyncpg://")
    return settings | {"DATABASE_URL": f"{url}/{name}", "REDIS_URL": REDIS}, name


def bridge(environ: dict[str, str]) -> Child:
    [port] = free_ports(1)
    own = {**environ, "CORNERDESK_PORT": str(port)}
    url = f"http://127.0.0.1:{port}"
    return Child(f"bridge-{port}", [sys.executable, "-m", "handoff.app"], own, url, "/api/v1/shop")


def add_agent(environ: dict[str, str], email: str) -> None:
    command = [sys.executable, "-m", "handoff.cli", "agent", "add", email]
    given = {**environ, "CORNERDESK_AGENT_PASSWORD": PASSWORD}
    subprocess.run(command, cwd=ROOT, env=given, check=True, capture_output=True)


async def chatter(shopper: CrowdShopper, messages: int, pace: asyncio.Semaphore, chance: random.Random) -> None:
    """Say numbered things, now and then ask for a person, and mostly wait to be answered."""
    for n in range(messages):
        await pace.acquire()
        text = f"person please {n}" if chance.random() < 0.05 else f"message {n}"
        seq_before = shopper.last_seq
        await shopper.say(text)
        if chance.random() < 0.7:
            await shopper.until(lambda s, was=seq_before: s.last_seq > was + 1, 3)


async def probe(client: httpx.AsyncClient, urls: list[str]) -> float:
    """Seconds until a fresh shopper is answered in words, whoever answers."""
    started = time.monotonic()
    shopper = await CrowdShopper.open(client, urls)
    staying = asyncio.create_task(shopper.stay())
    await shopper.say("is anybody there?")
    await shopper.until(lambda s: any(e["type"] == "message" and e["from"] != "shopper" for e in s.heard), PROBE_S)
    staying.cancel()
    return time.monotonic() - started


async def run(store: str, inner: str, messages: int, faults: int, shoppers: int, seed: int) -> dict[str, Any]:
    chance = random.Random(seed)
    async with desk(store, inner) as there, httpx.AsyncClient(timeout=10) as client:
        for n in range(3):
            add_agent(there.environ, f"agent{n}@faults.example")
        people = [await CrowdShopper.open(client, there.urls) for _ in range(shoppers)]
        staying = [asyncio.create_task(p.stay()) for p in people]
        agents = [await CrowdAgent.sign_in(there.urls, f"agent{n}@faults.example", PASSWORD) for n in range(3)]
        working = [asyncio.create_task(a.work(random.Random(seed + n))) for n, a in enumerate(agents)]
        each, pace = messages // shoppers, asyncio.Semaphore(0)
        talks = (chatter(p, each, pace, random.Random(seed * 1000 + n)) for n, p in enumerate(people))
        talking = asyncio.gather(*talks)
        recovered = []
        for n in range(faults):
            # Spread evenly: every fault falls into its share of the messages.
            for _ in range(each * shoppers * (n + 1) // faults - each * shoppers * n // faults):
                pace.release()
            recovered.append(await one_fault(there, people, client, chance))
        for _ in range(0 if faults else each * shoppers):
            pace.release()
        await talking
        await settle(people)
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
        result = await verdict(there, client, people, agents)
        for task in staying:
            task.cancel()
        await asyncio.gather(*staying, return_exceptions=True)
        for agent in agents:
            await agent.client.aclose()
        print("turns:", ", ".join(f"{name} {count}" for name, count in there.shares().items()))
        print("faults:", ", ".join(f"{n} x {kind}" for kind, n in sorted(there.done.items())))
    result["recover_p95_s"] = round(percentile(recovered, 0.95), 2) if recovered else 0.0
    return {"messages": sum(len(p.sent) for p in people) + sum(a.replies for a in agents), "faults": faults, **result}


async def one_fault(there: Desk, people: list[CrowdShopper], client: httpx.AsyncClient, chance: random.Random) -> float:
    """Hurt something amid the talk, and wait until a fresh shopper is served again."""
    await asyncio.sleep(chance.uniform(0.0, 0.4))
    await there.hurt(chance.choice(there.kinds()), people, chance)
    return await probe(client, there.urls)


async def settle(people: list[CrowdShopper]) -> None:
    """Wait until nobody is owed anything, or long enough to call them stranded."""
    deadline = time.monotonic() + SETTLE_S
    while time.monotonic() < deadline and any(stranded(p.heard) for p in people):  # noqa: ASYNC110 - other processes
        await asyncio.sleep(0.5)


def stranded(events: list[dict[str, Any]]) -> bool:
    """Whether the shopper's last words were followed by nothing, neither words nor a person."""
    said = [e for e in events if e["type"] in ("message", "state")]
    if not said or said[-1].get("from") != "shopper":
        return False
    states = [e["state"] for e in said if e["type"] == "state"]
    return (states[-1] if states else "bot") in ("bot", "resolved")


async def verdict(
    there: Desk, client: httpx.AsyncClient, people: list[CrowdShopper], agents: list[CrowdAgent]
) -> dict[str, int]:
    """Hold what the clients know against what is stored."""
    found: Counter[str] = Counter(lost=0, doubled=0, out_of_order=0, bot_after_takeover=0, stranded=0)
    for shopper in people:
        stored = await stored_events(there, client, shopper)
        replied = [cid for a in agents for cid in a.replied.get(shopper.conversation_id, [])]
        found.update(compare(shopper, stored, replied))
    return dict(found)


async def stored_events(there: Desk, client: httpx.AsyncClient, shopper: CrowdShopper) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    headers = {"Authorization": f"Bearer {shopper.token}"}
    while True:
        after = events[-1]["seq"] if events else 0
        path = f"/api/v1/conversations/{shopper.conversation_id}/events?after={after}"
        more = (await insist(client, there.urls, "GET", path, headers=headers)).json()["events"]
        if not more:
            return events
        events += more


def compare(shopper: CrowdShopper, stored: list[dict[str, Any]], replied: list[str]) -> Counter[str]:
    """What is wrong with one conversation."""
    ids = Counter(e["client_id"] for e in stored if e.get("client_id"))
    numbers = [int(i.rsplit("-", 1)[1]) for i in (e.get("client_id", "") for e in stored) if i in set(shopper.sent)]
    heard = [e["seq"] for e in shopper.heard]
    answered = Counter(e["text"] for e in stored if e.get("from") == "bot" and e["text"].startswith("echo "))
    return Counter(
        # Acknowledged to its sender, or told to the shopper, and not there; or never acknowledged at all.
        lost=sum(i not in ids or i not in shopper.acked for i in shopper.sent)
        + sum(i not in ids for i in replied)
        + len({e["seq"] for e in stored} - set(heard)),
        doubled=sum(n - 1 for n in ids.values()) + len(heard) - len(set(heard)) + sum(n - 1 for n in answered.values()),
        out_of_order=sum(b != a + 1 for a, b in pairwise([0, *heard]))
        + sum(b <= a for a, b in pairwise(numbers))
        + sum(e["seq"] != n for n, e in enumerate(stored, start=1)),
        bot_after_takeover=bot_out_of_turn(stored),
        stranded=int(stranded(stored)),
    )


def bot_out_of_turn(stored: list[dict[str, Any]]) -> int:
    state, wrong = "bot", 0
    for event in stored:
        state = event["state"] if event["type"] == "state" else state
        wrong += event.get("from") == "bot" and state != "bot"
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    help_inner = "the engine and what it calls: an echo, the real ones, or two of each"
    parser.add_argument("--inner", choices=("standin", "real", "twice"), default="standin", help=help_inner)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--faults", type=int, default=100)
    parser.add_argument("--shoppers", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    result = asyncio.run(run(given.store, given.inner, given.messages, given.faults, given.shoppers, given.seed))
    show(f"{given.store}, {given.inner} engine, seed {given.seed}", {"": result})
    finish(result, given.json)


if __name__ == "__main__":
    main()
