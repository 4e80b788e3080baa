"""Is the promised wait honest? Simulated days at the desk, each shopper's promise held against what happened.

Shoppers arrive at random, more around noon; agents come and go in shifts; conversations last as they do (log-normal,
some very long); agents are slower late in the day than the recent average knows. The promise is made by the shipped
`handoff.queue.waits.estimate_wait`, from what the desk would know at that moment and nothing else.
"""

from __future__ import annotations

import argparse
import heapq
import random
import statistics
from collections import deque
from dataclasses import dataclass, field
from math import cos, exp, log, pi

from benchmarks.report import finish, show
from handoff.queue.waits import estimate_wait

DAY_S = 9 * 3600.0
CAPACITY = 3
RECENT = 50


@dataclass
class Day:
    """One simulated day. Times in seconds from opening."""

    chance: random.Random
    agents: int
    load: float
    mean_s: float
    spread: float
    handled: deque[float] = field(default_factory=lambda: deque(maxlen=RECENT))
    promises: list[tuple[int, int, float]] = field(default_factory=list)

    def handling_s(self, at: float) -> float:
        slower = 1 + 0.25 * at / DAY_S
        mu = log(self.mean_s) - self.spread**2 / 2
        return slower * exp(self.chance.gauss(mu, self.spread))

    def on_duty(self, at: float) -> int:
        """Two shifts that overlap at noon."""
        early, late = (self.agents + 1) // 2, self.agents // 2 + 1
        return (early if at < DAY_S * 0.6 else 0) + (late if at > DAY_S * 0.4 else 0)

    def arrivals(self) -> list[float]:
        """A Poisson process, twice as busy at noon as at opening, by thinning."""
        top = self.load * self.agents * CAPACITY * 0.62 / self.mean_s
        at, found = 0.0, []
        while (at := at + self.chance.expovariate(top)) < DAY_S:
            if self.chance.random() < 0.67 - 0.33 * cos(2 * pi * at / DAY_S):
                found.append(at)
        return found

    def run(self) -> None:
        """Serve in turn; note for each shopper what was promised and what came."""
        waiting: deque[tuple[float, tuple[int, int] | None]] = deque()
        ends: list[tuple[float, float]] = []
        events = [(at, 0) for at in self.arrivals()] + [(n * 30.0, 1) for n in range(int(DAY_S / 30))]
        for at, is_tick in sorted(events):
            self._finish(ends, at, waiting)
            if not is_tick:
                waiting.append((at, self._promise(at, len(waiting), len(ends))))
            self._serve(at, ends, waiting)

    def _promise(self, at: float, ahead: int, chats: int) -> tuple[int, int] | None:
        places = self.on_duty(at) * CAPACITY
        free = max(0, places - chats)
        return estimate_wait(
            ahead + 1, on_duty=self.on_duty(at), free_places=free, places=places, handled_s=tuple(self.handled)
        )

    def _finish(
        self, ends: list[tuple[float, float]], at: float, waiting: deque[tuple[float, tuple[int, int] | None]]
    ) -> None:
        while ends and ends[0][0] <= at:
            end, handled_s = heapq.heappop(ends)
            self.handled.append(handled_s)
            self._serve(end, ends, waiting)

    def _serve(
        self, at: float, ends: list[tuple[float, float]], waiting: deque[tuple[float, tuple[int, int] | None]]
    ) -> None:
        while waiting and len(ends) < self.on_duty(at) * CAPACITY:
            arrived, promised = waiting.popleft()
            notice_s = self.chance.uniform(5, 50)
            handled_s = self.handling_s(at)
            heapq.heappush(ends, (at + notice_s + handled_s, handled_s))
            if promised is not None and len(self.handled) >= RECENT // 2:
                self.promises.append((*promised, at + notice_s - arrived))


def simulate(days: int, seed: int) -> dict[str, dict[str, float]]:
    """One row a kind of shop: how many promises, how many held, and how far the middle of the range was off."""
    chance = random.Random(seed)
    shops = {
        "small, quiet": (2, 0.7, 300.0, 0.8),
        "small, busy": (2, 1.05, 300.0, 0.8),
        "middling": (6, 1.0, 420.0, 0.9),
        "large, busy": (20, 1.05, 360.0, 1.0),
    }
    rows, everything = {}, []
    for name, (agents, load, mean_s, spread) in shops.items():
        promises: list[tuple[int, int, float]] = []
        for _ in range(days):
            day = Day(random.Random(chance.random()), agents, load, mean_s, spread)
            day.run()
            promises += day.promises
        rows[name] = held(promises)
        everything += promises
    return rows | {"all": held(everything)}


def held(promises: list[tuple[int, int, float]]) -> dict[str, float]:
    waited = [p for p in promises if p[2] > 60]
    return {
        "promises": len(promises),
        "inside_range": round(sum(low <= took <= high for low, high, took in promises) / len(promises), 3),
        "inside_when_waiting": round(sum(lo <= t <= hi for lo, hi, t in waited) / max(1, len(waited)), 3),
        "too_long": round(sum(took > high for _, high, took in promises) / len(promises), 3),
        "median_error_s": round(statistics.median(abs((low + high) / 2 - took) for low, high, took in promises), 1),
        "median_wait_s": round(statistics.median(took for _, _, took in promises), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = simulate(given.days, given.seed)
    show(f"{given.days} simulated days", rows)
    finish({name: rows["all"][name] for name in ("inside_range", "median_error_s")}, given.json)


if __name__ == "__main__":
    main()
