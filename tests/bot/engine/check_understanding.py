"""The one call a message, and what happens when nobody answers it."""

import base64
import unittest

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.emoji import in_words
from bot.components.handover import Handover, hand_over, take_over
from bot.components.knowledge import Knowledge, KnowledgeUnreachableError, Part, question
from bot.components.parts import parts_of
from bot.components.payload import ESCAPE
from bot.components.understanding import PARTS, RemoteUnderstanding

NOWHERE = "http://127.0.0.1:9"


class FakeKnowledge:
    """Answers with a vector of ones, and remembers what it was asked."""

    def __init__(self, answers=True):
        self.asked, self.answers = [], answers

    def understand(self, text, metadata):
        self.asked.append(text)
        encoded = base64.b64encode(np.ones(4, dtype="<f4").tobytes()).decode()
        entity = {"entity": "order_number", "value": "FF-1", "start": 0, "end": 4, "confidence": 1.0}
        return {"text": text, "embedding": encoded, "entities": [entity]} if self.answers else None

    def embed_parts(self, text):
        return [Part(part, np.ones(4)) for part in parts_of(text)]

    def embed(self, texts):
        return np.ones((len(texts), 4))


def component(knowledge):
    return RemoteUnderstanding({**RemoteUnderstanding.get_default_config(), "dimension": 4}, knowledge)


def processed(text, knowledge):
    (message,) = component(knowledge).process([Message({TEXT: text, "metadata": {}})])
    return message


class Understanding(unittest.TestCase):
    def test_one_message_is_one_call(self):
        knowledge = FakeKnowledge()
        message = processed("FF-1 where is it", knowledge)
        self.assertEqual(knowledge.asked, ["FF-1 where is it"])
        self.assertEqual(message.get_dense_features(TEXT, [])[1].features.shape, (1, 4))
        self.assertEqual(message.get("entities")[0]["value"], "FF-1")
        self.assertIn("understanding", message.output_properties)

    def test_the_parts_of_a_message_are_there_for_who_comes_next_and_not_in_the_tracker(self):
        message = processed("it leaks badly. can i talk to someone", FakeKnowledge())
        self.assertEqual([part.text for part in message.get(PARTS)], ["it leaks badly", "can i talk to someone"])
        self.assertNotIn(PARTS, message.output_properties)

    def test_what_was_asked_ahead_is_taken_and_not_kept(self):
        knowledge = FakeKnowledge()
        understood = FakeKnowledge().understand("FF-1 where is it", {})
        hand_over(Handover(understood, [Part("where is it", np.ones(4))]))
        message = processed("FF-1 where is it", knowledge)
        self.assertEqual(knowledge.asked, [])
        self.assertEqual(message.get("understanding")["text"], "FF-1 where is it")
        self.assertEqual([part.text for part in message.get(PARTS)], ["where is it"])
        self.assertIsNone(take_over())

    def test_an_answer_that_did_not_come_ahead_is_not_waited_for_again(self):
        knowledge = FakeKnowledge()
        hand_over(Handover(None))
        self.assertIsNone(processed("where is it", knowledge).get("understanding"))
        self.assertEqual(knowledge.asked, [])

    def test_the_escape_is_not_asked_about(self):
        knowledge = FakeKnowledge()
        message = processed(ESCAPE + "/FF-1", knowledge)
        self.assertEqual(knowledge.asked, ["/FF-1"])
        self.assertLessEqual(message.get("entities")[0]["end"], len("/FF-1") + 1)

    def test_a_payload_is_not_asked_about(self):
        knowledge = FakeKnowledge()
        self.assertFalse(processed("/request_human", knowledge).get_dense_features(TEXT, [])[1].features.any())
        self.assertEqual(knowledge.asked, [])

    def test_when_nobody_answers_the_message_says_so(self):
        message = processed("hello", FakeKnowledge(answers=False))
        self.assertIsNone(message.get("understanding"))
        self.assertFalse(message.get_dense_features(TEXT, [])[1].features.any())

    def test_examples_are_embedded_together(self):
        data = TrainingData([Message({TEXT: "a", "intent": "x"}), Message({TEXT: "b", "intent": "x"})])
        component(FakeKnowledge()).process_training_data(data)
        self.assertTrue(all(e.get_dense_features(TEXT, [])[1] for e in data.training_examples))


class Calls(unittest.TestCase):
    def test_a_dead_service_is_no_understanding(self):
        self.assertIsNone(Knowledge(NOWHERE, "t", timeout_s=0.2).understand("hello", None))

    def test_a_dead_service_gives_no_parts(self):
        self.assertEqual(Knowledge(NOWHERE, "t", timeout_s=0.2).embed_parts("it leaks. get me someone"), [])

    def test_one_thing_said_is_not_asked_about_twice(self):
        self.assertEqual(Knowledge(NOWHERE, "t").embed_parts("where is my parcel"), [])

    def test_training_without_the_service_says_what_to_do(self):
        with self.assertRaisesRegex(KnowledgeUnreachableError, "Start it first"):
            Knowledge(NOWHERE, "t").embed(["hello"])

    def test_a_question_is_cut_and_cleaned(self):
        asked = question("a\ud800b" + "x" * 9_000, {"page": {"url": "/"}})
        self.assertEqual((len(asked["text"]), asked["text"][:2], asked["page"]), (4_000, "ab", {"url": "/"}))


class Emoji(unittest.TestCase):
    def test_known_ones_become_words_once(self):
        self.assertEqual(in_words("👍"), "ok yes")
        self.assertEqual(in_words("😡😡😡"), "i am angry")
        self.assertEqual(in_words("wow 🙄"), "wow i am annoyed")

    def test_unknown_ones_are_left_out_unless_nothing_else_is_there(self):
        self.assertEqual(in_words("tent ⛺"), "tent")
        self.assertEqual(in_words("⛺"), "⛺")

    def test_plain_text_is_left_alone(self):
        self.assertEqual(in_words("two  spaces"), "two  spaces")
