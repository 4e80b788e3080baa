from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from knowledge.errors import ModelError
from knowledge.index.evidence import Kind
from knowledge.tuning.fit import BATCH, KINDS, batches
from knowledge.tuning.shops import Shop, ShopSection, read_shops

SECTION = """
shop: Kettle
sections:
  - title: Returns
    heading: How long you have
    text: Thirty days.
    questions: ["till when can it go back"]
"""


def shop(sections: int, questions: int) -> Shop:
    return Shop(
        shop="Kettle",
        sections=[
            ShopSection(
                title="Help", heading=f"Part {n}", text=f"Text {n}.", questions=[f"{n}-{q}" for q in range(questions)]
            )
            for n in range(sections)
        ],
    )


def test_every_question_is_read_once_for_each_kind_of_text():
    read = Counter(pair.question for batch in batches([shop(20, 3)], random.Random(1)) for pair in batch)
    assert read == {f"{n}-{q}": len(KINDS) for n in range(20) for q in range(3)}


def test_no_section_stands_twice_in_a_batch():
    found = batches([shop(20, 3), shop(5, 2)], random.Random(1))
    assert all(len({pair.text for pair in batch}) == len(batch) <= BATCH for batch in found)


def test_a_question_stands_beside_its_own_section():
    for batch in batches([shop(6, 2)], random.Random(1)):
        assert all(f"Part {pair.question.split('-')[0]}" in pair.text for pair in batch)


def test_equal_chance_gives_equal_batches():
    shops = [shop(6, 2)]
    assert batches(shops, random.Random(3)) == batches(shops, random.Random(3))


def test_a_section_reads_as_an_index_reads_it():
    section = ShopSection(title="Returns", heading="How long", text="Thirty days.", questions=[])
    assert section.ways(Kind.PASSAGE) == ["Returns: How long. Thirty days."]
    assert section.ways(Kind.HEADING) == ["How long", "Returns: How long"]


def test_a_shop_is_read(tmp_path: Path):
    (tmp_path / "kettle.yaml").write_text(SECTION, "utf-8")
    (found,) = read_shops(tmp_path)
    assert found.sections[0].questions == ["till when can it go back"]


@pytest.mark.parametrize("text", ["shop: [", "shop: Kettle", SECTION + "    more: 1\n"])
def test_a_shop_that_cannot_be_used_is_named(tmp_path: Path, text: str):
    (tmp_path / "kettle.yaml").write_text(text, "utf-8")
    with pytest.raises(ModelError, match=r"kettle\.yaml"):
        read_shops(tmp_path)


def test_a_folder_without_shops_is_refused(tmp_path: Path):
    with pytest.raises(ModelError, match="no shops"):
        read_shops(tmp_path)


def test_the_shops_that_ship_can_be_read():
    shops = read_shops()
    questions = [question for one in shops for section in one.sections for question in section.questions]
    assert len(shops) >= 20
    assert len(questions) == len(set(questions))
    assert all(section.ways(kind) for one in shops for section in one.sections for kind in KINDS)
