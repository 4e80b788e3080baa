"""What our trained components share: how Rasa makes, stores and loads one that is a set of kernel models."""

from __future__ import annotations

from typing import Any, Dict, List, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from typing_extensions import Self

from bot.components.kernel_ridge import Hyperparameters, KernelModel
from bot.components.payload import ESCAPE
from bot.components.understanding import RemoteUnderstanding

Models = Dict[Text, KernelModel]


class KernelClassifier(IntentClassifier, GraphComponent):
    """A component of models by name; a subclass says what they learn and what they say of a message."""

    @classmethod
    def required_components(cls) -> List[Type[GraphComponent]]:
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
    ) -> Self:
        """One that knows nothing yet."""
        return cls(config, model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """It as it was trained."""
        with model_storage.read_from(resource) as folder:
            models = {path.name: KernelModel.load(path) for path in sorted(folder.iterdir()) if path.is_dir()}
        return cls(config, model_storage, resource, models)

    def __init__(
        self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, models: Models
    ) -> None:
        """`models` by their names; empty until training."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._models = models

    @property
    def hyperparameters(self) -> Hyperparameters:
        """The kernel's numbers as config.yml gives them."""
        return Hyperparameters(**{name: self._config[name] for name in vars(Hyperparameters())})

    def learn(self, training_data: TrainingData) -> Models:
        """The models, fitted to what a subclass reads from the data."""
        raise NotImplementedError

    def train(self, training_data: TrainingData) -> Resource:
        """Learns, and writes each model to a folder of its own."""
        self._models = self.learn(training_data)
        with self._model_storage.write_to(self._resource) as folder:
            for name, model in self._models.items():
                (folder / name).mkdir()
                model.save(folder / name)
        return self._resource


def text_of(message: Message) -> Text:
    """What the shopper typed."""
    return (message.get(TEXT) or "").replace(ESCAPE, "")


def embedding_of(message: Message) -> np.ndarray:
    """The message's unit vector; zeros when it has none."""
    _, sentence = message.get_dense_features(TEXT, [])
    return sentence.features[0] if sentence else np.zeros(1)
