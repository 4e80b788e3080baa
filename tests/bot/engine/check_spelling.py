"""Character n-grams: what is the same spelling, and what weighs."""

import unittest

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.components.spelling import LONGEST, SHORTEST, Spelling, grams, normal


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

    def test_the_numbers_are_those_of_scikit_learn(self):
        known, asked = ["where is my parcel", "parcels, parcels", "Hello 👍"], ["a parcel", "hellooo", "zzz"]
        theirs = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(SHORTEST, LONGEST), sublinear_tf=True, preprocessor=normal
        ).fit(known)
        ours = Spelling.of(known)
        self.assertEqual(ours.columns, theirs.vocabulary_)
        np.testing.assert_allclose(ours.vectors(asked).toarray(), theirs.transform(asked).toarray(), atol=1e-6)

    def test_a_text_of_unknown_letters_is_near_nothing(self):
        self.assertEqual(Spelling.of(["parcel"]).vectors(["42", ""]).nnz, 0)
