"""A line for every call, with the bridge's id for the turn and without a word of it."""

import json

import pytest
import structlog
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from knowledge import logs


@pytest.fixture
def client():
    app = FastAPI()
    app.add_middleware(logs.RequestLog)

    @app.post("/search")
    async def search(request: Request):
        return {"found": (await request.json())["question"]}

    @app.get("/healthz")
    async def healthz():
        return {}

    return TestClient(app)


def test_the_id_of_the_turn_stands_in_the_line_and_its_text_does_not(client):
    with structlog.testing.capture_logs() as lines:
        client.post("/search", json={"question": "where is my parcel"}, headers={"X-Request-Id": "c_a.1.7"})
    (line,) = lines
    assert (line["event"], line["path"], line["request"], line["status"]) == ("call", "/search", "c_a.1.7", 200)
    assert "parcel" not in json.dumps(line)


@pytest.mark.parametrize("given", ["", "two words", "x" * 101, '"}{'])
def test_what_is_no_id_never_reaches_the_log(client, given):
    with structlog.testing.capture_logs() as lines:
        client.post("/search", json={"question": "x"}, headers={"X-Request-Id": given})
    assert lines[0]["request"] is None


def test_health_checks_leave_no_line(client):
    with structlog.testing.capture_logs() as lines:
        client.get("/healthz")
    assert lines == []
