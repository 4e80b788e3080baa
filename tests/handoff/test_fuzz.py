"""Every operation of the OpenAPI page, with whatever schemathesis thinks of: refused or done, never a 5xx."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from handoff.app import create_app
from tests.handoff.conftest import QUICK, settings_for
from tests.handoff.fakes import FakeEngine

# What may be said when something outside is away: the pages cannot be searched, the shop sends no mail.
HONEST = {"knowledge_unavailable", "mail_unavailable"}


class FuzzedDesk:
    """The application with an admin signed in and a conversation opened."""

    def __init__(self, client, headers, conversation_id):
        self.client = client
        self.headers = headers
        self.conversation_id = conversation_id

    def try_out(self, case, keep):
        """Send what was thought of; with `keep`, past the door and about a conversation that exists."""
        if keep and "conversation_id" in (case.path_parameters or {}):
            case.path_parameters["conversation_id"] = self.conversation_id
        if isinstance((case.query or {}).get("wait"), float | int):
            case.query["wait"] = min(case.query["wait"], 0.01)
        sent = case.as_transport_kwargs(base_url="http://desk.test")
        headers = {k.lower(): v for k, v in (sent.get("headers") or {}).items() if v.isascii() and v.isprintable()}
        headers.pop("cookie", None)
        sent = {k: v for k, v in sent.items() if k in ("method", "url", "params", "json", "data", "content")}
        return self.client.request(**sent, headers={**headers, **(self.headers if keep else {})})


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "desk.sqlite3"
    app = create_app(settings_for(f"sqlite+aiosqlite:///{path}", rate_limits="off"), engine=FakeEngine())
    with TestClient(app, base_url="http://desk.test", raise_server_exceptions=False) as client:
        agents = app.state.context.agents
        agents.hasher = QUICK
        client.portal.call(lambda: agents.add("ada@desk.test", "long enough for this", role="admin"))
        signed_in = client.post("/api/v1/session", json={"email": "ada@desk.test", "password": "long enough for this"})
        opened = client.post("/api/v1/conversations", json={}).json()
        headers = {"x-csrf-token": signed_in.json()["csrf"], "authorization": f"Bearer {opened['token']}"}
        yield FuzzedDesk(client, headers, opened["conversation_id"])


def described():
    """Every operation that can be tried over and over."""
    app = create_app(settings_for("sqlite+aiosqlite:///nowhere.sqlite3"), engine=FakeEngine())
    found = schemathesis.openapi.from_dict(app.openapi()).get_all_operations()
    operations = [result.ok() for result in found]
    return [o for o in operations if o.method.upper() != "DELETE" and o.path not in LEFT_OUT]


# They sign out, end the conversation that the others are tried on, or wait for other processes.
LEFT_OUT = {"/api/v1/session", "/api/v1/conversations/{conversation_id}/erase", "/healthz"}


@pytest.mark.parametrize("operation", described(), ids=lambda o: o.label)
def test_no_operation_ends_in_a_server_error(operation, desk):
    @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), keep=st.booleans())
    def attempt(case, keep):
        check(desk.try_out(case, keep))

    attempt()


def check(answer):
    if answer.status_code >= 500:
        assert answer.json()["error"]["code"] in HONEST, answer.text
    elif answer.status_code >= 400:
        assert set(answer.json()["error"]) <= {"code", "message", "field"}
