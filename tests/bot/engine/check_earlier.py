"""What of a conversation goes along with the next question."""

import asyncio
import unittest

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.earlier import previous_in, previous_question
from bot.components.payload import ESCAPE


def typed(text, *found):
    passages = [{"passage_id": passage} for passage in found]
    return UserUttered(text, parse_data={"understanding": {"search": {"passages": passages}}})


def shown(passage):
    return BotUttered(data={"custom": {"answer": {"passage_id": passage}}})


class Earlier(unittest.TestCase):
    def test_the_last_three_the_latest_first_each_with_its_passage(self):
        events = [typed("one", "a#1"), typed("two", "b#2"), typed("three"), typed("four", "d#4"), shown("e#5")]
        self.assertEqual(
            previous_in(events),
            {
                "question": "four",
                "passage_id": "e#5",
                "earlier": [{"question": "three", "passage_id": None}, {"question": "two", "passage_id": "b#2"}],
            },
        )

    def test_a_choice_that_was_tapped_answers_the_question_before_it(self):
        events = [typed("weight?", "a#1"), BotUttered("Which?"), UserUttered('/choose{"passage": "b#2"}'), shown("b#2")]
        self.assertEqual(previous_in(events), {"question": "weight?", "passage_id": "b#2", "earlier": []})

    def test_what_was_typed_with_a_slash_goes_without_its_mark(self):
        self.assertEqual(previous_in([typed(ESCAPE + "/stop it")])["question"], "/stop it")

    def test_a_conversation_that_has_not_begun_has_none(self):
        self.assertIsNone(previous_in([]))
        store = InMemoryTrackerStore(Domain.empty())
        self.assertIsNone(asyncio.run(previous_question(store, "c_a.1")))

    def test_they_are_read_from_the_store(self):
        store = InMemoryTrackerStore(Domain.empty())

        async def kept():
            await store.save(DialogueStateTracker.from_events("c_a.1", [typed("weight?", "a#1")]))
            return await previous_question(store, "c_a.1")

        self.assertEqual(asyncio.run(kept()), {"question": "weight?", "passage_id": "a#1", "earlier": []})


if __name__ == "__main__":
    unittest.main()
