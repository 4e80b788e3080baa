"""Two tiny shops."""

from __future__ import annotations

from pathlib import Path

import pytest

DELIVERY = """---
title: Delivery
url: /delivery
category: delivery
updated: 2026-05-01
---

Parcels leave the warehouse every morning.

## Cost

Postage costs four euro, nothing above fifty.

## Abroad

Norway and Switzerland take a week longer.
"""

KETTLE = """---
title: {name} kettle
url: /products/{name}
category: products
updated: 2026-04-01
sku: K-{name}
---

## Capacity

The {name} boils {litres} litres of water.

## Warranty

The {name} is repaired free within three years.
"""

QUESTIONS = """text,kind,sections,partly,page
how much is postage,answer,delivery.md#cost,delivery.md#,
do you ship to norway,answer,delivery.md#abroad,,
when do parcels leave,order,delivery.md#,,
how many litres,answer,products/copper.md#capacity|products/steel.md#capacity,,
is the copper repaired free,answer,products/copper.md#warranty,products/steel.md#warranty,
litres of water,answer,products/steel.md#capacity,,products/steel.md
warranty,ambiguous,products/copper.md#warranty|products/steel.md#warranty,,
warehouse address,answer,delivery.md#,,
do you sell teapots,none,,,
hello,chat,,,
"""


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    """A folder of two shops that sell kettles."""
    folder = tmp_path / "shops"
    for name in ("east", "west"):
        products = folder / name / "pages" / "products"
        products.mkdir(parents=True)
        (products.parent / "delivery.md").write_text(DELIVERY, "utf-8")
        for kettle, litres in (("copper", "two"), ("steel", "three")):
            (products / f"{kettle}.md").write_text(KETTLE.format(name=kettle, litres=litres), "utf-8")
        (folder / name / "questions.csv").write_text(QUESTIONS, "utf-8")
    return folder
