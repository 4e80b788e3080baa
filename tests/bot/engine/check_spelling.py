"""Character n-grams: what is the same spelling, and what weighs."""

import unittest

import numpy as np

from bot.components.spelling import Spelling, grams, normal


class Spellings(unittest.TestCase):
    def test_shouting_and_stretching_are_spelling_only(self):
        self.assertEqual(normal("HELLOOOOO"), "helloo")

    def test_grams_stay_inside_words_and_know_their_edges(self):
        self.assertEqual(set(grams("a be")), {" a", "a ", " a ", " b", "be", "e ", " be", "be ", " be "})

    def test_a_typo_is_near_and_another_word_is_far(self):
        rows = Spelling.of(["parcel", "stove", "agent"]).vectors(["parcel", "parcl", "stove"])
        alike = (rows @ rows.T).toarray()
        self.assertGreater(alike[0, 1], 0.3)
        self.assertLess(alike[0, 2], 0.1)
        np.testing.assert_allclose(alike.diagonal(), 1.0, atol=1e-6)

    def test_a_text_of_unknown_letters_is_near_nothing(self):
        self.assertEqual(Spelling.of(["parcel"]).vectors(["42", ""]).nnz, 0)
