import asyncio

from handoff.hub import BUFFERED_WAKEUPS, EventStored, Hub, Look, QueueMoved, TransientEvent


async def test_only_listeners_of_the_topic_hear():
    hub = Hub()
    heard, other = hub.subscribe("a"), hub.subscribe("b")
    hub.publish(TransientEvent("a", "one", to="all"), TransientEvent("a", "two", to="all"))
    assert [n.text for n in await heard.next()] == ["one", "two"]
    assert other.take() == []


async def test_a_listener_waits_until_something_comes():
    hub = Hub()
    heard = hub.subscribe("a")
    waiting = asyncio.create_task(heard.next())
    await asyncio.sleep(0)
    assert not waiting.done()
    hub.publish(TransientEvent("a", "one", to="all"))
    assert [n.text for n in await waiting] == ["one"]


async def test_a_slow_listener_keeps_the_newest_and_knows_what_it_missed():
    hub = Hub()
    heard = hub.subscribe("a")
    for n in range(BUFFERED_WAKEUPS + 10):
        hub.publish(EventStored("a", n, "{}"))
    assert heard.missed == 10
    assert [n.seq for n in heard.take()] == list(range(10, BUFFERED_WAKEUPS + 10))


async def test_nothing_is_kept_of_a_topic_that_nobody_listens_to():
    hub = Hub()
    heard = hub.subscribe("a", "b")
    assert hub.listened("a")
    hub.unsubscribe(heard)
    hub.unsubscribe(heard)
    assert not hub.listened("a")
    hub.publish(Look("a"))
    assert heard.take() == []


async def test_to_look_is_told_to_every_topic_that_is_listened_to():
    hub = Hub()
    heard, queue = hub.subscribe("a"), hub.subscribe("queue")
    hub.look()
    assert (heard.take(), queue.take()) == ([Look("a")], [Look("queue")])
    hub.publish(QueueMoved())
    assert (heard.take(), queue.take()) == ([], [QueueMoved()])
