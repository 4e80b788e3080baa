"""Who works at the desk: what a lead or an admin changes of an agent, and an agent who leaves for good."""

from __future__ import annotations

from handoff.desk.verbs import Verbs
from handoff.errors import Forbidden, NotFound
from handoff.store import Agent, AuditEntry
from handoff.store.unit_of_work import UnitOfWork
from handoff.wire import AgentChanges


class StaffVerbs(Verbs):
    """The leads' and admins' verbs."""

    async def change_agent(self, agent_id: str, changes: AgentChanges, by: Agent) -> None:
        """Change what is named; roles only as an admin. In the audit log when anything was named."""
        if "role" in changes.model_fields_set and by.role != "admin":
            raise Forbidden("Only admins may change roles.")
        if await self.store.people.by_id(agent_id) is None:
            raise NotFound("There is no agent with this id.")
        entry = AuditEntry(self.clock(), by.id, "change_agent", None, {"agent": agent_id})
        await self.store.people.change(agent_id, changes, entry)
        self.queue_changed()

    async def set_available(self, agent: Agent, available: bool) -> None:
        """Away or available; chats that the agent has stay with them."""
        await self.store.people.change(agent.id, AgentChanges(available=available))
        self.queue_changed()

    async def remove_agent(self, agent_id: str, by: Agent) -> None:
        """They can no longer sign in, and their chats wait again: all of it, with the audit log's line, or nothing."""
        if agent_id == by.id:
            raise Forbidden("Nobody removes themselves: ask another admin.")
        entry = AuditEntry(self.clock(), by.id, "remove_agent", None, {"agent": agent_id})
        await self.store.people.disable(agent_id, entry, self._release, self._announce)
        self.queue_changed()

    async def _release(self, work: UnitOfWork) -> None:
        agent_id = work.conversation.agent_id or ""
        work.become(work.conversation.release(by=agent_id))
        await self.put_back(work, "put_back")
        work.record(agent_id, "release")
