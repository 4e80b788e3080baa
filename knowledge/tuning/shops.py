"""The invented shops that the adapter is fitted on: sections of pages, and what shoppers type who look for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import ModelError
from knowledge.index.evidence import Kind, ways_of
from knowledge.page.page import page_from

SHOPS: Final = Path(__file__).parent / "data"


class ShopSection(BaseModel):
    """One section of a page, and the questions that it answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    heading: str
    text: str
    questions: list[str]

    def ways(self, kind: Kind) -> list[str]:
        """The texts of one kind that an index would embed for this section."""
        front = {"title": self.title, "url": "/", "category": "help", "updated": "2026-01-01"}
        page = page_from("page.md", front, f"## {self.heading}\n\n{self.text}", "")
        return [way.text for way in ways_of(page, page.sections[-1]) if way.kind == kind]


class Shop(BaseModel):
    """An invented shop: sections that are easily mixed up stand beside each other."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    shop: str
    sections: list[ShopSection]


@dataclass(frozen=True)
class Pair:
    """A question and a text that leads to its answer."""

    question: str
    text: str


def read_shops(folder: Path = SHOPS) -> list[Shop]:
    """Every shop of a folder, by file name. Raises `ModelError` naming the file that cannot be used."""
    shops = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            shops.append(Shop.model_validate(yaml.safe_load(path.read_text("utf-8"))))
        except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
            raise ModelError(f"The shop in {path} cannot be used: {error}") from error
    if not shops:
        raise ModelError(f"There are no shops in {folder}: give a folder of *.yaml files.")
    return shops
