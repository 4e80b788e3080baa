"""Erasing, keeping and giving out: what is left afterwards, and what it took."""

from sqlalchemy import text

from handoff.tables import metadata
from tests.handoff.conftest import running


async def rows_about(bridge, conversation_id):
    """Every row, in any table, that names the conversation."""
    found = {}
    async with bridge.context.store.database.reading() as connection:
        for table in metadata.sorted_tables:
            key = "id" if table.name == "conversations" else "conversation_id"
            if key in table.c and (table.name == "conversations" or "conversation_id" in table.c):
                sql = text(f"SELECT count(*) FROM {table.name} WHERE {key} = :id")
                found[table.name] = (await connection.execute(sql, {"id": conversation_id})).scalar_one()
    return {name for name, count in found.items() if count}


async def lived_in(bridge):
    agent, shopper = await bridge.agent(), await bridge.shopper()
    await shopper.say("hello")
    await bridge.settled()
    await shopper.post("request-human")
    await agent.must(shopper, "claim")
    await agent.must(shopper, "notes", {"text": "note"})
    await agent.must(shopper, "resolve")
    return shopper


async def test_a_shopper_erases_everything_and_gets_a_receipt(either_bridge):
    shopper, other = await lived_in(either_bridge), await either_bridge.shopper()
    await other.say("stays")
    events = len(await shopper.events())
    headers = {"Authorization": f"Bearer {shopper.token}"}
    address = f"/api/v1/conversations/{shopper.id}"
    erased = await shopper.http.delete(address, headers=headers)
    assert (erased.status_code, erased.json()["events"]) == (200, events)
    assert await rows_about(either_bridge, shopper.id) <= {"audit"}
    assert (await shopper.http.delete(address, headers=headers)).status_code == 404
    entries = await either_bridge.context.store.audit.entries()
    assert any(d.action == "erase" and d.detail["receipt"] == erased.json()["receipt"] for d in entries)
    assert await other.texts("shopper") == ["stays"]


async def test_the_assistant_forgets_at_once_and_once_more_when_its_turns_are_over(either_bridge):
    shopper = await lived_in(either_bridge)
    erased = await either_bridge.context.erasure.erase([shopper.id], who="test")
    assert (erased.assistant, either_bridge.engine.forgotten) == ("erased", [shopper.id])
    either_bridge.clock.pass_s(61)
    await either_bridge.context.courier.round()
    assert either_bridge.engine.forgotten == [shopper.id] * 2
    assert await either_bridge.context.store.outbox.of(erased.receipt) == []


async def test_an_engine_that_is_away_forgets_as_soon_as_it_is_back_however_long_that_takes(bridge):
    shopper = await lived_in(bridge)
    bridge.engine.away = True
    erased = await bridge.context.erasure.erase([shopper.id], who="test")
    assert erased.assistant == "pending"
    for _ in range(20):
        bridge.clock.pass_s(3_700)
        await bridge.context.courier.round()
    bridge.engine.away = False
    bridge.clock.pass_s(3_700)
    await bridge.context.courier.round()
    assert bridge.engine.forgotten == [shopper.id]
    assert await bridge.context.store.outbox.of(erased.receipt) == []


async def test_an_export_holds_all_that_is_kept(bridge):
    shopper, admin = await lived_in(bridge), await bridge.agent("Ada", role="admin")
    exported = (await admin.http.get(f"/api/v1/conversations/{shopper.id}/export")).json()
    assert exported["events"] == await shopper.events()
    assert exported["notes"][0]["text"] == "note"
    assert exported["brief"]["wants"] == "hello"
    entry = (await bridge.context.store.audit.entries(limit=1))[0]
    assert (entry.who, entry.action, entry.conversation_id) == (admin.id, "export", shopper.id)


async def test_an_export_holds_what_was_understood_in_every_episode_of_this_conversation_alone(either_bridge):
    shopper, other = await lived_in(either_bridge), await either_bridge.shopper()
    await other.say("which tent is mine?")
    await shopper.say("unknown: and the stove?")
    await either_bridge.settled()
    exported = await either_bridge.context.erasure.export(shopper.id, who="test")
    assert [report["verdict"] for report in exported["understood"]] == ["answer", "unknown"]
    assert exported["understood"][0]["entities"] == {"place": ["Norway"]}


async def test_erasing_by_address(bridge):
    shopper = await bridge.shopper()
    await shopper.post("leave-message", {"email": "ann@example.com"})
    erased = await bridge.context.erasure.erase_of("ANN@example.com", who="test")
    assert erased.conversations == 1
    assert await rows_about(bridge, shopper.id) <= {"audit"}


async def test_what_was_resolved_long_ago_is_erased_by_itself(sqlite_url):
    async with running(sqlite_url, retention_days=30) as bridge:
        shopper = await lived_in(bridge)
        open_one = await bridge.shopper()
        await open_one.post("request-human")
        bridge.clock.pass_s(29 * 86_400)
        await bridge.context.duties.once()
        assert await rows_about(bridge, shopper.id) > {"audit"}
        bridge.clock.pass_s(2 * 86_400)
        await bridge.context.duties.once()
        assert await rows_about(bridge, shopper.id) <= {"audit"}
        assert await rows_about(bridge, open_one.id)
        assert bridge.engine.forgotten == [shopper.id]


async def test_a_silent_chat_is_closed_kindly(bridge):
    shopper = await bridge.shopper()
    await shopper.say("hello")
    await bridge.settled()
    bridge.clock.pass_s(3_000)
    await bridge.context.duties.once()
    assert (await shopper.read())["state"] == "bot"
    bridge.clock.pass_s(700)
    await bridge.context.duties.once()
    assert (await shopper.read())["state"] == "resolved"
    assert "opens again" in (await shopper.texts("system"))[-1]


async def test_with_a_person_the_shopper_is_asked_first(bridge):
    agent, shopper = await bridge.agent(), await bridge.shopper()
    await shopper.post("request-human")
    await agent.must(shopper, "claim")
    await agent.reply(shopper, "Did that help?")
    for state, said in (("assigned", "Are you still there"), ("resolved", "opens again")):
        bridge.clock.pass_s(3_700)
        await bridge.context.duties.once()
        assert (await shopper.read())["state"] == state
        assert said in (await shopper.texts("system"))[-1]


async def test_a_question_that_is_owed_an_answer_is_never_closed(bridge):
    agent, shopper = await bridge.agent(), await bridge.shopper()
    await shopper.post("request-human")
    await agent.must(shopper, "claim")
    bridge.clock.pass_s(30)
    await agent.queue()
    bridge.clock.pass_s(30)
    await bridge.context.duties.once("close_silent")
    bridge.clock.pass_s(100_000)
    await bridge.context.duties.once("close_silent")
    assert (await shopper.read())["state"] == "assigned"


async def test_a_waiting_shopper_who_has_gone_becomes_a_message(bridge):
    shopper = await bridge.shopper()
    await shopper.say("anybody?")
    await bridge.settled()
    await shopper.post("request-human")
    bridge.clock.pass_s(700)
    await bridge.context.duties.once()
    assert (await shopper.read())["state"] == "message_left"
    agent = await bridge.agent()
    await agent.must(shopper, "claim")
