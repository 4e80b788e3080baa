"""Which duties there are, and how often each is done."""

from __future__ import annotations

from handoff.desk import Desk
from handoff.duties.closing import Closing
from handoff.duties.duties import Duty
from handoff.duties.presence import Presence
from handoff.duties.waiting import Waiting
from handoff.erasure import Erasure
from handoff.outbox.courier import Courier
from handoff.turn_runner import TurnRunner

# What somebody waits for, and what needs no hurry.
OFTEN_S = 1.0
SELDOM_S = 30.0


def roster(
    desk: Desk, presence: Presence, turn_runner: TurnRunner, courier: Courier, erasure: Erasure
) -> tuple[Duty, ...]:
    """All duties of one bridge."""
    waiting, closing = Waiting(desk), Closing(desk, erasure)

    async def read_rules() -> None:
        await desk.read_rules()

    return (
        Duty("heartbeat", OFTEN_S, presence.heartbeat),
        Duty("rules", OFTEN_S, read_rules),
        Duty("turns", OFTEN_S, turn_runner.pick_up_all),
        Duty("requeue", OFTEN_S, presence.requeue_left_chats),
        Duty("give_out", OFTEN_S, waiting.give_out),
        Duty("courier", OFTEN_S, courier.round),
        Duty("warn", OFTEN_S, waiting.warn),
        Duty("put_by", SELDOM_S, waiting.put_by),
        Duty("close_silent", SELDOM_S, closing.close_silent),
        Duty("retention", SELDOM_S, closing.erase_old),
        Duty("dead_bridges", SELDOM_S, presence.forget_dead_bridges),
    )
