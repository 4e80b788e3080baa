"""The intent classifier: which conversation act a message is, by `kernel.KernelModel`."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers import LABEL_RANKING_LENGTH
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.channel import ESCAPE
from bot.components.kernel import KernelModel, Shape, fit
from bot.components.understanding import RemoteUnderstanding


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActClassifier(IntentClassifier, GraphComponent):
    """Sets `intent` and `intent_ranking`. A confidence is the probability that the intent is right."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The kernel's numbers (see `kernel.Shape`) and how many intents the ranking holds."""
        return {**vars(Shape()), "ranking_length": LABEL_RANKING_LENGTH}

    @classmethod
    def required_components(cls) -> List[Type]:
        """The embedding must be there."""
        return [RemoteUnderstanding]

    @staticmethod
    def required_packages() -> List[Text]:
        """Only what Rasa itself needs."""
        return ["sklearn", "scipy"]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ActClassifier:
        """A classifier that knows nothing yet."""
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ActClassifier:
        """The classifier as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, KernelModel.load(folder))

    def __init__(
        self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, model: Optional[KernelModel]
    ) -> None:
        """`model` is None until training."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every example that has an intent."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        shape = Shape(**{name: self._config[name] for name in vars(Shape())})
        texts, labels = [e.get(TEXT) for e in examples], [e.get(INTENT) for e in examples]
        self._model = fit(texts, labels, np.vstack([embedding_of(e) for e in examples]), shape)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after it needs its predictions in training."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Classifies; without an understanding every act is as unlikely as the next, and `ask` is taken."""
        for message in messages:
            ranking = self._ranking(message)
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[: self._config["ranking_length"]], add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> List[Dict[Text, Any]]:
        embedding = embedding_of(message)
        if self._model is None or not embedding.any():
            return [{"name": "ask", "confidence": 0.0}]
        text = (message.get(TEXT) or "").replace(ESCAPE, "")
        confidences = self._model.confidences([text], embedding[None, :])[0]
        order = np.argsort(-confidences)
        return [{"name": self._model.classes[i], "confidence": float(confidences[i])} for i in order]


def embedding_of(message: Message) -> np.ndarray:
    """The message's unit vector; zeros when it has none."""
    _, sentence = message.get_dense_features(TEXT, [])
    return sentence.features[0] if sentence else np.zeros(1)
