"""Search, figures, canned replies and open questions, over all conversations."""

from datetime import timedelta

import pytest

from handoff.lists import Counted, figures, per_week, why


async def test_words_are_found_in_any_message_of_a_chat(either_bridge):
    robin = await either_bridge.agent()
    tent, stove = await either_bridge.shopper(), await either_bridge.shopper()
    await tent.say("My TENT pole is cracked")
    await tent.say("it happened on 100% gravel")
    await stove.say("the stove does not light")
    await either_bridge.settled()

    async def found(query):
        answer = await robin.http.get("/api/v1/conversations", params={"q": query})
        return [c["conversation_id"] for c in answer.json()["conversations"]]

    assert await found("pole tent gravel") == [tent.id]
    assert await found("100%") == [tent.id]
    assert await found("pole stove") == []
    assert await found("_ole") == []
    assert set(await found("")) == {tent.id, stove.id}


async def test_resolved_chats_can_be_listed(bridge):
    robin = await bridge.agent()
    shopper = await bridge.shopper()
    await shopper.post("request-human")
    await robin.must(shopper, "claim")
    await robin.must(shopper, "resolve", {"disposition": "solved"})
    listed = (await robin.http.get("/api/v1/conversations", params={"state": "resolved"})).json()["conversations"]
    assert [c["conversation_id"] for c in listed] == [shopper.id]
    assert (await bridge.client().get("/api/v1/conversations")).status_code == 401


async def test_the_figures_of_the_day(either_bridge):
    lead, agent = await either_bridge.agent("Lee", role="lead"), await either_bridge.agent()
    alone, helped = await either_bridge.shopper(), await either_bridge.shopper()
    await alone.say("how long do I have?")
    await helped.say("how long do I have?")
    await either_bridge.settled()
    await helped.post("request-human")
    either_bridge.clock.pass_s(60)
    await agent.must(helped, "claim")
    await agent.reply(helped, "Sixty days.")
    await agent.must(helped, "resolve", {"disposition": "solved"})
    await helped.post("rating", {"score": 4})
    seen = (await lead.http.get("/api/v1/figures")).json()
    assert (seen["handoffs"], seen["resolved"], seen["answered_share"]) == (1, 1, 0.5)
    assert (seen["rating_mean"], seen["rating_count"], seen["first_reply_p50_s"]) == (4.0, 1, 60.0)
    assert (await agent.http.get("/api/v1/figures")).status_code == 403


def test_nothing_counted_is_not_zero():
    empty = figures(Counted(waited_s=(), handoffs=0, resolved=0, asked=0, settled=0, ratings=()))
    assert (empty.first_reply_p50_s, empty.answered_share, empty.rating_mean) == (None, None, None)
    one = figures(Counted(waited_s=(7.0,), handoffs=1, resolved=0, asked=1, settled=1, ratings=(5,)))
    assert (one.first_reply_p50_s, one.first_reply_p90_s) == (7.0, 7.0)


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


async def test_a_removed_agent_is_out_and_their_chats_wait_again(bridge):
    admin, robin = await bridge.agent("Ada", role="admin"), await bridge.agent()
    shopper = await bridge.shopper()
    await shopper.post("request-human")
    await robin.must(shopper, "claim")
    await robin.reply(shopper, "Hello.")
    removed = await admin.http.delete(f"/api/v1/agents/{robin.id}", headers=admin.csrf)
    assert removed.status_code == 204
    assert (await shopper.read())["state"] == "waiting"
    assert (await robin.http.get("/api/v1/queue")).status_code == 401
    again = await admin.http.delete(f"/api/v1/agents/{robin.id}", headers=admin.csrf)
    assert again.status_code == 404
    herself = await admin.http.delete(f"/api/v1/agents/{admin.id}", headers=admin.csrf)
    assert herself.status_code == 403


async def test_only_admins_add_people(bridge):
    admin, lead = await bridge.agent("Ada", role="admin"), await bridge.agent("Lee", role="lead")
    kim = {"email": "kim@fellandford.com", "name": "Kim", "password": "a long enough one"}
    assert (await lead.http.post("/api/v1/agents", json=kim, headers=lead.csrf)).status_code == 403
    assert (await admin.http.post("/api/v1/agents", json=kim, headers=admin.csrf)).status_code == 201
    twice = await admin.http.post("/api/v1/agents", json=kim, headers=admin.csrf)
    assert twice.status_code == 422
    names = [a["name"] for a in (await lead.http.get("/api/v1/agents")).json()["agents"]]
    assert "Kim" in names


async def test_thumbs_down_makes_an_open_question(either_bridge):
    shopper = await either_bridge.shopper()
    await shopper.say("how long do I have?")
    await either_bridge.settled()
    answer = next(e for e in await shopper.events() if e.get("answer"))
    since = either_bridge.clock() - timedelta(days=1)
    assert await either_bridge.context.store.lists.open_questions(since) == []
    await shopper.post("feedback", {"seq": answer["seq"], "helpful": False})
    await either_bridge.settled()
    [question] = await either_bridge.context.store.lists.open_questions(since)
    assert (question.text, question.reason) == ("how long do I have?", "unhelpful")
    [(address, count)] = (await either_bridge.context.store.lists.pages(since)).items()
    assert "#" not in address
    assert (count.helpful, count.unhelpful) == (0, 1)
    assert count.answered >= 1


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        (("unknown", 0.1, "carry_on"), "unknown"),
        (("clarify", 0.5, "carry_on"), "clarify"),
        (("answer", 0.5, "carry_on"), "low"),
        (("answer", 0.9, "hand_off"), "handed_off"),
        (("answer", 0.9, "carry_on"), None),
        ((None, None, "hand_off"), None),
    ],
)
def test_why_a_question_stays_open(report, reason):
    assert why(*report) == reason


async def test_weeks_are_counted_back_from_now(bridge):
    now = bridge.clock()
    days = [now, now - timedelta(days=6), now - timedelta(days=8), now - timedelta(days=40)]
    assert per_week(days, now, 4) == [0, 0, 1, 2]


async def test_tags_at_the_end_join_those_that_were_there(bridge):
    robin = await bridge.agent()
    shopper = await bridge.shopper()
    await shopper.post("request-human")
    await robin.must(shopper, "claim")
    await robin.must(shopper, "resolve", {"disposition": "solved", "tags": ["tent", "warranty", "tent"]})
    assert (await robin.transcript(shopper))["tags"] == ["tent", "warranty"]


async def test_how_far_each_has_read_is_told_after_a_reload(bridge):
    robin = await bridge.agent()
    shopper = await bridge.shopper()
    seq = await shopper.say("hello")
    await bridge.settled()
    await shopper.post("request-human")
    await robin.must(shopper, "claim")
    await bridge.context.desk.agent_read(shopper.id, robin.id)
    await bridge.context.desk.shopper_read(shopper.id, seq)
    assert (await shopper.read())["agent_read_seq"] >= seq
    assert (await robin.transcript(shopper))["shopper_read_seq"] == seq
