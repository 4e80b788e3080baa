import json
import os
import subprocess
import sys

import httpx

from handoff.engine import HttpEngine
from handoff.logs import without_private
from handoff.store import BotTurn


def test_what_people_wrote_and_secrets_never_reach_the_log():
    line = {"event": "x", "text": "my address is", "token": "t", "conversation": "c_1"}
    assert without_private(None, "info", line) == {"event": "x", "text": "…", "token": "…", "conversation": "c_1"}


def test_a_line_is_one_json_object():
    code = "import logging, structlog; from handoff.logs import set_up; set_up();"
    code += "structlog.get_logger().info('claimed', conversation='c_1'); logging.getLogger('lib').warning('hm %s', 1)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, timeout=60)
    ours, theirs = (json.loads(line) for line in done.stdout.splitlines())
    assert (ours["event"], ours["conversation"], ours["level"]) == ("claimed", "c_1", "info")
    assert (theirs["event"], theirs["level"]) == ("hm 1", "warning")


async def test_the_engine_is_told_the_turns_id():
    asked = []

    def answer(request):
        asked.append(request.headers["x-request-id"])
        return httpx.Response(200, json=[{"text": "hi"}])

    engine = HttpEngine("http://engine", "secret", timeout_s=1, transport=httpx.MockTransport(answer))
    await engine.answer(BotTurn("c_1", "t", 1, 2, 7, "hello", None, None, None, None))
    assert asked == ["c_1.2.7"]
