from __future__ import annotations

import threading
from pathlib import Path

import pytest

from knowledge.content import watch as module
from knowledge.content.watch import Round, Watcher, is_page, watch
from knowledge.index.build import build
from knowledge.index.index_folder import current_version
from knowledge.index.publish_faults import NOTE, clear_publish_faults, note_publish_faults, read_publish_faults
from tests.knowledge.fakes import REFUNDS, WordEmbedder

BROKEN = "---\ntitle: [never closed\n---\n\nText.\n"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def watcher(pages: Path, index: Path, embedder: WordEmbedder) -> Watcher:
    return Watcher(pages, index, embedder, ("how many working days until arrival of the money",))


def test_the_first_round_publishes_and_the_next_has_nothing_to_do(watcher: Watcher, index: Path) -> None:
    first = watcher.round()
    assert first.built is not None
    assert current_version(index) == first.built.manifest.version
    again = watcher.round()
    assert again.built is not None
    assert (again.built.changed, again.sections, again.changes) == ((), (), ())


def test_an_edit_tells_its_sections_and_rebuilds_only_them(
    watcher: Watcher, pages: Path, embedder: WordEmbedder
) -> None:
    watcher.round()
    embedder.embedded.clear()
    (pages / "refunds.md").write_text(
        REFUNDS.replace("Gas canisters cannot", "No canisters can") + "\n## Late parcels\n\nTell us of them.\n"
    )
    done = watcher.round()
    assert done.built is not None
    assert done.built.changed == ("refunds.md",)
    assert [(one.what, one.heading) for one in done.sections] == [
        ("new", "Late parcels"),
        ("edited", "What cannot be sent back"),
    ]
    assert not any("bank may need" in text for text in embedder.embedded)


def test_a_page_that_is_deleted_tells_what_is_gone(watcher: Watcher, pages: Path) -> None:
    watcher.round()
    (pages / "products" / "heron.md").unlink()
    assert {(one.what, one.page) for one in watcher.round().sections} == {("gone", "products/heron.md")}


def test_a_broken_edit_leaves_the_last_good_index_and_a_note(watcher: Watcher, pages: Path, index: Path) -> None:
    watcher.round()
    good = current_version(index)
    (pages / "refunds.md").write_text(BROKEN)
    done = watcher.round()
    assert (done.built, [fault.code for fault in done.refused]) == (None, ["bad_front_matter"])
    assert current_version(index) == good
    assert "refunds.md:" in read_publish_faults(index)[0]
    (pages / "refunds.md").write_text(REFUNDS)
    assert watcher.round().built is not None
    assert read_publish_faults(index) == []


def test_a_new_page_that_is_broken_keeps_no_other_back(watcher: Watcher, pages: Path, index: Path) -> None:
    watcher.round()
    (pages / "new.md").write_text(BROKEN)
    (pages / "refunds.md").write_text(REFUNDS.replace("5 working days", "4 working days"))
    done = watcher.round()
    assert done.built is not None
    assert done.built.changed == ("refunds.md",)
    assert [fault.path for fault in done.built.pages.faults if fault.fatal] == ["new.md"]


def test_a_folder_that_is_gone_or_empty_leaves_the_last_good_index(watcher: Watcher, pages: Path, index: Path) -> None:
    watcher.round()
    good = current_version(index)
    for file in pages.rglob("*.md"):
        file.unlink()
    done = watcher.round()
    assert done.trouble is not None
    assert current_version(index) == good
    pages.rename(pages.with_name("elsewhere"))
    assert watcher.round().trouble is not None


def test_watching_yields_a_round_at_once_and_ends_when_told(watcher: Watcher) -> None:
    stop = threading.Event()
    rounds = watch(watcher, stop)
    assert next(rounds).built is not None
    stop.set()
    assert list(rounds) == []


def test_a_save_in_the_middle_of_the_first_round_is_not_missed(
    watcher: Watcher, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    first = watcher.round

    def round_with_a_save() -> Round:
        monkeypatch.undo()
        done = first()
        (pages / "refunds.md").write_text(REFUNDS.replace("5 working", "6 working"))
        return done

    monkeypatch.setattr(watcher, "round", round_with_a_save)
    rounds = watch(watcher, stop)
    next(rounds)
    done = next(rounds)
    stop.set()
    assert done.built is not None
    assert done.built.changed == ("refunds.md",)


def test_watching_yields_a_round_after_a_save(watcher: Watcher, pages: Path) -> None:
    stop = threading.Event()
    rounds = watch(watcher, stop)
    next(rounds)
    saved = threading.Event()

    def save_until_noticed() -> None:
        number = 0
        while not saved.wait(0.2):
            number += 1
            (pages / "refunds.md").write_text(REFUNDS.replace("5 working", f"{number} working"))

    thread = threading.Thread(target=save_until_noticed)
    thread.start()
    try:
        done = next(rounds)
    finally:
        saved.set()
        thread.join()
        stop.set()
    assert done.built is not None
    assert done.built.changed == ("refunds.md",)


@pytest.mark.parametrize("name", [".page.md.new", "page.md~", ".#page.md", "page.md.swp", "#page.md#"])
def test_what_editors_leave_is_passed_over(name: str) -> None:
    assert not is_page(None, f"/pages/{name}")
    assert is_page(None, "/pages/page.md")


def test_a_note_of_trouble_comes_and_goes(index: Path, pages: Path, embedder: WordEmbedder) -> None:
    assert read_publish_faults(index) == []
    note_publish_faults(index, [])
    (index / NOTE).write_text("{broken")
    assert read_publish_faults(index) == []
    clear_publish_faults(index)
    clear_publish_faults(index)
    build(pages, index, embedder)
    assert read_publish_faults(index) == []


def test_what_a_version_told_in_the_round_before_is_not_asked_again(
    watcher: Watcher, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer_all = module.answer_all

    def counting(state, questions, *rest):
        asked.append(state.manifest.version)
        return answer_all(state, questions, *rest)

    monkeypatch.setattr(module, "answer_all", counting)
    versions = []
    for days in ("5", "4", "3"):
        (pages / "refunds.md").write_text(REFUNDS.replace("5 working days", f"{days} working days"), "utf-8")
        done = watcher.round()
        assert done.built is not None
        versions.append(done.built.manifest.version)
    assert asked == versions
