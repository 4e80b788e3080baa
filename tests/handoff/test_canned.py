import pytest


async def test_canned_replies_keep_their_order(either_bridge):
    lead, agent = await either_bridge.agent("Lee", role="lead"), await either_bridge.agent()
    replies = [{"name": "zip", "text": "Hello, {agent} here."}, {"name": "bye", "text": "Good bye."}]
    saved = await lead.http.put("/api/v1/canned", json={"replies": replies}, headers=lead.csrf)
    assert saved.status_code == 200
    assert (await agent.http.get("/api/v1/canned")).json() == {"replies": replies}
    refused = await agent.http.put("/api/v1/canned", json={"replies": []}, headers=agent.csrf)
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "replies", [[{"name": "a b", "text": "x"}], [{"name": "a", "text": " "}], [{"name": "a", "text": "x"}] * 2]
)
async def test_canned_replies_that_cannot_be(bridge, replies):
    lead = await bridge.agent("Lee", role="lead")
    refused = await lead.http.put("/api/v1/canned", json={"replies": replies}, headers=lead.csrf)
    assert refused.status_code == 422
    assert (await lead.http.get("/api/v1/canned")).json() == {"replies": []}
