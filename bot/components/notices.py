"""What a message gives away besides its act: a wish for a person, frustration, a subject for people only."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Tuple, Type

import numpy as np
import rasa.shared.utils.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.acts import embedding_of
from bot.components.channel import ESCAPE, PAYLOAD_PREFIX
from bot.components.emoji import in_words
from bot.components.kernel import KernelModel, Shape, fit
from bot.components.knowledge import Knowledge
from bot.components.understanding import RemoteUnderstanding

NOTICES = "notices"
QUIET = "quiet"
FIRES = "fires"
# Intents whose examples have a topic.
TOPICS = frozenset({"ask", "ask_order"})


@dataclass(frozen=True)
class Lesson:
    """One file of examples: texts by label, intents of the NLU data to add, and how many compositions to make."""

    notice: str
    examples: Tuple[Tuple[str, str], ...]
    intents: Tuple[Tuple[str, str], ...]
    composed: int = 0

    def labelled(self, training_data: TrainingData) -> List[Tuple[str, str]]:
        """(text, label) pairs, each text once; the file's own word wins over that of an intent."""
        labels = dict(self.intents)
        examples = [e for e in training_data.intent_examples if e.get(INTENT) in labels]
        known = {e.get(TEXT): labels[e.get(INTENT)] for e in examples}
        known.update(self.examples)
        return [*known.items(), *self._compositions(known, training_data)]

    def _compositions(self, known: Dict[str, str], training_data: TrainingData) -> List[Tuple[str, str]]:
        """Two things said in one message, as people do: what fires beside a topic fires, two topics stay quiet."""
        chance = random.Random(self.notice)  # noqa: S311
        firing = sorted(text for text, label in known.items() if label == FIRES and len(text.split()) > 2)
        topics = sorted(e.get(TEXT) for e in training_data.intent_examples if e.get(INTENT) in TOPICS)
        topics = [text for text in topics if len(text.split()) > 3]
        near = sorted(text for text, label in self.examples if label == QUIET)
        pairs: List[Tuple[str, str]] = []
        for _ in range(self.composed if topics and firing else 0):
            topic, other, mark = chance.choice(topics), chance.choice(topics), chance.choice((", ", ". "))
            said = [chance.choice(firing), topic]
            chance.shuffle(said)
            pairs += [(mark.join(said), FIRES), (f"{topic}{mark}{other}", QUIET)]
            pairs += [(f"{chance.choice(near)}{mark}{other}", QUIET)]
        return pairs


def read_lesson(path: Path) -> Lesson:
    """The lesson that a file of bot/data/notices holds."""
    facts = rasa.shared.utils.io.read_config_file(path)
    subjects = facts.get("subjects") or {FIRES: facts[FIRES]}
    examples = [(str(text), label) for label, texts in subjects.items() for text in texts]
    examples += [(str(text), QUIET) for text in facts[QUIET]]
    intents = [(intent, QUIET) for intent in facts.get("quiet_intents", [])]
    if facts.get("fires_intent"):
        intents.append((facts["fires_intent"], FIRES))
    return Lesson(facts["notice"], tuple(examples), tuple(intents), facts.get("composed", 0))


def read_lessons(folder: Path) -> List[Lesson]:
    """Every lesson of a folder, in the order of the files' names."""
    return [read_lesson(path) for path in sorted(folder.glob("*.yml"))]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NoticeClassifier(IntentClassifier, GraphComponent):
    """Sets `notices`: a probability for each notice, or for each subject as `notice.subject`."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The folder of lessons, the knowledge service that embeds them, and the kernel's numbers."""
        return {**vars(Shape()), "examples": "bot/data/notices", "url": None}

    @classmethod
    def fingerprint_addon(cls, config: Dict[Text, Any]) -> Optional[Text]:
        """The lessons' content, so that Rasa trains again when one changed."""
        folder = Path(config.get("examples") or cls.get_default_config()["examples"])
        return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.yml")))).hexdigest()

    @classmethod
    def required_components(cls) -> List[Type]:
        """The embedding must be there."""
        return [RemoteUnderstanding]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NoticeClassifier:
        """A classifier that notices nothing yet."""
        return cls(config, model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NoticeClassifier:
        """The classifier as it was trained."""
        with model_storage.read_from(resource) as folder:
            models = {path.name: KernelModel.load(path) for path in sorted(folder.iterdir()) if path.is_dir()}
        return cls(config, model_storage, resource, models)

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        models: Dict[str, KernelModel],
    ) -> None:
        """`models` by the name of their notice; empty until training."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._models = models

    def train(self, training_data: TrainingData) -> Resource:
        """Learns each lesson, with the embeddings asked from the knowledge service."""
        shape = Shape(**{name: self._config[name] for name in vars(Shape())})
        knowledge = Knowledge(self._config["url"])
        with self._model_storage.write_to(self._resource) as folder:
            for lesson in read_lessons(Path(self._config["examples"])):
                texts, labels = zip(*lesson.labelled(training_data), strict=True)
                self._models[lesson.notice] = fit(
                    texts, labels, knowledge.embed([in_words(text) for text in texts]), shape
                )
                (folder / lesson.notice).mkdir()
                self._models[lesson.notice].save(folder / lesson.notice)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after it needs its predictions in training."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds `notices` to every message that was understood."""
        for message in messages:
            text, embedding = message.get(TEXT) or "", embedding_of(message)
            if embedding.any() and not text.startswith(PAYLOAD_PREFIX):
                message.set(NOTICES, self._notices(text.replace(ESCAPE, ""), embedding), add_to_output=True)
        return messages

    def _notices(self, text: Text, embedding: np.ndarray) -> Dict[Text, float]:
        found: Dict[Text, float] = {}
        for notice, model in self._models.items():
            confidences = model.confidences([text], embedding[None, :])[0]
            for label, confidence in zip(model.classes, confidences, strict=True):
                if label != QUIET:
                    found[notice if label == FIRES else f"{notice}.{label}"] = round(float(confidence), 4)
        return found
