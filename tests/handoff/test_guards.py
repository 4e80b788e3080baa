"""Which other sites may talk to the bridge from a browser: those on the list, and only for what shoppers do."""

import pytest

from tests.handoff.conftest import running

SHOP, STRANGER = "https://shop.example", "https://stranger.example"


@pytest.fixture
async def listed(sqlite_url):
    async with running(sqlite_url, allowed_origins=f"{SHOP}, https://other.example/") as bridge:
        yield bridge


def preflight(origin, method="POST"):
    return {"Origin": origin, "Access-Control-Request-Method": method}


async def test_a_site_on_the_list_may_talk_and_a_stranger_may_not(listed):
    async with listed.client() as client:
        for origin, allowed in ((SHOP, SHOP), ("https://other.example", "https://other.example"), (STRANGER, None)):
            asked = await client.options("/api/v1/conversations", headers=preflight(origin))
            assert asked.headers.get("access-control-allow-origin") == allowed
            answer = await client.get("/api/v1/shop", headers={"Origin": origin})
            assert answer.headers.get("access-control-allow-origin") == allowed
            assert "access-control-allow-credentials" not in answer.headers


async def test_agents_work_from_our_own_pages_only(listed):
    async with listed.client() as client:
        for method in ("PUT", "PATCH"):
            asked = await client.options("/api/v1/settings", headers=preflight(SHOP, method))
            assert method not in asked.headers.get("access-control-allow-methods", "")
        session = {"email": "robin@desk.test", "password": "correct horse battery"}
        refused = await client.post("/api/v1/session", json=session, headers={"Origin": STRANGER})
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "forbidden")


async def test_without_a_list_no_other_site_may(bridge):
    async with bridge.client() as client:
        answer = await client.get("/api/v1/shop", headers={"Origin": SHOP})
        assert "access-control-allow-origin" not in answer.headers
