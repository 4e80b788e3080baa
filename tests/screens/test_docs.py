"""docs/screens.md names everything that a shop or an agent may use."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "screens.md").read_text("utf-8")


def test_every_attribute_is_documented():
    source = (ROOT / "handoff" / "widget" / "cornerdesk.js").read_text("utf-8")
    used = set(re.findall(r"(?:get|has)Attribute\('([\w-]+)'\)", source)) | {"sku", "page-title", "lang"}
    assert not {name for name in used if f"`{name}`" not in DOC}


def test_every_custom_property_is_documented():
    used = set(re.findall(r"--cornerdesk-[\w-]+", (ROOT / "handoff" / "widget" / "style.js").read_text("utf-8")))
    assert not {name for name in used if f"`{name}`" not in DOC}


def test_every_key_is_documented():
    source = (ROOT / "handoff" / "console" / "key_bindings.js").read_text("utf-8")
    keys = re.findall(r"^    (?:'([^']+)'|(\w+)): \{ says:", source, re.MULTILINE)
    names = {quoted or bare for quoted, bare in keys} - {"Alt+2"}
    assert len(names) > 8
    assert not {name for name in names if f"`{name}`" not in DOC}
