"""Run in the engine's environment: classify texts with a trained Rasa model. JSON list of texts in, JSON list out."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

WARM_UP = 5


async def parse_all(model: str, texts: list[str]) -> list[dict[str, Any]]:
    """Intent, confidence and milliseconds of each text, one at a time."""
    from rasa.core.agent import load_agent

    agent = await load_agent(model)
    for text in texts[:WARM_UP]:
        await agent.parse_message(text)
    return [await parsed(agent, text) for text in texts]


async def parsed(agent: Any, text: str) -> dict[str, Any]:
    """One text, timed."""
    started = time.perf_counter()
    found = (await agent.parse_message(text))["intent"]
    took_ms = (time.perf_counter() - started) * 1000
    return {"intent": found["name"], "confidence": float(found["confidence"]), "ms": took_ms}


if __name__ == "__main__":
    print("\n" + json.dumps(asyncio.run(parse_all(sys.argv[1], json.load(sys.stdin)))))
