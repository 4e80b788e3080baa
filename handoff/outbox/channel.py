"""The ways out, by name, and what each of them can do."""

from __future__ import annotations

from typing import Literal, Protocol

from handoff.store import Outgoing

ChannelName = Literal["webhook", "mail", "forget"]
WEBHOOK: ChannelName = "webhook"
MAIL: ChannelName = "mail"
FORGET: ChannelName = "forget"


class Channel(Protocol):
    """One way out; raises Undelivered."""

    async def deliver(self, one: Outgoing) -> None: ...

    async def close(self) -> None: ...


class Undelivered(Exception):  # noqa: N818 - it is tried again
    """The other side did not take it. `for_good` when trying again is of no use."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good
