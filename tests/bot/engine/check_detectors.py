"""What examples teach a detector, what is made of them, and how a part of a message fires."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.detectors import (
    DETECTIONS,
    FIRES,
    QUIET,
    DetectorClassifier,
    examples_of,
    named,
    read_data,
    read_messages,
)
from bot.components.kernel_ridge import Hyperparameters, fit, joined
from bot.components.knowledge import Part
from bot.components.understanding import PARTS

EXAMPLES = """
detector: unmet
framed: 5
frames:
  fires: ["no, i mean {}"]
  quiet: ["thanks, {}"]
fires: [that is not it]
quiet: [and in winter]
"""
TEXTS = ["person", "agent", "price", "size"]
WISH, REST = np.array([1.0, 0.0]), np.array([0.0, 1.0])


def detector_data(text=EXAMPLES):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "unmet.yml"
        path.write_text(text)
        return read_data(path)


def detected(embedding, parts):
    model = fit(
        TEXTS,
        [FIRES, FIRES, QUIET, QUIET],
        np.vstack([WISH] * 2 + [REST] * 2),
        Hyperparameters(caution=0.0),
    )
    together = joined({"asked": model}, {"asked": [0, 1, 2, 3]}, TEXTS)
    classifier = DetectorClassifier(DetectorClassifier.get_default_config(), None, None, {"detectors": together})
    message = Message({TEXT: "price and then someone"})
    message.add_features(Features(embedding[None, :], FEATURE_TYPE_SENTENCE, TEXT, "understanding"))
    message.set(PARTS, parts)
    classifier.process([message])
    return message.get(DETECTIONS)["asked"]


class Data(unittest.TestCase):
    def test_topics_are_put_into_frames_of_both_sides(self):
        data = TrainingData([Message({TEXT: "how long does delivery take", "intent": "ask"})])
        pairs = detector_data().labelled(data)
        self.assertIn(("no, i mean how long does delivery take", FIRES), pairs)
        self.assertIn(("thanks, how long does delivery take", QUIET), pairs)

    def test_without_topics_nothing_is_framed(self):
        self.assertEqual(
            detector_data().labelled(TrainingData([])), [("that is not it", FIRES), ("and in winter", QUIET)]
        )

    def test_a_labelled_message_is_what_its_first_known_label_says(self):
        data = detector_data("detector: d\nmessages: {b: fires, a: fires}\ncalm: [z]\nfires: [x]\nquiet: [y]\n")
        said = [("one", ["z", "a"]), ("two", ["z"]), ("three", ["c"]), ("y", ["a"])]
        self.assertEqual(
            sorted(data.labelled(TrainingData([]), said)),
            [("one", FIRES), ("two", QUIET), ("x", FIRES), ("y", QUIET)],
        )

    def test_messages_are_read_from_a_table_beside_the_detectors(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(read_messages(Path(folder)), [])
            (Path(folder) / "messages.csv").write_text("text,language,labels\nhi,en,\nhelp,en,a|b\n")
            self.assertEqual(read_messages(Path(folder)), [("hi", ()), ("help", ("a", "b"))])

    def test_subjects_are_learned_together_and_apart(self):
        subjects = "subjects: {fire: [it burns], gas: [it smells], bill: [twice]}"
        text = f"detector: d\nalone: [bill]\nquiet: [hello]\n{subjects}\n"
        examples = examples_of(detector_data(text), TrainingData([]), [])
        names = {named(name, label) for name, pairs in examples.items() for _, label in pairs if label != QUIET}
        self.assertEqual(names, {"d", "d.fire", "d.gas", "d.bill"})
        self.assertNotIn(("twice", FIRES), examples["d"])


class Detections(unittest.TestCase):
    def test_a_wish_in_a_part_is_detected(self):
        whole, part = detected(REST, []), detected(REST, [Part("agent", WISH)])
        self.assertGreater(part, whole)

    def test_a_quiet_part_takes_nothing_from_the_whole(self):
        self.assertGreaterEqual(detected(WISH, [Part("price", REST)]), detected(WISH, []))
