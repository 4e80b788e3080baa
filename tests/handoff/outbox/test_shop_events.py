from datetime import UTC, datetime
from pathlib import Path

import pytest

from handoff.outbox.shop_events import Resolved, ServiceLevelWarning, ShopEvent

PROTOCOL = Path(__file__).parents[3] / "docs" / "protocol.md"


@pytest.mark.parametrize("kind", ShopEvent.__subclasses__())
def test_every_kind_is_promised_in_the_protocol(kind):
    assert f"`{kind.type}`" in PROTOCOL.read_text()


def test_an_instant_keeps_the_form_that_shops_read():
    due_at = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    event = ServiceLevelWarning(promise="first_reply", due_at=due_at, level="soon")
    assert event.model_dump(mode="json") == {
        "promise": "first_reply",
        "due_at": "2026-11-25T09:30:00+00:00",
        "level": "soon",
    }


def test_what_is_not_known_is_left_out():
    assert Resolved(disposition="abandoned").model_dump(mode="json", exclude_none=True) == {"disposition": "abandoned"}
