"""Logs: one JSON object a line, with one id through all processes, and never a shopper's words or a secret.

The id of a turn (`<conversation>.<episode>.<seq>`) goes to the engine as `X-Request-Id`. The engine's channel passes
it on, to the knowledge service as the same header and to the actions in the message's metadata; each of them writes it
in a line of its own.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# What must never be written, whatever a careless line passes.
PRIVATE = frozenset({"text", "message", "body", "token", "password", "email", "cookie", "authorization", "csrf"})


def set_up(level: str = "INFO") -> None:
    """Send everything, our lines and the libraries', to standard output as JSON."""
    as_json = structlog.processors.JSONRenderer()
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.format_exc_info,
            without_private,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    render: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, as_json]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=render, foreign_pre_chain=shared))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def without_private(_: object, __: str, line: MutableMapping[str, Any]) -> dict[str, Any]:
    """The line without fields that hold what people wrote, or secrets."""
    return {name: "…" if name in PRIVATE else value for name, value in line.items()}
