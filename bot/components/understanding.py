"""A featurizer that asks the knowledge service what a message means: embedding, entities and passages in one call."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.shared.nlu.constants import ENTITIES, FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.emoji import in_words
from bot.components.handover import take_over, understand
from bot.components.knowledge import Knowledge, vector
from bot.components.payload import PAYLOAD_PREFIX, typed

UNDERSTANDING = "understanding"
# Kept in the message for the components that follow, and not in the tracker.
PARTS = "parts"
DIMENSION = 384


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class RemoteUnderstanding(GraphComponent):
    """Sets dense features, entities and `understanding` from the knowledge service.

    When the service does not answer, `understanding` is None: the actions then fetch a person.
    """

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`url` overrides CORNERDESK_KNOWLEDGE_URL; `timeout_s` bounds one message's call, in seconds."""
        return {FEATURIZER_CLASS_ALIAS: "understanding", "url": None, "timeout_s": 3.0, "dimension": DIMENSION}

    @classmethod
    def required_components(cls) -> List[Type[GraphComponent]]:
        """Needs nothing before it: not even a tokenizer."""
        return []

    @staticmethod
    def required_packages() -> List[Text]:
        """What must be installed for the HTTP call."""
        return ["requests"]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RemoteUnderstanding:
        """The component as Rasa's graph makes it, for training and for running alike."""
        return cls(config, Knowledge(config["url"], timeout_s=config["timeout_s"]))

    def __init__(self, config: Dict[Text, Any], knowledge: Knowledge) -> None:
        """Takes the connection, so that a test may bring its own."""
        self._config = config
        self._knowledge = knowledge

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Embeds every example, in batches."""
        examples = [example for example in training_data.training_examples if example.get(TEXT)]
        if examples:
            embeddings = self._knowledge.embed([in_words(example.get(TEXT)) for example in examples])
            for example, embedding in zip(examples, embeddings, strict=True):
                self._add_features(example, embedding)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Understands what shoppers typed; a payload of a button needs no understanding."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith(PAYLOAD_PREFIX):
                self._add_features(message, self._nothing())
            else:
                self._understand(message, text)
        return messages

    def _understand(self, message: Message, text: Text) -> None:
        # Other channels (`rasa shell`) hand nothing over.
        handover = take_over() or understand(self._knowledge, typed(text), message.get("metadata") or {})
        understanding = handover.understanding
        message.set(PARTS, handover.parts)
        message.set(UNDERSTANDING, understanding, add_to_output=True)
        if understanding is None:
            self._add_features(message, self._nothing())
            return
        self._add_features(message, vector(understanding["embedding"]))
        found = [rasa_entity(entity, understanding["text"], text) for entity in understanding["entities"]]
        message.set(ENTITIES, found, add_to_output=True)

    def _nothing(self) -> np.ndarray:
        return np.zeros(self._config["dimension"], dtype=np.float32)

    def _add_features(self, message: Message, embedding: np.ndarray) -> None:
        alias: Optional[Text] = self._config[FEATURIZER_CLASS_ALIAS]
        message.add_features(Features(embedding[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, alias))


def rasa_entity(entity: Dict[Text, Any], read: Text, text: Text) -> Dict[Text, Any]:
    """The service's entity in Rasa's words; its place in `read` is looked up again in the message's own text."""
    named = read[entity["start"] : entity["end"]]
    start = max(text.find(named), 0)
    return {
        "entity": entity["entity"],
        "value": entity["value"],
        "start": start,
        "end": start + len(named),
        "confidence_entity": entity["confidence"],
        "extractor": RemoteUnderstanding.__name__,
    }
