"""How sure a sign makes us, learned from what the shop itself has."""

from __future__ import annotations

from knowledge.embedder import Embedder
from knowledge.index import Index
from knowledge.ranking import Calibration


def calibrated(index: Index, embedder: Embedder) -> Calibration:
    """The calibration for one shop's index."""
    return Calibration()
