"""Faults of a folder of pages, planted one by one. The embedder is a fake: equal words, near texts."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.check.check import Report, check
from knowledge.check.headings import says_nothing
from knowledge.errors import PagesError
from knowledge.model.embedder import ModelEmbedder
from tests.knowledge.fakes import WordEmbedder

TODAY = date(2026, 11, 21)
FRONT = {"title": "Returns", "url": "/help/returns", "category": "refunds", "updated": "2026-03-01"}
BODY = "## Sending things back\n\nUse the label in the box and hand the parcel in at any post office.\n"


def write(folder: Path, name: str, body: str = BODY, **front: str) -> Path:
    lines = [f"{key}: {value}" for key, value in {**FRONT, **front}.items() if value]
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\n" + "\n".join(lines) + "\n---\n\n" + body, "utf-8")
    return path


def codes(report: Report) -> list[tuple[str, int, str]]:
    return [(fault.path, fault.line, fault.code) for fault in report.faults]


def quick(folder: Path) -> Report:
    return check(folder, None, TODAY)


def test_a_good_page_has_no_faults(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    report = quick(tmp_path)
    assert report.clean
    assert (report.pages, report.sections) == (1, 1)


def test_no_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PagesError, match="no folder"):
        quick(tmp_path / "nowhere")


@pytest.mark.parametrize("key", ["url", "category", "updated"])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    write(tmp_path, "refunds/a.md", **{key: ""})
    [fault] = quick(tmp_path).faults
    assert fault.code == f"no_{key}"
    assert key in fault.remedy


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("updated", "soon", "bad_date"),
        ("updated", "2027-01-01", "future_date"),
        ("valid_until", "2026-11-20", "expired"),
        ("valid_until", "the end", "bad_date"),
        ("price", "about 20", "bad_price"),
        ("url", "returns page", "bad_url"),
        ("url", "http://[x/help", "bad_url"),
        ("udpated", "2026-03-01", "unknown_key"),
    ],
)
def test_a_bad_value_is_found_at_its_line(tmp_path: Path, key: str, value: str, code: str) -> None:
    path = write(tmp_path, "a.md", **{key: value})
    line = next(number for number, text in enumerate(path.read_text().splitlines(), 1) if text.startswith(f"{key}:"))
    assert codes(quick(tmp_path)) == [("a.md", line, code)]


def test_keys_of_other_programs_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "a.md", photographer="Jo", valid_until="2026-11-21")
    assert quick(tmp_path).clean


@pytest.mark.parametrize(
    "link", ["/help/retruns", "/help/returns#nowhere", "#nowhere", "other.md", "", "ftp://files.example/x"]
)
def test_a_link_that_leads_nowhere_is_found_at_its_line(tmp_path: Path, link: str) -> None:
    write(tmp_path, "a.md", f"## Sending things back\n\nRead on,\nor follow [this]({link}).\n")
    [fault] = quick(tmp_path).faults
    assert (fault.code, fault.line) == ("dead_link", 11)


@pytest.mark.parametrize(
    "link",
    [
        "/help/returns",
        "/help/returns/",
        "#sending-things-back",
        "a.md",
        "/",
        "https://example.org/x",
        "mailto:a@b.example",
    ],
)
def test_links_that_lead_somewhere_are_fine(tmp_path: Path, link: str) -> None:
    write(tmp_path, "a.md", f"{BODY}\nAs [here]({link}).\n")
    assert quick(tmp_path).clean


def test_a_near_miss_of_a_link_is_offered(tmp_path: Path) -> None:
    write(tmp_path, "a.md", f"{BODY}\nAs [here](/help/retruns).\n")
    [fault] = quick(tmp_path).faults
    assert "/help/returns" in fault.remedy


def test_addresses_of_the_site_that_are_no_pages_can_be_named(tmp_path: Path) -> None:
    write(tmp_path, "a.md", f"{BODY}\nAs [here](/basket).\n")
    assert check(tmp_path, None, TODAY, elsewhere=["/basket"]).clean


@pytest.mark.parametrize("heading", ["More info", "Details", "2. Further information", "FAQ", "Misc.", "Part 3", "???"])
def test_headings_that_say_nothing(heading: str) -> None:
    assert says_nothing(heading)


@pytest.mark.parametrize("heading", ["Returning a sale item", "Details of the warranty", "More than one parcel"])
def test_headings_that_say_something(heading: str) -> None:
    assert not says_nothing(heading)


def test_faults_of_sections(tmp_path: Path) -> None:
    long = " ".join(f"Sentence number {number} is about parcels and postage." for number in range(60))
    write(tmp_path, "a.md", f"## More info\n\nText.\n\n## Parcels\n\n{long}\n\n## Empty\n\n## Parcels\n\nAgain.\n")
    found = [(line, code) for _, line, code in codes(quick(tmp_path))]
    assert found == [(8, "vague_heading"), (12, "long_section"), (16, "empty_section"), (18, "duplicate_heading")]


def test_titles_urls_and_questions_that_stand_twice(tmp_path: Path) -> None:
    asked = '{Sending things back: ["how do I send it back?"]}'
    write(tmp_path, "a.md", asked_as=asked)
    write(tmp_path, "b.md", url="/help/other", asked_as=asked)
    write(tmp_path, "c.md", title="Third")
    assert [code for _, _, code in codes(quick(tmp_path))] == ["asked_as_twice", "duplicate_title", "duplicate_url"]


def test_passages_that_stand_twice(tmp_path: Path, model: ModelEmbedder) -> None:
    other = BODY.replace("Sending things back", "Labels").replace("any post office", "any post office near you")
    write(tmp_path, "a.md")
    write(tmp_path, "b.md", BODY, title="Second", url="/b")
    write(tmp_path, "c.md", other, title="Third", url="/c")
    report = check(tmp_path, model, TODAY)
    assert codes(report) == [("b.md", 10, "duplicate_passage"), ("c.md", 10, "near_duplicate")]


PIECES = st.sampled_from(
    [
        "# A\n",
        "## More info\n",
        "## Parcels\n",
        "- 5 days\n",
        "| a | b |\n|---|---|\n| c | 4 EUR |\n",
        "[x](y)",
        "[](/z)",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES | st.text(max_size=30), max_size=12), st.text(max_size=20))
def test_any_page_can_be_checked(tmp_path: Path, pieces: list[str], title: str) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: {title}\nurl: /a\n---\n\n" + "\n".join(pieces), "utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: B\nurl: /b\n---\n\n" + "\n".join(reversed(pieces)), "utf-8")
    for fault in check(tmp_path, WordEmbedder(), TODAY).faults:
        assert fault.line >= 0
        assert fault.message
        assert fault.remedy


def test_the_demo_shops_pages_are_clean() -> None:
    pages = Path(__file__).parents[3] / "knowledge" / "pages"
    assert check(pages, ModelEmbedder(adapter=None), TODAY).faults == ()
