from __future__ import annotations

import numpy as np
import pytest

from knowledge.index.question_model import QuestionModel, even_choice, gathered
from tests.knowledge.fakes import WordEmbedder

QUESTIONS = {"when is my money back": 3, "money back when": 3, "wash the tent": 7, "can I wash a tent": 7}


@pytest.fixture
def asked(embedder: WordEmbedder) -> QuestionModel:
    vectors = embedder.embed(list(QUESTIONS))
    return QuestionModel(
        gathered((text, vector, place) for (text, place), vector in zip(QUESTIONS.items(), vectors, strict=True))
    )


def score(asked: QuestionModel, embedder: WordEmbedder, text: str, place: int, hidden: bool = False) -> float:
    return float(asked.scores(text, embedder.embed([text])[0], hidden)[asked.column[place]])


def test_a_new_question_leads_where_its_like_lead(asked: QuestionModel, embedder: WordEmbedder):
    assert score(asked, embedder, "how do I wash my tent", 7) > 0.5 > score(asked, embedder, "how do I wash my tent", 3)
    assert score(asked, embedder, "xyz", 7) < 0.2


def test_a_hidden_question_is_read_as_if_it_had_not_been_asked(embedder: WordEmbedder):
    """The closed form equals leaving the question out and learning again."""
    vectors = dict(zip(QUESTIONS, embedder.embed(list(QUESTIONS)), strict=True))
    everything = QuestionModel(gathered((text, vectors[text], place) for text, place in QUESTIONS.items()))
    hidden = everything.scores("wash the tent", vectors["wash the tent"], hidden=True)[everything.column[7]]
    assert 0.0 < float(hidden) < score(everything, embedder, "wash the tent", 7)


def test_one_question_may_lead_to_many_places(embedder: WordEmbedder):
    vector = embedder.embed(["gas"])[0]
    asked = QuestionModel(gathered([("gas", vector, 1), ("gas", vector, 2)]))
    assert asked.leads("gas") == {1, 2}
    assert np.allclose(asked.scores("gas", vector), asked.scores("gas", vector)[0])


def test_without_questions_nothing_speaks(embedder: WordEmbedder):
    assert len(QuestionModel({}).scores("gas", embedder.embed(["gas"])[0])) == 0


def test_a_choice_is_spread_evenly():
    assert even_choice(list("abcde"), 3) == ["a", "c", "e"]
    assert even_choice(["a"], 3) == ["a"]
