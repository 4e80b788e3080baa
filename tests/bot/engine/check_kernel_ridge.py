"""The classifier by itself, on vectors made by hand."""

import tempfile
import unittest
from pathlib import Path

import numpy as np

from bot.components.kernel_ridge import MAX_EXAMPLES, Hyperparameters, KernelModel, fit, thinned


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

    def test_without_caution_nothing_of_the_inverse_is_kept(self):
        model = fit(TEXTS, LABELS, VECTORS, Hyperparameters(caution=0.0))
        self.assertIsNone(model.inverse)
        with tempfile.TemporaryDirectory() as folder:
            model.save(Path(folder))
            again = KernelModel.load(Path(folder))
        self.assertIsNone(again.inverse)
        asked = (["hello"], unit(2)[None, :])
        np.testing.assert_allclose(again.confidences(*asked), model.confidences(*asked), atol=1e-6)
