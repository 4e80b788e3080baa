"""Agents over HTTP: signing in, taking a chat, answering, handing it on; and what they may not."""

import asyncio

import pytest

from tests.handoff.conftest import PASSWORD, running


async def waiting_chat(bridge, text="unknown things"):
    shopper = await bridge.shopper()
    await shopper.say(text)
    await bridge.settled()
    await shopper.post("request-human")
    return shopper


async def test_claim_reply_resolve(either_bridge):
    agent, shopper = await either_bridge.agent(), await waiting_chat(either_bridge)
    assert (await agent.must(shopper, "claim"))["state"] == "assigned"
    state = (await shopper.events())[-1]
    assert (state["state"], state["agent"]["name"]) == ("assigned", "Robin")
    await agent.reply(shopper, "Hello, Robin here")
    said = (await shopper.events())[-1]
    assert (said["from"], said["name"], said["text"]) == ("agent", "Robin", "Hello, Robin here")
    assert (await agent.must(shopper, "resolve", {"disposition": "solved"}))["state"] == "resolved"
    assert await agent.queue() == []


async def test_two_agents_claim_at_once_and_one_gets_it(either_bridge):
    robin, kim, shopper = (
        await either_bridge.agent(),
        await either_bridge.agent("Kim"),
        await waiting_chat(either_bridge),
    )
    answers = await asyncio.gather(*(a.post(shopper, "claim") for a in (robin, kim)))
    assert sorted(a.status_code for a in answers) == [200, 409]
    (refused,) = (a for a in answers if a.status_code == 409)
    assert refused.json()["error"]["code"] == "already_claimed"
    assert [e["state"] for e in await shopper.events() if e["type"] == "state"] == ["waiting", "assigned"]


async def test_claiming_ones_own_chat_again_changes_nothing(bridge):
    agent, shopper = await bridge.agent(), await waiting_chat(bridge)
    assert await agent.must(shopper, "claim") == await agent.must(shopper, "claim")


@pytest.mark.parametrize(
    ("verb", "body"),
    [("replies", {"client_id": "x", "text": "hi"}), ("release", None), ("return", None), ("resolve", None)],
)
async def test_a_chat_that_is_not_theirs(bridge, verb, body):
    robin, kim, shopper = await bridge.agent(), await bridge.agent("Kim"), await waiting_chat(bridge)
    refused = await kim.post(shopper, verb, body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "wrong_state")
    await robin.must(shopper, "claim")
    before = await shopper.events()
    refused = await kim.post(shopper, verb, body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_yours")
    assert await shopper.events() == before


async def test_the_same_reply_again_is_stored_once(either_bridge):
    agent, shopper = await either_bridge.agent(), await waiting_chat(either_bridge)
    await agent.must(shopper, "claim")
    first = await agent.reply(shopper, "hello", client_id="r")
    assert await agent.reply(shopper, "hello", client_id="r") == first
    await agent.must(shopper, "resolve")
    assert await agent.reply(shopper, "hello", client_id="r") == first
    assert (await shopper.texts("agent")) == ["hello"]


async def test_release_keeps_the_place(either_bridge):
    agent, first = await either_bridge.agent(), await waiting_chat(either_bridge)
    either_bridge.clock.pass_s(60)
    second = await waiting_chat(either_bridge)
    await agent.must(first, "claim")
    assert [c["conversation_id"] for c in await agent.queue() if c["position"]] == [second.id]
    either_bridge.clock.pass_s(60)
    await agent.must(first, "release")
    assert [c["conversation_id"] for c in await agent.queue()] == [first.id, second.id]
    assert [c["position"] for c in await agent.queue()] == [1, 2]
    assert (await first.read())["queue"]["position"] == 1


async def test_return_gives_a_fresh_assistant_that_does_not_answer_old_messages(bridge):
    agent, shopper = await bridge.agent(), await waiting_chat(bridge)
    await agent.must(shopper, "claim")
    await shopper.say("for the person only")
    turns = len(bridge.engine.turns)
    await agent.must(shopper, "return")
    await bridge.context.duties.once()
    await bridge.settled()
    assert len(bridge.engine.turns) == turns
    await shopper.say("for the assistant")
    await bridge.settled()
    assert [t.text for t in bridge.engine.turns[turns:]] == ["for the assistant"]
    assert bridge.engine.turns[-1].episode == 2


async def test_writing_after_resolve_opens_a_new_episode(either_bridge):
    agent, shopper = await either_bridge.agent(), await waiting_chat(either_bridge)
    await agent.must(shopper, "claim")
    await agent.must(shopper, "resolve")
    await shopper.say("one more thing")
    await either_bridge.settled()
    kinds = [(e["type"], e.get("state") or e.get("from")) for e in (await shopper.events())[-3:]]
    assert kinds == [("state", "bot"), ("message", "shopper"), ("message", "bot")]
    assert either_bridge.engine.turns[-1].episode == 2
    await shopper.post("request-human")
    assert [t["question"] for t in (await agent.transcript(shopper))["brief"]["tried"]] == ["one more thing"]


async def test_notes_are_for_agents_only_and_leave_no_gap(either_bridge):
    agent, shopper = await either_bridge.agent(), await waiting_chat(either_bridge)
    await agent.must(shopper, "claim")
    assert await agent.must(shopper, "notes", {"text": "a regular"}) == {"number": 1}
    await agent.reply(shopper, "hello")
    events = await shopper.events()
    assert "a regular" not in str(events)
    assert [e["seq"] for e in events] == list(range(1, len(events) + 1))
    notes = (await agent.transcript(shopper))["notes"]
    assert [(n["text"], n["agent"]["name"]) for n in notes] == [("a regular", "Robin")]


async def test_the_queue_is_ordered_by_priority_then_time(bridge):
    agent = await bridge.agent()
    failed = await bridge.shopper()
    await failed.say("fail please")
    await bridge.settled()
    bridge.clock.pass_s(10)
    asked = await waiting_chat(bridge)
    bridge.clock.pass_s(10)
    asked_later = await waiting_chat(bridge)
    lines = await agent.queue()
    assert [c["conversation_id"] for c in lines] == [asked.id, asked_later.id, failed.id]
    assert [c["position"] for c in lines] == [1, 2, 3]


async def test_unread_counts_what_nobody_has_seen(bridge):
    agent, shopper = await bridge.agent(), await waiting_chat(bridge)
    assert (await agent.queue())[0]["unread"] == 1
    await agent.must(shopper, "claim")
    await shopper.say("are you there?")
    assert (await agent.queue())[0]["unread"] == 1
    await agent.reply(shopper, "yes")
    assert (await agent.queue())[0]["unread"] == 0


# --- at the door ---------------------------------------------------------------------------------------------------


async def test_a_wrong_password_and_an_unknown_address_look_the_same(bridge):
    await bridge.agent()
    client = bridge.client()
    answers = [
        await client.post("/api/v1/session", json={"email": email, "password": "wrong"})
        for email in ("robin@desk.test", "nobody@desk.test", "' OR 1=1 --")
    ]
    assert {a.status_code for a in answers} == {401}
    assert len({a.text for a in answers}) == 1


async def test_nothing_is_readable_without_signing_in(bridge):
    shopper, client = await waiting_chat(bridge), bridge.client()
    for address in ("session", "queue", f"conversations/{shopper.id}"):
        assert (await client.get(f"/api/v1/{address}")).status_code == 401
    client.cookies.set("cornerdesk_session", "made up")
    assert (await client.get("/api/v1/queue")).status_code == 401


async def test_writes_need_the_csrf_token(bridge):
    agent, shopper = await bridge.agent(), await waiting_chat(bridge)
    for csrf in ({}, {"X-CSRF-Token": "guess"}):
        agent.csrf = csrf
        refused = await agent.post(shopper, "claim")
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "csrf")


async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(sqlite_url):
    async with running(sqlite_url, public_url="https://help.shop.example") as bridge:
        await bridge.context.agents.add("robin@desk.test", PASSWORD)
        signed_in = await bridge.client().post(
            "/api/v1/session", json={"email": "robin@desk.test", "password": PASSWORD}
        )
    cookie = signed_in.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", "secure"))


async def test_signing_in_from_another_site_is_refused(bridge):
    await bridge.agent()
    body = {"email": "robin@desk.test", "password": PASSWORD}
    refused = await bridge.client().post("/api/v1/session", json=body, headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    own = await bridge.client().post("/api/v1/session", json=body, headers={"Origin": "http://desk.test"})
    assert own.status_code == 200


async def test_signing_out_ends_the_session(bridge):
    agent = await bridge.agent()
    assert (await agent.http.get("/api/v1/session")).json()["agent"]["name"] == "Robin"
    cookies = dict(agent.http.cookies)
    assert (await agent.http.delete("/api/v1/session", headers=agent.csrf)).status_code == 204
    agent.http.cookies.update(cookies)
    assert (await agent.http.get("/api/v1/session")).status_code == 401


async def test_a_session_ends_by_itself(bridge):
    agent = await bridge.agent()
    bridge.clock.pass_s(13 * 3600)
    assert (await agent.http.get("/api/v1/session")).status_code == 401


# --- presence ------------------------------------------------------------------------------------------------------


async def test_an_agent_who_is_gone_loses_unanswered_chats_in_place(either_bridge):
    robin, first = await either_bridge.agent(), await waiting_chat(either_bridge)
    either_bridge.clock.pass_s(5)
    second = await waiting_chat(either_bridge)
    await robin.must(first, "claim")
    either_bridge.clock.pass_s(120)
    await either_bridge.context.duties.once()
    read = await first.read()
    assert (read["state"], read["queue"]["position"]) == ("waiting", 1)
    assert (await second.read())["queue"]["position"] == 2
    assert any("had to leave" in text for text in await first.texts("system"))


async def test_an_agent_who_was_heard_from_keeps_theirs(bridge):
    robin, shopper = await bridge.agent(), await waiting_chat(bridge)
    await robin.must(shopper, "claim")
    bridge.clock.pass_s(40)
    await robin.queue()
    bridge.clock.pass_s(40)
    await bridge.context.duties.once()
    assert (await shopper.read())["state"] == "assigned"


async def test_an_answered_chat_waits_for_the_shopper_before_it_is_put_back(bridge):
    robin, shopper = await bridge.agent(), await waiting_chat(bridge)
    await robin.must(shopper, "claim")
    await robin.reply(shopper, "try turning it round")
    bridge.clock.pass_s(120)
    await bridge.context.duties.once()
    assert (await shopper.read())["state"] == "assigned"
    await shopper.say("that did not help")
    await bridge.context.duties.once()
    assert (await shopper.read())["state"] == "waiting"


async def test_search_without_the_knowledge_service_says_so(bridge):
    agent = await bridge.agent()
    refused = await agent.http.post("/api/v1/knowledge/search", json={"question": "zip?"}, headers=agent.csrf)
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "knowledge_unavailable")


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
