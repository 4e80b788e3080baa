"""What an admin changes while the desk runs: over the environment, on every bridge, and never something unreadable."""

import pytest

from handoff.queue.rules import InForce, Rules
from tests.handoff.conftest import running, settings_for

GREETING = {"text": "Need a hand with sizes?", "texts": {"fr": "Besoin d’aide ?"}, "path": "/tents/*", "basket_min": 50}


@pytest.fixture
async def admin(bridge):
    return await bridge.agent("Ada", role="admin")


async def change(agent, body):
    return await agent.http.put("/api/v1/settings", json=body, headers=agent.csrf)


async def settings(agent):
    answer = await agent.http.get("/api/v1/settings")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_environment_counts_until_somebody_changes_it(bridge, admin):
    before = await settings(admin)
    assert (before["hours"], before["assignment"], before["changed"]) == ("", "pull", [])
    answer = await change(admin, {"hours": "Mon-Fri 9:00-17:00", "holidays": ["2026-12-25"]})
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert (after["hours"], after["changed"]) == ("Mon-Fri 9:00-17:00", ["holidays", "hours"])
    assert after["timezone"] == before["timezone"]
    back = (await change(admin, {"hours": None})).json()
    assert (back["hours"], back["changed"]) == ("", ["holidays"])


async def test_new_hours_are_in_force_at_once(bridge, admin):
    assert (await admin.http.get("/api/v1/shop")).json()["open_now"] is True
    await change(admin, {"hours": "Mon-Fri 12:00-17:00", "shop_name": "Hill & Dale", "promise": "Soon."})
    shop = (await admin.http.get("/api/v1/shop")).json()
    assert (shop["open_now"], shop["name"], shop["promise"]) == (False, "Hill & Dale", "Soon.")
    shopper = await bridge.shopper()
    await shopper.post("request-human")
    assert "today at 12:00" in (await shopper.texts("system"))[-1]


async def test_a_bridge_beside_it_goes_by_the_change_too(database_url):
    async with running(database_url) as one, running(database_url) as two:
        admin = await one.agent("Ada", role="admin")
        await change(admin, {"assignment": "auto", "first_reply_s": 60})
        assert two.context.desk.rules.settings.assignment == "pull"
        await two.context.duties.once()
        assert two.context.desk.rules.settings.assignment == "auto"
        assert two.context.desk.rules.promise.first_reply_s == 60


async def test_a_change_outlives_the_process(sqlite_url):
    async with running(sqlite_url) as bridge:
        await change(await bridge.agent("Ada", role="admin"), {"idle_minutes": 5})
    async with running(sqlite_url) as bridge:
        assert bridge.context.desk.rules.settings.idle_minutes == 5


async def test_greetings_reach_the_widget(bridge, admin):
    assert (await admin.http.get("/api/v1/shop")).json()["greeting"] == []
    assert (await change(admin, {"greetings": [GREETING]})).status_code == 200
    (greeting,) = (await admin.http.get("/api/v1/shop")).json()["greeting"]
    assert greeting == {**GREETING, "after_s": 30.0, "once": True}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"hours": "whenever"}, "hours"),
        ({"hours": "Mon 18:00-9:00"}, "hours"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"holidays": ["Christmas"]}, "holidays.0"),
        ({"first_reply_s": -1}, "first_reply_s"),
        ({"assignment": "whoever"}, "assignment"),
        ({"shop_name": "  "}, "shop_name"),
        ({"greetings": [{"text": ""}]}, "greetings.0.text"),
        ({"inner_token": "x" * 20}, "inner_token"),
    ],
)
async def test_what_cannot_be_read_is_refused_by_name_and_changes_nothing(bridge, admin, body, field):
    answer = await change(admin, {"idle_minutes": 7, **body})
    assert (answer.status_code, answer.json()["error"].get("field")) == (422, field)
    assert (await settings(admin))["changed"] == []


async def test_only_admins_see_and_change_the_settings(bridge):
    for role in ("agent", "lead", "content"):
        agent = await bridge.agent(role.title(), role=role)
        assert (await agent.http.get("/api/v1/settings")).status_code == 403
        assert (await change(agent, {"idle_minutes": 1})).status_code == 403


async def test_a_change_needs_the_csrf_token_and_is_in_the_audit_log(bridge, admin):
    assert (await admin.http.put("/api/v1/settings", json={"idle_minutes": 1})).status_code == 403
    await change(admin, {"idle_minutes": 1})
    entry = (await bridge.context.store.audit.entries(limit=1))[0]
    assert (entry.who, entry.action, entry.detail) == (admin.id, "change_settings", {"names": ["idle_minutes"]})


def test_what_another_version_stored_does_not_stop_the_desk():
    rules = Rules(settings_for("sqlite+aiosqlite://", hours="Mon 9:00-12:00").shop_settings)
    rules.take({"hours": "as an older version wrote it"})
    assert rules.settings.hours == "Mon 9:00-12:00"
    rules.take({"no_such_setting": 1})
    assert rules.in_force == InForce.of(rules.base, {})


async def test_the_widget_hears_whether_this_shop_sends_mail(sqlite_url):
    for smtp_url, mail in (("", False), ("smtp://127.0.0.1:2525", True)):
        async with running(sqlite_url, smtp_url=smtp_url) as bridge, bridge.client() as client:
            assert (await client.get("/api/v1/shop")).json()["mail"] is mail
