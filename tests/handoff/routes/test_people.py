"""Agents together: availability, taking the next, automatic assignment, transfer, viewers, roles."""

import pytest

from handoff.errors import StorageUnavailable
from handoff.wire import AgentChanges
from tests.handoff.conftest import running
from tests.handoff.wires import agent_wire


async def waiting_chat(bridge):
    shopper = await bridge.shopper()
    await shopper.post("request-human")
    bridge.clock.pass_s(1)
    return shopper


async def post(agent, address, body=None, method="POST"):
    return await agent.http.request(method, f"/api/v1/{address}", json=body, headers=agent.csrf)


async def test_taking_the_next_takes_the_oldest_within_capacity(either_bridge):
    robin = await either_bridge.agent()
    await either_bridge.context.store.people.change(robin.id, AgentChanges(capacity=2))
    chats = [await waiting_chat(either_bridge) for _ in range(3)]
    taken = [(await post(robin, "queue/next")).json()["conversation_id"] for _ in range(3)]
    assert taken == [chats[0].id, chats[1].id, None]


async def test_the_least_loaded_is_given_the_oldest_and_freed_hands_take_the_next(sqlite_url):
    async with running(sqlite_url, assignment="auto") as bridge:
        robin, kim = await bridge.agent(), await bridge.agent("Kim")
        for agent in (robin, kim):
            await bridge.context.store.people.change(agent.id, AgentChanges(capacity=1))
        chats = [await waiting_chat(bridge) for _ in range(3)]
        await bridge.context.duties.once()
        states = [(await c.read())["state"] for c in chats]
        assert states == ["assigned", "assigned", "waiting"]
        holder = (await robin.transcript(chats[0]))["agent"]["id"]
        owner = robin if holder == robin.id else kim
        await owner.must(chats[0], "resolve")
        await bridge.context.duties.once()
        assert (await chats[2].read())["state"] == "assigned"


async def test_whoever_is_away_is_given_nothing(sqlite_url):
    async with running(sqlite_url, assignment="auto") as bridge:
        robin, chat = await bridge.agent(), await waiting_chat(bridge)
        answer = await post(robin, "availability", {"available": False})
        assert answer.json()["agents"][0]["available"] is False
        await bridge.context.duties.once()
        assert (await chat.read())["state"] == "waiting"
        assert (await chat.read())["queue"]["wait_high_s"] is None
        await post(robin, "availability", {"available": True})
        await bridge.context.duties.once()
        assert (await chat.read())["state"] == "assigned"


async def test_a_chat_goes_to_a_colleague_who_can_answer_it(either_bridge):
    robin, kim = await either_bridge.agent(), await either_bridge.agent("Kim")
    chat = await waiting_chat(either_bridge)
    await robin.must(chat, "claim")
    assert (await kim.post(chat, "transfer", {"agent_id": kim.id})).status_code == 409
    await robin.must(chat, "transfer", {"agent_id": kim.id})
    assert (await chat.events())[-1]["agent"]["name"] == "Kim"
    assert (await robin.post(chat, "replies", {"client_id": "x", "text": "me again"})).status_code == 409
    await kim.reply(chat, "Kim here")


async def test_a_chat_goes_to_a_team_and_only_they_take_it(bridge):
    robin, kim = await bridge.agent(), await bridge.agent("Kim")
    await bridge.context.store.people.change(kim.id, AgentChanges(team="returns", skills=["tents"]))
    chat = await waiting_chat(bridge)
    await robin.must(chat, "claim")
    await robin.must(chat, "transfer", {"team": "returns", "tags": ["tents"]})
    assert (await chat.read())["state"] == "waiting"
    assert (await post(robin, "queue/next")).json()["conversation_id"] is None
    assert (await post(kim, "queue/next")).json()["conversation_id"] == chat.id


@pytest.mark.parametrize("body", [{}, {"agent_id": "a", "team": "b"}, {"agent_id": "a_nobody"}])
async def test_a_transfer_to_nobody_is_refused(bridge, body):
    robin, chat = await bridge.agent(), await waiting_chat(bridge)
    await robin.must(chat, "claim")
    assert (await robin.post(chat, "transfer", body)).status_code == 422
    assert (await chat.read())["state"] == "assigned"


async def test_leads_move_any_chat_and_set_people_away(bridge):
    lead, robin, chat = await bridge.agent("Lee", role="lead"), await bridge.agent(), await waiting_chat(bridge)
    await lead.must(chat, "transfer", {"agent_id": robin.id})
    assert (await chat.read())["state"] == "assigned"
    await lead.must(chat, "transfer", {"agent_id": lead.id})
    away = await post(lead, f"agents/{robin.id}", {"available": False, "capacity": 9}, "PATCH")
    card = next(a for a in away.json()["agents"] if a["id"] == robin.id)
    assert (card["available"], card["capacity"], card["present"], card["chats"]) == (False, 9, True, 0)


async def test_what_roles_may_not_do(bridge):
    lead, robin = await bridge.agent("Lee", role="lead"), await bridge.agent()
    chat = await waiting_chat(bridge)
    refusals = [
        await post(robin, f"agents/{lead.id}", {"available": False}, "PATCH"),
        await post(lead, f"agents/{robin.id}", {"role": "admin"}, "PATCH"),
        await post(lead, f"conversations/{chat.id}/erase"),
        await robin.http.get("/api/v1/audit"),
        await robin.http.get(f"/api/v1/conversations/{chat.id}/export"),
    ]
    assert [r.status_code for r in refusals] == [403] * 5


async def test_the_audit_log_says_who_did_what(bridge):
    admin, robin, chat = await bridge.agent("Ada", role="admin"), await bridge.agent(), await waiting_chat(bridge)
    await chat.say("something private")
    await robin.must(chat, "claim")
    await robin.must(chat, "resolve", {"disposition": "solved"})
    deeds = (await admin.http.get("/api/v1/audit")).json()["deeds"]
    assert [(d["who"], d["action"]) for d in deeds[:2]] == [(robin.id, "resolve"), (robin.id, "claim")]
    assert "private" not in str(deeds)


async def test_agents_see_who_else_looks(live):
    robin, kim, chat = await live.agent(), await live.agent("Kim"), await waiting_chat(live)
    async with agent_wire(live, robin) as one:
        await one.send(type="watch", conversation_id=chat.id, after=0)
        while "Robin" not in str((await one.until(type="event"))["event"]):
            pass
        async with agent_wire(live, kim) as two:
            await two.send(type="watch", conversation_id=chat.id, after=0)
            while "Kim" not in str((await one.until(type="event"))["event"]):
                pass
            assert {v["name"] for v in (await robin.transcript(chat))["viewers"]} == {"Kim", "Robin"}
        while (event := (await one.until(type="event"))["event"])["type"] != "viewers" or len(event["agents"]) != 1:
            pass
        assert event["agents"][0]["name"] == "Robin"


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


async def test_removing_an_agent_is_all_or_nothing(either_bridge):
    admin, robin = await either_bridge.agent("Ada", role="admin"), await either_bridge.agent()
    chats = [await waiting_chat(either_bridge) for _ in range(2)]
    for shopper in chats:
        await robin.must(shopper, "claim")
    desk, seen = either_bridge.context.desk, []
    release = desk._release

    async def break_at_the_second(work):
        await release(work)
        seen.append(work.before.id)
        if len(seen) == 2:
            raise StorageUnavailable("The disk is full.")

    desk._release = break_at_the_second
    address = f"/api/v1/agents/{robin.id}"
    assert (await admin.http.delete(address, headers=admin.csrf)).status_code == 503
    assert seen == [shopper.id for shopper in chats]
    assert [(await shopper.read())["state"] for shopper in chats] == ["assigned", "assigned"]
    assert (await robin.http.get("/api/v1/queue")).status_code == 200
    desk._release = release
    assert (await admin.http.delete(address, headers=admin.csrf)).status_code == 204
    places = [(await shopper.read())["queue"]["position"] for shopper in chats]
    assert places == [1, 2]
    told = [[e["position"] for e in await shopper.events() if e["type"] == "queue"][-1] for shopper in chats]
    assert told == places
    entries = await either_bridge.context.store.audit.entries(limit=3)
    assert [(e.who, e.action) for e in entries] == [(admin.id, "remove_agent"), *[(robin.id, "release")] * 2]


async def test_only_admins_add_people(bridge):
    admin, lead = await bridge.agent("Ada", role="admin"), await bridge.agent("Lee", role="lead")
    kim = {"email": "kim@fellandford.com", "name": "Kim", "password": "a long enough one"}
    assert (await lead.http.post("/api/v1/agents", json=kim, headers=lead.csrf)).status_code == 403
    assert (await admin.http.post("/api/v1/agents", json=kim, headers=admin.csrf)).status_code == 201
    twice = await admin.http.post("/api/v1/agents", json=kim, headers=admin.csrf)
    assert twice.status_code == 422
    names = [a["name"] for a in (await lead.http.get("/api/v1/agents")).json()["agents"]]
    assert "Kim" in names
