"""What a message gives away besides its act: a wish for a person, frustration, a subject for people only."""

from __future__ import annotations

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
from bot.components.kernel_ridge import Hyperparameters, fit
from bot.components.knowledge import Knowledge
from bot.components.payload import PAYLOAD_PREFIX
from bot.components.understanding import PARTS

DETECTIONS = "detections"
QUIET = "quiet"
FIRES = "fires"
# Intents whose examples have a topic.
TOPICS = frozenset({"ask", "ask_order"})


@dataclass(frozen=True)
class DetectorData:
    """One file of examples: texts by label, intents of the NLU data to add, and what to make besides.

    `composed`: how many messages join an example to a topic. `framed`: how many put a topic into a frame of `frames`,
    by label, "no, i mean {}".
    """

    name: str
    examples: Tuple[Tuple[str, str], ...]
    intents: Tuple[Tuple[str, str], ...]
    composed: int = 0
    framed: int = 0
    frames: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def labelled(self, training_data: TrainingData) -> List[Tuple[str, str]]:
        """(text, label) pairs, each text once; the file's own word wins over that of an intent."""
        labels = dict(self.intents)
        examples = [e for e in training_data.intent_examples if e.get(INTENT) in labels]
        known = {e.get(TEXT): labels[e.get(INTENT)] for e in examples}
        known.update(self.examples)
        topics = topics_of(training_data)
        return [*known.items(), *self._compositions(known, topics), *self._framed(topics)]

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
    made = {name: facts[name] for name in ("composed", "framed", "frames") if name in facts}
    return DetectorData(facts["detector"], tuple(examples), tuple(intents), **made)


def read_all(folder: Path) -> List[DetectorData]:
    """The data of every detector of a folder, in the order of the files' names."""
    return [read_data(path) for path in sorted(folder.glob("*.yml"))]


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
        return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.yml")))).hexdigest()

    def learn(self, training_data: TrainingData) -> Models:
        """Learns each detector, with the embeddings asked from the knowledge service."""
        knowledge, models = Knowledge(self._config["url"]), {}
        for data in read_all(Path(self._config["examples"])):
            texts, labels = zip(*data.labelled(training_data), strict=True)
            models[data.name] = fit(
                texts, labels, knowledge.embed([in_words(text) for text in texts]), self.hyperparameters
            )
        return models

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds `detections` to every message that was understood."""
        for message in messages:
            embedding = embedding_of(message)
            if embedding.any() and not (message.get(TEXT) or "").startswith(PAYLOAD_PREFIX):
                message.set(DETECTIONS, self._detections(message, embedding), add_to_output=True)
        return messages

    def _detections(self, message: Message, embedding: np.ndarray) -> Dict[Text, float]:
        found: Dict[Text, float] = {}
        for name, model in self._models.items():
            parts = message.get(PARTS) or [] if name in self._config["in_parts"] else []
            texts = [text_of(message), *(part.text for part in parts)]
            vectors = np.vstack([embedding, *(part.embedding for part in parts)])
            confidences = model.confidences(texts, vectors).max(axis=0)
            for label, confidence in zip(model.classes, confidences, strict=True):
                if label != QUIET:
                    found[name if label == FIRES else f"{name}.{label}"] = round(float(confidence), 4)
        return found
