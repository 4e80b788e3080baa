"""What the engine forgets when a conversation is erased, from memory and from a database."""

import asyncio
import tempfile
import unittest

from rasa.core.tracker_store import AwaitableTrackerStore, FailSafeTrackerStore, InMemoryTrackerStore, SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.memory import UnforgettableError, forget

SENDERS = ("c_a.1", "c_a.2", "c_ab.1", "cxa.1")


def filled(store):
    async def fill():
        for sender in SENDERS:
            await store.save(DialogueStateTracker.from_events(sender, [UserUttered("hello")]))

    asyncio.run(fill())
    return store


class Forgetting(unittest.TestCase):
    def stores(self):
        domain, folder = Domain.empty(), tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return (
            filled(InMemoryTrackerStore(domain)),
            filled(SQLTrackerStore(domain, dialect="sqlite", db=f"{folder.name}/rasa.db")),
            filled(FailSafeTrackerStore(AwaitableTrackerStore(InMemoryTrackerStore(domain)))),
        )

    def test_every_episode_of_the_conversation_goes_and_nobody_elses(self):
        for store in self.stores():
            with self.subTest(type(store).__name__):
                # An underscore is any character in SQL's LIKE, unless it is escaped.
                self.assertEqual(forget(store, ["c_a"]), 2)
                self.assertEqual(sorted(asyncio.run(keys(store))), ["c_ab.1", "cxa.1"])

    def test_what_is_not_known_is_forgotten_already(self):
        for store in self.stores():
            self.assertEqual(forget(store, ["c_z"]), 0)

    def test_another_kind_of_store_says_that_it_cannot(self):
        with self.assertRaisesRegex(UnforgettableError, "type SQL"):
            forget(object(), ["c_a"])


async def keys(store):
    return await store.keys()
