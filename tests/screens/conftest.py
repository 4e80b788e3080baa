"""A small shop folder and the screens' addresses, without the rest of the bridge."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from handoff.routes import screens
from handoff.screens import Screens

TENT = """---
title: Pebble one-person tent
url: /products/pebble-tent
category: products
updated: 2026-03-04
sku: FF-TNT-1P
price: "120.00 EUR"
---

# Pebble one-person tent

A small tent with <script>alert(1)</script> in its text, "quotes" & an ampersand.

## Floor & weight

| Measure | Value |
|---|---|
| Floor | 210 x 80 cm |

See [returns](/help/refunds/short) or [this](javascript:alert(1)).
"""
RETURNS = """---
title: Returns
url: /help/refunds/short
category: refunds
updated: 2026-01-02
---

Sixty days.
"""


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "products").mkdir()
    (tmp_path / "products" / "pebble.md").write_text(TENT)
    (tmp_path / "returns.md").write_bytes(RETURNS.replace("\n", "\r\n").encode("utf-8-sig"))
    return tmp_path


@pytest.fixture
def client(pages):
    app = FastAPI()
    app.state.screens = Screens(pages=pages, shop_name="Fell & Ford")
    app.include_router(screens.router)
    return TestClient(app)
