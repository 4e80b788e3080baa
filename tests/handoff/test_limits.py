"""Too often is refused with the time to wait, and everybody else goes on."""

from handoff.limits import Limits
from tests.handoff.conftest import PASSWORD, running, settings_for


async def test_messages_of_one_conversation_are_limited_and_others_are_not(sqlite_url):
    async with running(sqlite_url, messages_per_minute=3) as bridge:
        fast, slow = await bridge.shopper(), await bridge.shopper()
        answers = [await fast.post("messages", {"client_id": str(n), "text": "hi"}) for n in range(6)]
        assert [a.status_code for a in answers].count(202) == 3
        refused = answers[-1]
        assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limited")
        assert 0 < int(refused.headers["retry-after"]) <= 60
        await slow.say("hello")


async def test_new_conversations_are_limited_by_address(sqlite_url):
    async with running(sqlite_url, conversations_per_minute=2) as bridge:
        client = bridge.client()
        statuses = [(await client.post("/api/v1/conversations", json={})).status_code for _ in range(4)]
        assert statuses == [201, 201, 429, 429]


async def test_guessing_passwords_is_throttled_for_the_agent_who_is_guessed_too(sqlite_url):
    async with running(sqlite_url, sign_ins_per_minute=3) as bridge:
        await bridge.agent()
        client = bridge.client()
        body = {"email": "robin@desk.test", "password": "wrong"}
        statuses = [(await client.post("/api/v1/session", json=body)).status_code for _ in range(5)]
        assert statuses == [401, 401, 401, 429, 429]
        right = await client.post("/api/v1/session", json=body | {"password": PASSWORD})
        assert right.status_code == 429


async def test_signing_in_well_is_not_counted(sqlite_url):
    async with running(sqlite_url, sign_ins_per_minute=2) as bridge:
        for n in range(4):
            await bridge.agent(f"Agent{n}")


async def test_measuring_needs_no_limits(sqlite_url):
    async with running(sqlite_url, rate_limits="off", messages_per_minute=1) as bridge:
        shopper = await bridge.shopper()
        for _ in range(3):
            await shopper.say("hi")


async def test_metrics_are_for_this_machine_or_with_the_token(bridge):
    client = bridge.client()
    shopper = await bridge.shopper()
    await shopper.say("hello")
    await bridge.settled()
    local = await client.get("/metrics")
    assert 'cornerdesk_messages_total{sender="shopper"} 1.0' in local.text
    passed_on = {"X-Forwarded-For": "203.0.113.9"}
    assert (await client.get("/metrics", headers=passed_on)).status_code == 401
    token = {"Authorization": "Bearer an inner token for tests only"}
    assert (await client.get("/metrics", headers=passed_on | token)).status_code == 200


async def test_when_counting_fails_nobody_is_kept_out():
    nobody_listens = "redis://127.0.0.1:9/0"
    limits = Limits(settings_for("sqlite+aiosqlite://", redis_url=nobody_listens, messages_per_minute=1))
    for _ in range(3):
        await limits.hit("write", "c_1")
