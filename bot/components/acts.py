"""The intent classifier: which conversation act a message is, by `kernel_ridge.KernelModel`."""

from __future__ import annotations

from typing import Any, Dict, List, Text, Tuple

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers import LABEL_RANKING_LENGTH
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.kernel_classifier import KernelClassifier, Models, embedding_of, text_of
from bot.components.kernel_ridge import Hyperparameters, fit
from bot.components.knowledge import Knowledge

ACTS = "acts"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ActClassifier(KernelClassifier):
    """Sets `intent` and `intent_ranking`. A confidence is the probability that the intent is right."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """The kernel's numbers (see `kernel_ridge.Hyperparameters`), the ranking's length, and who embeds names."""
        return {**vars(Hyperparameters()), "ranking_length": LABEL_RANKING_LENGTH, "url": None}

    def learn(self, training_data: TrainingData) -> Models:
        """Learns from every example that has an intent, and from the intents' own names."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        texts, labels = [e.get(TEXT) for e in examples], [e.get(INTENT) for e in examples]
        named, names = in_plain_words(sorted(set(labels)))
        embeddings = [*(embedding_of(e) for e in examples), *Knowledge(self._config["url"]).embed(named)]
        return {ACTS: fit([*texts, *named], [*labels, *names], np.vstack(embeddings), self.hyperparameters)}

    def process(self, messages: List[Message]) -> List[Message]:
        """Classifies; without an understanding every act is as unlikely as the next, and `ask` is taken."""
        for message in messages:
            ranking = self._ranking(message)
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[: self._config["ranking_length"]], add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> List[Dict[Text, Any]]:
        embedding, model = embedding_of(message), self._models.get(ACTS)
        if model is None or not embedding.any():
            return [{"name": "ask", "confidence": 0.0}]
        confidences = model.confidences([text_of(message)], embedding[None, :])[0]
        order = np.argsort(-confidences)
        return [{"name": model.classes[i], "confidence": float(confidences[i])} for i in order]


def in_plain_words(names: List[Text]) -> Tuple[List[Text], List[Text]]:
    """Each intent's name as a text ("ask order"), and the name itself; a name says what its examples are about."""
    return [name.replace("_", " ").lower() for name in names], names
