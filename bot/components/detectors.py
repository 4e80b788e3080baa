"""What a message gives away besides its act: a wish for a person, frustration, a subject for people only."""

from __future__ import annotations

import csv
import hashlib
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Sequence, Text, Tuple

import numpy as np
import rasa.shared.utils.io
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.emoji import in_words
from bot.components.kernel_classifier import KernelClassifier, Models, embedding_of, text_of
from bot.components.kernel_ridge import Hyperparameters, fit, joined, thinned
from bot.components.knowledge import Knowledge
from bot.components.payload import PAYLOAD_PREFIX
from bot.components.spelling import Spelling
from bot.components.understanding import PARTS

DETECTIONS = "detections"
QUIET = "quiet"
FIRES = "fires"
# What the model that tells a detector's subjects apart is called, after the detector's name.
SUBJECT = " subject"
TOGETHER = "detectors"
# Intents whose examples have a topic.
TOPICS = frozenset({"ask", "ask_order"})
# Labelled messages, one file for all detectors: text, language, labels (several with | between, or none).
MESSAGES = "messages.csv"
# What a file may say besides its examples.
MADE = ("composed", "framed", "frames", "messages", "calm", "alone")


@dataclass(frozen=True)
class DetectorData:
    """One file of examples: texts by label, intents of the NLU data to add, and what to make besides.

    `composed`: how many messages join an example to a topic. `framed`: how many put a topic into a frame of `frames`,
    by label, "no, i mean {}". `messages` says which labels of the labelled messages are which of its own, the
    first that holds; of the rest those with a label of `calm` are quiet, or all when that is empty. `alone`: subjects
    that do not count when it is asked whether any holds.
    """

    name: str
    examples: Tuple[Tuple[str, str], ...]
    intents: Tuple[Tuple[str, str], ...]
    composed: int = 0
    framed: int = 0
    frames: Mapping[str, Sequence[str]] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)
    calm: Sequence[str] = ()
    alone: Sequence[str] = ()

    @property
    def has_subjects(self) -> bool:
        """Whether it tells subjects apart, besides firing at any of them."""
        return not {label for _, label in self.examples} <= {QUIET, FIRES}

    def labelled(
        self, training_data: TrainingData, messages: Sequence[Tuple[str, Sequence[str]]] = ()
    ) -> List[Tuple[str, str]]:
        """(text, label) pairs, each text once; the file's own word wins over a message's, and that over an intent's."""
        labels = dict(self.intents)
        examples = [e for e in training_data.intent_examples if e.get(INTENT) in labels]
        known = {e.get(TEXT): labels[e.get(INTENT)] for e in examples}
        said = [(text, self._label(marks)) for text, marks in messages]
        known.update((text, label) for text, label in said if label)
        known.update(self.examples)
        topics = topics_of(training_data)
        return [*known.items(), *self._compositions(known, topics), *self._framed(topics)]

    def _label(self, marks: Sequence[str]) -> Optional[str]:
        found = next((own for mark, own in self.messages.items() if mark in marks), None)
        return found or (QUIET if not self.calm or set(marks) & set(self.calm) else None)

    def _framed(self, topics: Sequence[str]) -> List[Tuple[str, str]]:
        """The same topics said to insist, and said calmly: what is around a topic tells, never the topic."""
        chance = random.Random(self.name)  # noqa: S311
        pairs = []
        for _ in range(self.framed if topics else 0):
            for label, frames in self.frames.items():
                frame = chance.choice(frames)
                pairs.append((frame.format(*(chance.choice(topics) for _ in range(frame.count("{}")))), label))
        return pairs

    def _compositions(self, known: Dict[str, str], topics: Sequence[str]) -> List[Tuple[str, str]]:
        """Two things said in one message, as people do: what fires beside a topic fires, two topics stay quiet."""
        chance = random.Random(self.name)  # noqa: S311
        firing = sorted(text for text, label in known.items() if label == FIRES and len(text.split()) > 2)
        near = sorted(text for text, label in self.examples if label == QUIET)
        pairs: List[Tuple[str, str]] = []
        for _ in range(self.composed if topics and firing else 0):
            topic, other, mark = chance.choice(topics), chance.choice(topics), chance.choice((", ", ". "))
            said = [chance.choice(firing), topic]
            chance.shuffle(said)
            pairs += [(mark.join(said), FIRES), (f"{topic}{mark}{other}", QUIET)]
            pairs += [(f"{chance.choice(near)}{mark}{other}", QUIET)]
        return pairs


def topics_of(training_data: TrainingData) -> List[str]:
    """What shoppers write about, in sentences of some length."""
    topics = sorted(e.get(TEXT) for e in training_data.intent_examples if e.get(INTENT) in TOPICS)
    return [text for text in topics if len(text.split()) > 3]


def read_data(path: Path) -> DetectorData:
    """What a file of bot/data/detectors teaches a detector."""
    facts = rasa.shared.utils.io.read_config_file(path)
    subjects = facts.get("subjects") or {FIRES: facts[FIRES]}
    examples = [(str(text), label) for label, texts in subjects.items() for text in texts]
    examples += [(str(text), QUIET) for text in facts[QUIET]]
    intents = [(intent, QUIET) for intent in facts.get("quiet_intents", [])]
    if facts.get("fires_intent"):
        intents.append((facts["fires_intent"], FIRES))
    made = {
        name: facts[name] for name in ("composed", "framed", "frames", "messages", "calm", "alone") if name in facts
    }
    return DetectorData(facts["detector"], tuple(examples), tuple(intents), **made)


def read_all(folder: Path) -> List[DetectorData]:
    """The data of every detector of a folder, in the order of the files' names."""
    return [read_data(path) for path in sorted(folder.glob("*.yml"))]


def read_messages(folder: Path) -> List[Tuple[str, Tuple[str, ...]]]:
    """The labelled messages of a folder, each with its labels."""
    path = folder / MESSAGES
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], tuple(filter(None, row["labels"].split("|")))) for row in csv.DictReader(file)]


def examples_of(
    data: DetectorData, training_data: TrainingData, messages: Sequence[Tuple[str, Sequence[str]]]
) -> Dict[str, List[Tuple[str, str]]]:
    """What to learn by the name of a model: firing or not, and for subjects also which of them."""
    pairs = data.labelled(training_data, messages)
    pairs = [pairs[i] for i in thinned([label for _, label in pairs])]
    if not data.has_subjects:
        return {data.name: pairs}
    any_of_them = [(text, QUIET if label == QUIET else FIRES) for text, label in pairs if label not in data.alone]
    return {data.name: any_of_them, f"{data.name}{SUBJECT}": pairs}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DetectorClassifier(KernelClassifier):
    """Sets `detections`: a probability for each detector, or for each of its subjects as `detector.subject`."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The examples' folder, who embeds them, the kernel's numbers, and which detectors read a part alone too."""
        return {**vars(Hyperparameters()), "examples": "bot/data/detectors", "url": None, "in_parts": ["asked"]}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """The examples' content, so that Rasa trains again when one changed."""
        folder = Path(config.get("examples") or cls.get_default_config()["examples"])
        paths = [*sorted(folder.glob("*.yml")), *folder.glob(MESSAGES)]
        return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()

    def learn(self, training_data: TrainingData) -> Models:
        """Learns every detector, and joins them: one model, with the embeddings asked from the knowledge service."""
        folder, examples = Path(self._config["examples"]), {}
        messages = read_messages(folder)
        for data in read_all(folder):
            examples.update(examples_of(data, training_data, messages))
        texts = sorted({text for pairs in examples.values() for text, _ in pairs})
        places = {text: place for place, text in enumerate(texts)}
        embeddings = Knowledge(self._config["url"]).embed([in_words(text) for text in texts])
        spelling, rows, models = Spelling.of(texts), {}, {}
        for name, pairs in examples.items():
            known, labels = zip(*pairs, strict=True)
            rows[name] = [places[text] for text in known]
            models[name] = fit(known, labels, np.asarray(embeddings)[rows[name]], self.hyperparameters, spelling)
        return {TOGETHER: joined(models, rows, texts)}

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds `detections` to every message that was understood."""
        for message in messages:
            embedding = embedding_of(message)
            if embedding.any() and not (message.get(TEXT) or "").startswith(PAYLOAD_PREFIX):
                message.set(DETECTIONS, self._detections(message, embedding), add_to_output=True)
        return messages

    def _detections(self, message: Message, embedding: np.ndarray) -> Dict[Text, float]:
        parts = message.get(PARTS) or []
        texts = [text_of(message), *(part.text for part in parts)]
        vectors = np.vstack([embedding, *(part.embedding for part in parts)])
        found: Dict[Text, float] = {}
        for model in self._models.values():
            confidences = model.confidences(texts, vectors)
            for name, column in zip(model.classes, confidences.T, strict=True):
                detector, _, label = name.rpartition(".")
                if label != QUIET:
                    read = column.max() if detector in self._config["in_parts"] else column[0]
                    found[named(detector, label)] = round(float(read), 4)
        return found


def named(detector: str, label: str) -> str:
    """How a detection is called: by its detector, or by that and the subject."""
    return detector if label == FIRES else f"{detector.removesuffix(SUBJECT)}.{label}"
