"""What the service answers from: the current index, changed for a new one as soon as there is one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from knowledge.errors import IndexUnusableError
from knowledge.index.index_folder import current_manifest, current_stamp, open_index
from knowledge.index.manifest import Manifest
from knowledge.index.publish_faults import read_publish_faults
from knowledge.model.reading import Embedder
from knowledge.search.entities import EntityReader
from knowledge.search.search import Searcher
from knowledge.settings import ServiceSettings
from knowledge.text.language import LanguageReader
from knowledge.wire.search import Health

if TYPE_CHECKING:
    from spacy.language import Language

log = structlog.get_logger()
MOST_FAULTS = 50


@dataclass(frozen=True)
class Ready:
    """One index with all that reads messages against it. A request holds on to the one it began with."""

    searcher: Searcher
    entities: EntityReader
    languages: LanguageReader


class LiveIndex:
    """Holds what is ready and looks for newer. A new index is opened aside and then put in place in one step."""

    def __init__(
        self,
        settings: ServiceSettings,
        embedder: Embedder,
        names: Language | None,
        languages: LanguageReader,
        real_words: frozenset[str],
    ) -> None:
        self._settings = settings
        self.embedder = embedder
        self._names = names
        self._languages = languages
        self.real_words = real_words
        self._ready: Ready | None = None
        self._seen: tuple[str, int] | None = None
        self._manifest: Manifest | None = None
        self._unpublished: list[str] = []
        self._fault: str | None = f"There is no index at {settings.index}. Run: knowledge build."

    def ready(self) -> Ready:
        """What to answer from now; raises `IndexUnusableError` when there is nothing."""
        if self._ready is None:
            raise IndexUnusableError(self._fault or "No index is ready.")
        return self._ready

    def health(self) -> Health:
        """The state of the service, with the faults of the pages it serves."""
        serving_faults = ([self._fault] if self._fault else []) + self._unpublished
        if self._ready is None or self._manifest is None:
            return Health(status="down", index_version=None, passages=0, pages=0, built_at=None, faults=serving_faults)
        manifest = self._manifest
        page_faults = [str(fault) for fault in manifest.faults if fault.fatal]
        return Health(
            status="degraded" if serving_faults or page_faults else "ok",
            index_version=manifest.version,
            passages=manifest.passages,
            pages=len(manifest.pages),
            built_at=manifest.built_at,
            faults=(serving_faults + page_faults)[:MOST_FAULTS],
        )

    async def watch(self) -> None:
        """Look for a new index until cancelled."""
        while True:
            await asyncio.sleep(self._settings.knowledge_poll_seconds)
            await self.look()

    async def look(self) -> None:
        """Open the current version when it is not the one in use; a fault in it leaves the one in use serving."""
        await self._look_for_fault()
        stamp = await asyncio.to_thread(current_stamp, self._settings.index)
        if stamp is None or stamp == self._seen:
            return
        self._seen = stamp
        try:
            await self._use(stamp[0])
            self._fault = None
        except IndexUnusableError as error:
            self._fault = error.message
            log.error("index_unusable", version=stamp[0], message=error.message)

    async def _use(self, version: str) -> None:
        """Open a version. One that is in use already was built again: only its faults may be others."""
        if self._ready is None or self._manifest is None or self._manifest.version != version:
            self._ready = await asyncio.to_thread(self._open)
            self._manifest = self._ready.searcher.manifest
            log.info("index_in_use", version=version)
            return
        known = self._manifest.faults
        self._manifest = await asyncio.to_thread(current_manifest, self._settings.index)
        for fault in self._manifest.faults:
            if fault.fatal and fault not in known:
                log.error("page_left_out", path=fault.path, line=fault.line, fault=fault.message, remedy=fault.remedy)

    async def _look_for_fault(self) -> None:
        """Notice an edit that could not be published, so that the log and /healthz say so."""
        unpublished = await asyncio.to_thread(read_publish_faults, self._settings.index)
        if unpublished != self._unpublished:
            for fault in unpublished:
                log.error("edit_not_published", fault=fault)
            self._unpublished = unpublished

    def _open(self) -> Ready:
        opened = open_index(self._settings.index, self.embedder)
        searcher = Searcher(opened, self.real_words)
        searcher.search("warm", self.embedder)
        entities = EntityReader(opened.index.pages, self._settings.order_pattern, self._names)
        entities.read("warm")
        return Ready(searcher, entities, self._languages)
