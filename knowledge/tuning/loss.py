"""How far a batch is from being told right: by the texts' vectors, and by the word pieces that meet (torch)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from knowledge.tuning.batches import Batch

# How sharply nearness becomes probability: the inverse of the softmax's temperature.
SHARPNESS: Final = 20.0
NEVER: Final = -1e9


@dataclass(frozen=True)
class Read:
    """Texts as the model reads them, all of length 1: `vectors` of shape (texts, dimension), the word pieces'
    (texts, longest, dimension), and which of those are the text's own, (texts, longest)."""

    vectors: Any
    pieces: Any
    own: Any


def loss_of(messages: Read, texts: Read, batch: Batch) -> Any:
    """The loss of one batch. Headings are told by their vectors alone, as in the search."""
    by_vectors = told_apart(messages.vectors @ texts.vectors.T, batch)
    return by_vectors if batch.headings else by_vectors + told_apart(met(messages, texts), batch)


def told_apart(near: Any, batch: Batch) -> Any:
    """Softmax over the texts, every right one counted, what only helps left out. `near` is (messages, texts)."""
    import torch

    right, partly = torch.from_numpy(batch.right), torch.from_numpy(batch.partly)
    scores = (SHARPNESS * near).masked_fill(partly, NEVER)
    return (scores.logsumexp(1) - scores.masked_fill(~right, NEVER).logsumexp(1)).mean()


def met(messages: Read, texts: Read) -> Any:
    """Late interaction: each word piece of a message by the nearest in a text, on average, shape (messages, texts)."""
    count, longest, dimension = messages.pieces.shape
    near = messages.pieces.reshape(-1, dimension) @ texts.pieces.reshape(-1, dimension).T
    near = near.reshape(count, longest, *texts.own.shape).masked_fill(~texts.own, -1.0).amax(3)
    own = messages.own.float()
    return (near * own[:, :, None]).sum(1) / own.sum(1, keepdim=True).clamp(min=1)
