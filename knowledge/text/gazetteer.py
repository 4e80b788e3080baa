"""Where places lie: “Zurich” is in Switzerland, “Palma de Mallorca” on the Balearic Islands, in Spain."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import yaml

CITIES: Final = Path(__file__).parent / "cities.yml"


@cache
def lies_in() -> dict[str, str]:
    """Each place, in lower case, with the region or country that it lies in."""
    listed: dict[str, list[str]] = yaml.safe_load(CITIES.read_text("utf-8"))
    return {place.lower(): whole for whole, places in listed.items() for place in places}


def around(place: str) -> Iterator[str]:
    """The regions and countries around a place, the nearest first."""
    known, here = lies_in(), place.lower()
    while here in known:
        yield known[here]
        here = known[here].lower()
