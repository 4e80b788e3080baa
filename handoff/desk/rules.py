"""What the desk goes by, as an admin has it."""

from __future__ import annotations

from handoff.desk.verbs import Verbs
from handoff.hub import QueueMoved
from handoff.queue.rules import InForce
from handoff.store import Agent, AuditEntry
from handoff.wire import SettingsChange, ShopSettings


class RulesVerbs(Verbs):
    """Reading and changing the rules while the desk runs."""

    async def read_rules(self) -> ShopSettings:
        """Go by what an admin has changed, here or at another bridge; gives the settings in force."""
        changes = await self.store.rules.all()
        if not self.rules.knows(changes):
            self.rules.take(changes)
            self.hub.deliver(QueueMoved())
        return self.rules.settings

    async def change_rules(self, change: SettingsChange, by: Agent) -> ShopSettings:
        """Change what is named; null takes it back to what the environment says."""
        changes = change.model_dump(mode="json", exclude_unset=True)
        # Refused before anything is stored, should hours and time zone not fit together.
        InForce.of(self.rules.base, {**await self.store.rules.all(), **changes})
        entry = AuditEntry(self.clock(), by.id, "change_settings", None, {"names": sorted(changes)})
        await self.store.rules.change(changes, entry)
        return await self.read_rules()
