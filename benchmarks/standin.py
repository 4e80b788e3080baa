"""An engine that only echoes: for measuring the bridge, and killing its engine, without training one.

`python -m benchmarks.standin PORT` listens on loopback and speaks the bridge's channel.
"""

from __future__ import annotations

import asyncio
import random
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

SLOWEST_S = 0.03


async def answer(request: Request) -> JSONResponse:
    """Say the text again after a moment; a text that begins with "person" fetches one."""
    turn = await request.json()
    await asyncio.sleep(random.uniform(0, SLOWEST_S))
    custom: dict[str, object] = {
        "text": f"echo {turn['message']}",
        "report": {"intent": "ask", "intent_confidence": 1.0, "verdict": "answer"},
    }
    if turn["message"].startswith("person"):
        custom["handoff"] = {"reason": "asked", "brief": {"wants": turn["message"]}}
    return JSONResponse([{"custom": custom}])


async def health(request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


def app() -> Starlette:
    return Starlette(
        routes=[
            Route("/webhooks/cornerdesk/webhook", answer, methods=["POST"]),
            Route("/webhooks/cornerdesk/forget", health, methods=["POST"]),
            Route("/webhooks/cornerdesk/", health),
        ]
    )


if __name__ == "__main__":
    uvicorn.run(app(), host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
