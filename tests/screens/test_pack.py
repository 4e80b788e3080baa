import re
import shutil
import subprocess
from pathlib import Path

import pytest

from handoff.screens.assets import asset
from handoff.screens.pack import PackedFolder, pack

WIDGET = Path(__file__).parents[2] / "handoff" / "widget"
LIMIT_BYTES = 20_000


def test_each_module_once_those_imported_first(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "en.js").write_text("/** Words. */\nexport default {\n  a: 'https://x.example/a',\n};\n")
    (tmp_path / "b.js").write_text(
        "import en from './texts/en.js';\n\n/** B.\n * @type {any} */\nexport const b = en.a; // why\n"
    )
    (tmp_path / "a.js").write_text(
        "import { b } from './b.js';\nimport en from './texts/en.js';\n// about\nexport class A {\n"
        "  x = b + en.a;\n  y() {\n    return 1;\n  }\n  z() {}\n}\n"
    )
    assert pack(tmp_path, "a.js").decode() == (
        "const en={a:'https://x.example/a',};const b=en.a;class A{x=b+en.a;y(){return 1;}z(){}}"
    )


def test_the_packed_widget_is_one_module_that_runs(tmp_path):
    packed = pack(WIDGET, "cornerdesk.js")
    assert not re.search(rb"(^|[;}\n])(import|export)\b[^.(]", packed)
    assert b"/**" not in packed
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not here to read it")
    (tmp_path / "packed.mjs").write_bytes(packed)
    subprocess.run([node, "--check", tmp_path / "packed.mjs"], check=True)


def test_all_that_the_widget_loads_is_small():
    languages = asset((WIDGET / "texts" / "others.js").read_bytes(), ".js")
    packed = PackedFolder(WIDGET, "cornerdesk.js").read("cornerdesk.js")
    assert len(packed.packed) + len(languages.packed) < LIMIT_BYTES


def test_a_changed_module_is_packed_again(tmp_path):
    (tmp_path / "a.js").write_text("export const a = 1;\n")
    folder = PackedFolder(tmp_path, "a.js")
    before = folder.read("a.js")
    assert folder.read("a.js") is before
    (tmp_path / "b.js").write_text("export const b = 1;\n")
    (tmp_path / "a.js").write_text("import { b } from './b.js';\nexport const a = b;\n")
    assert folder.read("a.js").body == b"const b=1;const a=b;"
