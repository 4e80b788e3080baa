from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.errors import FaultyPagesError, IndexUnusableError, PagesError
from knowledge.index.build import build
from knowledge.index.index_folder import current_version, open_index
from tests.knowledge.fakes import REFUNDS, TENT, WordEmbedder


def test_what_is_built_can_be_opened(pages: Path, tmp_path: Path, embedder: WordEmbedder):
    built = build(pages, tmp_path / "index", embedder)
    opened = open_index(tmp_path / "index", embedder)
    assert opened.manifest == built.manifest
    assert [page.title for page in opened.index.pages] == ["Heron tent", "Refunds"]
    assert opened.index.pages[1].asked_as == {"when-the-money-comes-back": ("where is my cash",)}
    assert opened.manifest.passages == 5


def test_equal_pages_have_equal_versions_and_other_pages_another(pages: Path, tmp_path: Path, embedder: WordEmbedder):
    first = build(pages, tmp_path / "one", embedder).manifest.version
    assert build(pages, tmp_path / "two", embedder).manifest.version == first
    (pages / "refunds.md").write_text((pages / "refunds.md").read_text("utf-8") + "\nMore.\n", "utf-8")
    assert build(pages, tmp_path / "one", embedder).manifest.version != first


def test_only_what_changed_is_embedded(pages: Path, tmp_path: Path, embedder: WordEmbedder):
    build(pages, tmp_path / "index", embedder)
    (pages / "products" / "heron.md").write_text(TENT.replace("1.9 kg", "2.1 kg"), "utf-8")
    again = WordEmbedder()
    built = build(pages, tmp_path / "index", again)
    assert built.changed == ("products/heron.md",)
    assert built.embedded == 2
    assert not any("bank may need" in text for text in again.embedded)


def test_a_faulty_page_is_left_out_or_stops_a_strict_build(pages: Path, tmp_path: Path, embedder: WordEmbedder):
    (pages / "bad.md").write_text("no front matter", "utf-8")
    with pytest.raises(FaultyPagesError, match=r"bad\.md:1"):
        build(pages, tmp_path / "index", embedder, strict=True)
    assert current_version(tmp_path / "index") is None
    built = build(pages, tmp_path / "index", embedder)
    assert [fault.code for fault in built.manifest.faults] == ["no_front_matter"]


def test_what_is_told_of_a_page_is_told_again_when_it_did_not_change(
    pages: Path, tmp_path: Path, embedder: WordEmbedder
):
    (pages / "flat.md").write_text("---\ntitle: Flat\nurl: /f\ncategory: c\nupdated: 2026-01-01\n---\nText.\n", "utf-8")
    for _ in range(2):
        built = build(pages, tmp_path / "index", embedder)
        assert [fault.code for fault in built.manifest.faults] == ["no_headings"]


def test_nothing_to_build_keeps_the_old_index(pages: Path, tmp_path: Path, embedder: WordEmbedder):
    version = build(pages, tmp_path / "index", embedder).manifest.version
    for page in pages.rglob("*.md"):
        page.unlink()
    with pytest.raises(PagesError):
        build(pages, tmp_path / "index", embedder)
    assert current_version(tmp_path / "index") == version


def test_old_versions_are_dropped(pages: Path, tmp_path: Path, embedder: WordEmbedder):
    for number in range(6):
        (pages / "refunds.md").write_text(TENT.replace("/products/heron", f"/r{number}"), "utf-8")
        build(pages, tmp_path / "index", embedder)
    assert len([home for home in (tmp_path / "index").iterdir() if home.is_dir()]) == 3


def test_an_index_of_another_model_is_refused(pages: Path, tmp_path: Path, embedder: WordEmbedder):
    build(pages, tmp_path / "index", embedder)
    with pytest.raises(IndexUnusableError, match="model"):
        open_index(tmp_path / "index", WordEmbedder("words-2"))


@pytest.mark.parametrize(
    "damage", ["missing", "manifest", "newer", "pages", "vectors", "ways", "pieces", "words", "mixed"]
)
def test_a_damaged_index_is_refused_in_one_sentence(pages: Path, tmp_path: Path, embedder: WordEmbedder, damage: str):
    folder = tmp_path / "index"
    home = folder / build(pages, folder, embedder).manifest.version
    if damage == "missing":
        (folder / "current").unlink()
    elif damage == "manifest":
        (home / "manifest.json").write_text("{", "utf-8")
    elif damage == "newer":
        manifest = json.loads((home / "manifest.json").read_text("utf-8"))
        (home / "manifest.json").write_text(json.dumps({**manifest, "format": 99}), "utf-8")
    elif damage == "mixed":
        (home / "pages.jsonl").write_text(
            "".join((home / "pages.jsonl").open(encoding="utf-8").readlines()[:1]), "utf-8"
        )
    else:
        parts = {"vectors": "vectors.faiss", "ways": "ways.npz", "pieces": "pieces.npy", "words": "pieces.npz"}
        part = parts.get(damage, "pages.jsonl")
        whole = (home / part).read_bytes()
        (home / part).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(IndexUnusableError, match="Run: knowledge build") as caught:
        open_index(folder, embedder)
    assert "\n" not in caught.value.message


def test_an_edit_of_many_pages_keeps_the_fit_and_has_a_version_of_its_own(tmp_path: Path, embedder: WordEmbedder):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(60):
        text = TENT.replace("/heron", f"/heron-{number}").replace("1.9", f"{number}.9")
        (folder / f"{number}.md").write_text(text, "utf-8")
    first = build(folder, tmp_path / "index", embedder).manifest
    before = (folder / "7.md").read_text("utf-8")
    (folder / "7.md").write_text(before.replace("cold water", "warm water"), "utf-8")
    second = build(folder, tmp_path / "index", embedder).manifest
    assert (second.fitted_for, second.edits) == (first.version, 1)
    assert second.version != build(folder, tmp_path / "fresh", embedder).manifest.version
    (folder / "7.md").write_text(before, "utf-8")
    assert build(folder, tmp_path / "index", embedder).manifest.version == first.version


def test_a_build_after_an_edit_gives_the_index_that_a_fresh_build_gives(
    pages: Path, tmp_path: Path, embedder: WordEmbedder
):
    build(pages, tmp_path / "index", embedder)
    (pages / "new.md").write_text(REFUNDS.replace("/help/refunds", "/help/new").replace("Gas", "Glass"), "utf-8")
    (pages / "refunds.md").unlink()
    build(pages, tmp_path / "index", embedder)
    build(pages, tmp_path / "fresh", embedder)
    edited, fresh = (open_index(tmp_path / name, embedder) for name in ("index", "fresh"))
    assert edited.manifest.version == fresh.manifest.version
    assert edited.index.ways.key.tolist() == fresh.index.ways.key.tolist()
    assert edited.index.ways.place.tolist() == fresh.index.ways.place.tolist()
    assert (edited.index.vectors.all() == fresh.index.vectors.all()).all()
