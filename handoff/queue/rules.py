"""How this shop runs its desk: what the environment says, and over it what an admin has changed since. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from handoff.conversation import Conversation
from handoff.errors import InvalidField
from handoff.queue.hours import Hours, parse_hours
from handoff.queue.promises import Promise, Warned, warnings
from handoff.queue.waits import Staffing, estimate_wait
from handoff.wire import SettingsChange, ShopSettings

Changes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class InForce:
    """The settings in force, and the hours as they are read from them."""

    settings: ShopSettings
    hours: Hours

    @classmethod
    def of(cls, base: ShopSettings, changes: Changes) -> InForce:
        """The environment's settings with these over them; raises InvalidField when hours cannot be read."""
        checked = SettingsChange.model_validate(dict(changes)).model_dump(exclude_unset=True, exclude_none=True)
        settings = ShopSettings.model_validate({**base.model_dump(), **checked, "changed": sorted(checked)})
        return cls(settings, _hours(settings))

    @property
    def promise(self) -> Promise:
        return Promise(self.settings.first_reply_s, self.settings.resolution_s)


def _hours(settings: ShopSettings) -> Hours:
    holidays = ",".join(day.isoformat() for day in settings.holidays)
    for name, given in (("timezone", ("", settings.timezone)), ("hours", (settings.hours, settings.timezone))):
        try:
            parse_hours(*given)
        except ValueError as error:
            raise InvalidField(f"{str(error).capitalize()}.", field=name) from None
    return parse_hours(settings.hours, settings.timezone, holidays)


@dataclass(slots=True)
class Rules:
    """What one shop's desk goes by; replaced whenever an admin changes something, here or at another bridge."""

    base: ShopSettings
    webhooks: bool = False
    mail: bool = False
    emergency: str = "112"
    in_force: InForce = field(init=False)
    _taken: Changes = field(init=False)

    def __post_init__(self) -> None:
        self.take({})

    def take(self, changes: Changes) -> None:
        """Go by these changes from now on. What an older version stored and this one cannot read is left aside."""
        try:
            self.in_force = InForce.of(self.base, changes)
        except (ValidationError, InvalidField):
            self.in_force = InForce.of(self.base, {})
        self._taken = changes

    def knows(self, changes: Changes) -> bool:
        return self._taken == changes

    def wait_s(self, place: int, staff: Staffing, at: datetime) -> tuple[int, int] | None:
        """The wait at `place` with these people, in seconds; None out of hours and with nobody on duty.

        Somebody who happens to be there at night may take a chat, but is not promised.
        """
        if not self.hours.open_at(at):
            return None
        return estimate_wait(
            place,
            on_duty=staff.on_duty,
            free_places=staff.free_places,
            places=staff.places,
            handled_s=staff.handled_s,
        )

    def warnings(self, chat: Conversation, at: datetime) -> list[Warned]:
        """Which of the shop's promises people should be warned of now, for this conversation."""
        opens_at = None if self.hours.open_at(at) else self.hours.next_opening(at)
        return warnings(chat, self.promise, at, opens_at)

    @property
    def settings(self) -> ShopSettings:
        return self.in_force.settings

    @property
    def hours(self) -> Hours:
        return self.in_force.hours

    @property
    def promise(self) -> Promise:
        return self.in_force.promise

    @property
    def shop_name(self) -> str:
        return self.settings.shop_name
