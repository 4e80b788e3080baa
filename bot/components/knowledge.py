"""The engine's one way to the knowledge service: `/understand` for a message, `/embed` for training examples."""

from __future__ import annotations

import base64
import logging
import os
from dataclasses import dataclass
from typing import Any, Dict, List, Optional

import numpy as np
import requests

from bot.components.emoji import in_words
from bot.components.parts import parts_of

logger = logging.getLogger(__name__)

DEFAULT_URL = "http://127.0.0.1:5056"
TIMEOUT_S = 3.0
TRAINING_TIMEOUT_S = 120.0
BATCH = 256
MAX_CHARS = 4_000


class KnowledgeUnreachableError(RuntimeError):
    """Training needs embeddings, and the service that makes them did not answer."""

    def __init__(self, url: str, cause: Exception) -> None:
        super().__init__(
            f"The knowledge service at {url} did not give embeddings ({cause}). "
            "Start it first (python -m knowledge.service), or set CORNERDESK_KNOWLEDGE_URL to where it runs."
        )


def vector(encoded: str) -> np.ndarray:
    """The float32 vector that the service sent as base64 of little-endian bytes."""
    return np.frombuffer(base64.b64decode(encoded), dtype="<f4")


@dataclass(frozen=True)
class Part:
    """One thing said in a message, and its unit vector."""

    text: str
    embedding: np.ndarray


class Knowledge:
    """A connection to the knowledge service, kept open between messages."""

    def __init__(self, url: Optional[str] = None, token: Optional[str] = None, timeout_s: float = TIMEOUT_S) -> None:
        self.url = (url or os.environ.get("CORNERDESK_KNOWLEDGE_URL") or DEFAULT_URL).rstrip("/")
        self._timeout_s = timeout_s
        self._session = requests.Session()
        self._session.trust_env = False
        token = token or os.environ.get("CORNERDESK_INNER_TOKEN", "")
        self._session.headers["Authorization"] = f"Bearer {token}"

    def understand(self, text: str, metadata: Optional[Dict[str, Any]]) -> Optional[Dict[str, Any]]:
        """What the service makes of one message, or None when it did not say in time."""
        try:
            return self._post("/understand", question(text, metadata), self._timeout_s, traced(metadata))
        except (requests.RequestException, ValueError) as error:
            logger.error("The knowledge service at %s did not understand a message: %s", self.url, error)
            return None

    def embed_parts(self, text: str) -> List[Part]:
        """The parts of a message with their vectors; none when it has none, or when the service gives none in time."""
        parts = parts_of(in_words(text))
        try:
            answer = self._post("/embed", {"texts": parts}, self._timeout_s, {}) if parts else {"embeddings": []}
        except (requests.RequestException, ValueError) as error:
            logger.warning("The knowledge service at %s did not embed a message's parts: %s", self.url, error)
            return []
        return [Part(part, vector(encoded)) for part, encoded in zip(parts, answer["embeddings"], strict=True)]

    def embed(self, texts: List[str]) -> np.ndarray:
        """Unit vectors, one row a text, shape (len(texts), dimension)."""
        rows: List[np.ndarray] = []
        for start in range(0, len(texts), BATCH):
            rows += self._embed_batch(texts[start : start + BATCH])
        return np.vstack(rows)

    def _embed_batch(self, texts: List[str]) -> List[np.ndarray]:
        try:
            answer = self._post("/embed", {"texts": texts}, TRAINING_TIMEOUT_S, {})
        except (requests.RequestException, ValueError) as error:
            raise KnowledgeUnreachableError(self.url, error) from error
        return [vector(encoded) for encoded in answer["embeddings"]]

    def _post(self, path: str, body: Dict[str, Any], timeout_s: float, headers: Dict[str, str]) -> Dict[str, Any]:
        response = self._session.post(self.url + path, json=body, timeout=timeout_s, headers=headers)
        response.raise_for_status()
        answer: Dict[str, Any] = response.json()
        return answer


def traced(metadata: Optional[Dict[str, Any]]) -> Dict[str, str]:
    """The turn's id as a header, so that the service's log can be read beside the engine's."""
    request = (metadata or {}).get("request")
    return {"X-Request-Id": request} if request else {}


def question(text: str, metadata: Optional[Dict[str, Any]]) -> Dict[str, Any]:
    """The body of `/understand`: the text (emoji in words), the page being looked at, the question before this one."""
    metadata = metadata or {}
    clean = in_words(text).encode("utf-8", "ignore").decode("utf-8")[:MAX_CHARS]
    return {"text": clean, "page": metadata.get("page"), "previous": metadata.get("previous")}
