"""One id through all four processes: a turn can be followed from the bridge to the pages, without a word of it."""

import json

from tests.end_to_end.shopper import Shopper

WORDS = "how long do I have to send an umbrella stand back"


def test_a_turn_can_be_followed_through_every_log(desk):
    shopper = Shopper(desk.base_url)
    try:
        shopper.ask(WORDS)
        turn = f"{shopper.id}.1.1"
    finally:
        shopper.close()
    logs = {name: (desk.running.state / "log" / f"{name}.log").read_text() for name in PROCESSES}
    assert [name for name, text in logs.items() if turn not in text] == []
    assert [name for name, text in logs.items() if "umbrella" in text] == []


PROCESSES = ("bridge", "engine", "actions", "knowledge")


def test_what_a_shopper_erases_the_engine_forgets(desk):
    shopper = Shopper(desk.base_url)
    try:
        shopper.ask(WORDS)
        erased = shopper.http.delete(f"/conversations/{shopper.id}").raise_for_status().json()
        assert erased["assistant"] == "erased"
    finally:
        shopper.http.close()
    lines = (desk.running.state / "log" / "engine.log").read_text().splitlines()
    forgotten = [json.loads(line) for line in lines if line.startswith('{"event": "forgotten"')]
    assert (forgotten[-1]["conversations"], forgotten[-1]["trackers"]) == (1, 1)
