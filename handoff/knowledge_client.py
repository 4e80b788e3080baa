"""The bridge's side of the talk with the knowledge service: agents search the pages beside a chat."""

from __future__ import annotations

from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from handoff.errors import InvalidField, KnowledgeUnavailable
from handoff.wire import PageInView
from knowledge.wire.search import PageContext, SearchRequest, SearchResult

SEARCH_TIMEOUT_S = 5.0
# Checking a folder or building it aside takes a while.
CONTENT_TIMEOUT_S = 120.0

Model = TypeVar("Model", bound=BaseModel)


class KnowledgeClient:
    """Searches the pages; raises KnowledgeUnavailable when the service is down or slow."""

    def __init__(self, url: str, token: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=SEARCH_TIMEOUT_S,
            transport=transport,
            trust_env=False,
        )

    async def search(self, question: str, page: PageInView | None) -> SearchResult:
        request = SearchRequest(question=question, page=PageContext(**page.model_dump()) if page else None)
        try:
            response = await self._client.post("/search", json=request.model_dump())
            response.raise_for_status()
            return SearchResult.model_validate_json(response.content)
        except (httpx.HTTPError, ValidationError) as error:
            raise KnowledgeUnavailable("The pages cannot be searched just now. Try again in a moment.") from error

    async def get(self, path: str, answer: type[Model]) -> Model:
        """One of the content desk's reads."""
        return await self._talk("GET", path, None, answer)

    async def post(self, path: str, body: BaseModel, answer: type[Model]) -> Model:
        """One of the content desk's calls; what the service refuses as the caller's fault is told in its words."""
        return await self._talk("POST", path, body, answer)

    async def _talk(self, method: str, path: str, body: BaseModel | None, answer: type[Model]) -> Model:
        sent = body.model_dump(exclude_none=True) if body else None
        try:
            response = await self._client.request(method, path, json=sent, timeout=CONTENT_TIMEOUT_S)
            if response.status_code != 401 and (refusal := _sentence(response)):
                raise InvalidField(refusal)
            response.raise_for_status()
            return answer.model_validate_json(response.content)
        except (httpx.HTTPError, ValidationError) as error:
            raise KnowledgeUnavailable("The knowledge service cannot do this just now. Try again soon.") from error

    async def close(self) -> None:
        await self._client.aclose()


def _sentence(response: httpx.Response) -> str | None:
    """Why the service refused this as the caller's fault, in its own words."""
    if not 400 <= response.status_code < 500:
        return None
    try:
        return str(response.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return None
