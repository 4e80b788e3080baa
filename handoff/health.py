"""How the bridge and the processes behind it are doing."""

from __future__ import annotations

import asyncio
from urllib.parse import urljoin

import httpx

from handoff.errors import DeskError
from handoff.settings import Settings
from handoff.store import Store
from handoff.wire import Health, Part

LOOK_TIMEOUT_S = 2.0


class Watch:
    """Looks at each inner process when asked."""

    def __init__(self, settings: Settings, store: Store, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.store = store
        self._addresses = {
            "knowledge": urljoin(settings.knowledge_url, "/healthz"),
            "engine": urljoin(settings.engine_url.split(",")[0].strip(), "/webhooks/cornerdesk/"),
            "actions": urljoin(settings.actions_url, "/healthz"),
        }
        self._client = httpx.AsyncClient(timeout=LOOK_TIMEOUT_S, transport=transport, trust_env=False)

    async def look(self) -> Health:
        """Down when nothing can be stored; degraded when the assistant cannot work."""
        storage, *inner = await asyncio.gather(self._storage(), *(self._part(a) for a in self._addresses.values()))
        parts = dict(zip(self._addresses, inner, strict=True))
        well = all(part.status == "ok" for part in inner)
        status = "down" if storage.status == "down" else "ok" if well else "degraded"
        return Health.model_validate({"status": status, "storage": storage, **parts})

    async def _storage(self) -> Part:
        try:
            await self.store.database.check()
        except DeskError as error:
            return Part(status="down", detail=error.message)
        return Part(status="ok")

    async def _part(self, address: str) -> Part:
        try:
            response = await self._client.get(address)
        except httpx.HTTPError as error:
            return Part(status="down", detail=f"not reachable ({type(error).__name__})")
        if response.status_code != 200:
            return Part(status="down", detail=f"answers with status {response.status_code}")
        return Part(status="ok")

    async def close(self) -> None:
        await self._client.aclose()
