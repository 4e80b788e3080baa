"""How the bridge and the processes behind it are doing."""

from __future__ import annotations

import asyncio
from urllib.parse import urljoin

import httpx

from handoff.errors import DeskError
from handoff.settings import Settings
from handoff.store import Store
from handoff.wire import DeskHealth, PartHealth

LOOK_TIMEOUT_S = 2.0


class HealthProbe:
    """Looks at the store and at each inner process when asked."""

    def __init__(self, settings: Settings, store: Store, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.store = store
        self._addresses = {
            "knowledge": urljoin(settings.knowledge_url, "/healthz"),
            "engine": urljoin(settings.engine_url.split(",")[0].strip(), "/webhooks/cornerdesk/"),
            "actions": urljoin(settings.actions_url, "/healthz"),
        }
        self._client = httpx.AsyncClient(timeout=LOOK_TIMEOUT_S, transport=transport, trust_env=False)

    async def look(self) -> DeskHealth:
        """Down when nothing can be stored; degraded when the assistant cannot work."""
        storage, *inner = await asyncio.gather(self._storage(), *(self._part(a) for a in self._addresses.values()))
        parts = dict(zip(self._addresses, inner, strict=True))
        well = all(part.status == "ok" for part in inner)
        status = "down" if storage.status == "down" else "ok" if well else "degraded"
        return DeskHealth.model_validate({"status": status, "storage": storage, **parts})

    async def _storage(self) -> PartHealth:
        try:
            await self.store.database.check()
        except DeskError as error:
            return PartHealth(status="down", detail=error.message)
        return PartHealth(status="ok")

    async def _part(self, address: str) -> PartHealth:
        try:
            response = await self._client.get(address)
        except httpx.HTTPError as error:
            return PartHealth(status="down", detail=f"not reachable ({type(error).__name__})")
        if response.status_code != 200:
            return PartHealth(status="down", detail=f"answers with status {response.status_code}")
        return PartHealth(status="ok")

    async def close(self) -> None:
        await self._client.aclose()
