"""The bridge's side of the talk with the knowledge service: agents search the pages beside a chat."""

from __future__ import annotations

import httpx
from pydantic import ValidationError

from handoff.errors import KnowledgeUnavailable
from handoff.wire import Page
from knowledge.wire import PageContext, SearchRequest, SearchResult

SEARCH_TIMEOUT_S = 5.0


class Knowledge:
    """Searches the pages; raises KnowledgeUnavailable when the service is down or slow."""

    def __init__(self, url: str, token: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=SEARCH_TIMEOUT_S,
            transport=transport,
            trust_env=False,
        )

    async def search(self, question: str, page: Page | None) -> SearchResult:
        request = SearchRequest(question=question, page=PageContext(**page.model_dump()) if page else None)
        try:
            response = await self._client.post("/search", json=request.model_dump())
            response.raise_for_status()
            return SearchResult.model_validate_json(response.content)
        except (httpx.HTTPError, ValidationError) as error:
            raise KnowledgeUnavailable("The pages cannot be searched just now. Try again in a moment.") from error

    async def close(self) -> None:
        await self._client.aclose()
