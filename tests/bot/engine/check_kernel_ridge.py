"""The classifier by itself, on vectors made by hand."""

import tempfile
import unittest
from pathlib import Path

import numpy as np

from bot.components.kernel_ridge import MAX_EXAMPLES, Hyperparameters, KernelModel, fit, joined, thinned
from bot.components.spelling import Spelling


def unit(*places):
    vector = np.zeros(8)
    vector[list(places)] = 1.0
    return vector / np.linalg.norm(vector)


TEXTS = ["where is it", "where is my parcel", "hello", "hi there", "bye", "bye bye"]
LABELS = ["order", "order", "greet", "greet", "bye", "bye"]
VECTORS = np.vstack([unit(0), unit(0, 1), unit(2), unit(2, 3), unit(4), unit(4, 5)])


class Kernel(unittest.TestCase):
    def setUp(self):
        self.model = fit(TEXTS, LABELS, VECTORS, Hyperparameters())

    def best(self, text, vector):
        confidences = self.model.confidences([text], vector[None, :])[0]
        return self.model.classes[int(confidences.argmax())], float(confidences.max())

    def test_near_texts_get_their_neighbours_class(self):
        self.assertEqual(self.best("where now", unit(0))[0], "order")
        self.assertEqual(self.best("hello", unit(2))[0], "greet")

    def test_confidence_is_a_probability_and_low_far_away(self):
        near, far = self.best("hello", unit(2))[1], self.best("qqq", unit(7))[1]
        self.assertTrue(0.0 <= far < near <= 1.0)

    def test_saved_and_loaded_it_says_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            self.model.save(Path(folder))
            again = KernelModel.load(Path(folder))
        asked = (["where"], unit(0, 2)[None, :])
        np.testing.assert_allclose(again.confidences(*asked), self.model.confidences(*asked), atol=1e-4)

    def test_two_classes_are_enough(self):
        model = fit(TEXTS[:4], LABELS[:4], VECTORS[:4], Hyperparameters())
        self.assertEqual(model.classes, ["greet", "order"])

    def test_long_lists_are_thinned_evenly(self):
        labels = ["a"] * MAX_EXAMPLES + ["b"] * MAX_EXAMPLES
        kept = thinned(labels)
        self.assertEqual(len(kept), MAX_EXAMPLES)
        self.assertAlmostEqual(sum(labels[i] == "a" for i in kept) / len(kept), 0.5, places=2)

    def test_a_small_class_gives_up_nothing_to_a_large_one(self):
        kept = thinned(["a"] * 100 + ["b"] * 5, 20)
        self.assertEqual([sum(i < 100 for i in kept), sum(i >= 100 for i in kept)], [15, 5])

    def test_models_joined_say_what_they_said_alone(self):
        plain, spelling = Hyperparameters(caution=0.0), Spelling.of(TEXTS)
        rows = {"all": list(range(len(TEXTS))), "some": [0, 1, 2, 3]}
        alone = {
            name: fit([TEXTS[i] for i in at], [LABELS[i] for i in at], VECTORS[at], plain, spelling)
            for name, at in rows.items()
        }
        with tempfile.TemporaryDirectory() as folder:
            joined(alone, rows, TEXTS).save(Path(folder))
            together = KernelModel.load(Path(folder))
        asked = (["hello"], unit(2)[None, :])
        apart = np.hstack([model.confidences(*asked) for model in alone.values()])
        np.testing.assert_allclose(together.confidences(*asked), apart, atol=1e-5)

    def test_without_caution_nothing_of_the_inverse_is_kept(self):
        model = fit(TEXTS, LABELS, VECTORS, Hyperparameters(caution=0.0))
        self.assertIsNone(model.inverse)
        with tempfile.TemporaryDirectory() as folder:
            model.save(Path(folder))
            again = KernelModel.load(Path(folder))
        self.assertIsNone(again.inverse)
        asked = (["hello"], unit(2)[None, :])
        np.testing.assert_allclose(again.confidences(*asked), model.confidences(*asked), atol=1e-6)
