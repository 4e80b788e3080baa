import asyncio

from handoff.hub import BUFFERED_NOTICES, Hub, Notice


async def test_only_listeners_of_the_topic_hear():
    hub = Hub()
    heard, other = hub.subscribe("a"), hub.subscribe("b")
    hub.publish(Notice("a", "one"), Notice("a", "two"))
    assert [n.text for n in await heard.next()] == ["one", "two"]
    assert other.take() == []


async def test_a_listener_waits_until_something_comes():
    hub = Hub()
    heard = hub.subscribe("a")
    waiting = asyncio.create_task(heard.next())
    await asyncio.sleep(0)
    assert not waiting.done()
    hub.publish(Notice("a", "one"))
    assert [n.text for n in await waiting] == ["one"]


async def test_a_slow_listener_keeps_the_newest_and_knows_what_it_missed():
    hub = Hub()
    heard = hub.subscribe("a")
    for n in range(BUFFERED_NOTICES + 10):
        hub.publish(Notice("a", str(n), seq=n))
    assert heard.missed == 10
    assert [n.seq for n in heard.take()] == list(range(10, BUFFERED_NOTICES + 10))


async def test_nothing_is_kept_of_a_topic_that_nobody_listens_to():
    hub = Hub()
    heard = hub.subscribe("a", "b")
    assert hub.listened("a")
    hub.unsubscribe(heard)
    hub.unsubscribe(heard)
    assert not hub.listened("a")
    hub.publish(Notice("a"))
    assert heard.take() == []
