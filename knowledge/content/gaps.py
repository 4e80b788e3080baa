"""Gaps: questions that the pages did not settle, gathered by what they are about and named by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from knowledge.model.reading import Vectors
from knowledge.text.lexical import terms

if TYPE_CHECKING:
    from spacy.language import Language

# Mean cosine distance up to which two groups of questions are one.
NEAR: Final = 0.55
NAME_WORDS: Final = 5
# A gap is named from its most typical questions.
MOST_TYPICAL: Final = 50
# Between phrases that come as often, what each word more is worth.
LENGTH_WEIGHT: Final = 0.1

# A question → its key phrases, such as its noun chunks.
Phrases = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class QuestionGroup:
    """Questions of one kind by their number, the most typical first, and the phrase that names them."""

    name: str
    members: tuple[int, ...]


def gather(questions: Sequence[str], vectors: Vectors, phrases: Phrases) -> list[QuestionGroup]:
    """Gather questions, vectors of shape (questions, dimension), into groups: the largest first."""
    groups = []
    for members in _groups(vectors):
        middle = vectors[members].mean(axis=0)
        order = [members[place] for place in np.argsort(-(vectors[members] @ middle), kind="stable")]
        groups.append(QuestionGroup(_name([questions[number] for number in order], phrases), tuple(order)))
    return sorted(groups, key=lambda group: (-len(group.members), group.members[0]))


def noun_phrases(language: Language) -> Phrases:
    """The noun chunks of a question by spaCy, without articles and pronouns."""

    def phrases(question: str) -> Iterable[str]:
        for chunk in language(question).noun_chunks:
            words = [token.text for token in chunk if token.pos_ not in ("DET", "PRON")]
            if words and any(token.pos_ in ("NOUN", "PROPN") for token in chunk):
                yield " ".join(words[:NAME_WORDS]).lower()

    return phrases


def _groups(vectors: Vectors) -> list[list[int]]:
    if len(vectors) < 2:
        return [[number] for number in range(len(vectors))]
    from sklearn.cluster import AgglomerativeClustering

    labels = AgglomerativeClustering(
        n_clusters=None, distance_threshold=NEAR, metric="cosine", linkage="average"
    ).fit_predict(vectors)
    groups: dict[int, list[int]] = {}
    for number, label in enumerate(labels):
        groups.setdefault(int(label), []).append(number)
    return list(groups.values())


def _name(questions: Sequence[str], phrases: Phrases) -> str:
    """The phrase that most of the questions have in common; the most typical question when there is none."""
    counted: Counter[str] = Counter()
    words: Counter[str] = Counter(term for question in questions for term in set(terms(question)))
    for question in questions[:MOST_TYPICAL]:
        counted.update(set(phrases(question)))
    if not counted:
        return " ".join(questions[0].split()[: 2 * NAME_WORDS])
    return max(counted, key=lambda phrase: (_weight(phrase, counted[phrase], words), phrase))


def _weight(phrase: str, count: int, words: Counter[str]) -> float:
    """A phrase speaks for a gap by how often it comes, and by how often its words come in any phrase."""
    inside = [words[term] for term in terms(phrase)]
    return count + (sum(inside) / len(inside) if inside else 0.0) + LENGTH_WEIGHT * len(inside)
