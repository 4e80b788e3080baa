import gzip

import pytest

from handoff.screens.assets import Folder


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.js").write_text("export const a = 1;\n")
    (tmp_path / "in" / ".secret.js").write_text("no")
    (tmp_path / "in" / "plain.txt").write_text("no")
    (tmp_path / "out.js").write_text("no")
    (tmp_path / "in" / "link.js").symlink_to(tmp_path / "out.js")
    return Folder(tmp_path / "in")


def test_a_file_has_its_type_its_tag_and_its_packed_form(folder):
    found = folder.read("a.js")
    assert found.type == "text/javascript; charset=utf-8"
    assert gzip.decompress(found.packed) == found.body == b"export const a = 1;\n"
    assert found.etag.startswith('"')
    assert folder.read("a.js") is found


def test_a_changed_file_is_read_again(folder):
    before = folder.read("a.js")
    (folder.root / "a.js").write_text("export const a = 22;\n")
    after = folder.read("a.js")
    assert after.body == b"export const a = 22;\n"
    assert after.etag != before.etag


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../out.js",
        "a.js/../../out.js",
        "/etc/passwd",
        "..\\out.js",
        "a.js\0",
        ".secret.js",
        "plain.txt",
        "link.js",
        "none.js",
        "x" * 300 + ".js",
    ],
)
def test_nothing_outside_and_nothing_hidden(folder, name):
    assert folder.read(name) is None
