from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from knowledge.index.build import build
from knowledge.service import Models, create_app
from knowledge.settings import ServiceSettings
from tests.knowledge.fakes import REFUNDS, WordEmbedder

TOKEN = {"Authorization": "Bearer a-test-token"}


@pytest.fixture
def client(tmp_path: Path, pages: Path, embedder: WordEmbedder) -> Iterator[TestClient]:
    index = tmp_path / "index"
    settings = ServiceSettings(inner_token="a-test-token", pages=pages, index=index, knowledge_poll_seconds=0.01)
    build(pages, index, embedder)
    with TestClient(create_app(settings, lambda: Models(embedder, embedder)), headers=TOKEN) as client:
        yield client


def test_pages_with_their_faults(client: TestClient, pages: Path) -> None:
    (pages / "bad.md").write_text("no front matter")
    (pages / "refunds.md").write_text(REFUNDS + "\nSee [this](/nowhere).\n")
    told = {page["path"]: page for page in client.get("/pages").json()["pages"]}
    assert list(told) == ["bad.md", "products/heron.md", "refunds.md"]
    assert (told["bad.md"]["url"], told["bad.md"]["faults"][0]["level"]) == ("", "error")
    assert (told["refunds.md"]["title"], told["refunds.md"]["passages"]) == ("Refunds", 3)
    [fault] = told["refunds.md"]["faults"]
    assert (fault["code"], fault["level"], fault["line"]) == ("dead_link", "warning", 21)


def test_a_preview_of_a_page_and_of_its_text(client: TestClient) -> None:
    told = client.post("/preview", json={"path": "refunds.md"}).json()
    assert [passage["heading"] for passage in told["passages"]] == [
        "Refunds",
        "When the money comes back",
        "What cannot be sent back",
    ]
    told = client.post("/preview", json={"markdown": REFUNDS.replace("Gas", "<b>Glass</b>")}).json()
    assert told["passages"][2]["text"] == "Glass canisters cannot travel back."


def test_the_diff_of_the_folder_against_the_index_in_service(client: TestClient, pages: Path) -> None:
    questions = ["where is my cash", "What does the Heron tent weigh"]
    told = client.post("/diff", json={"questions": questions}).json()
    assert (told["changes"], told["counts"]["same"]) == ([], 2)
    (pages / "refunds.md").unlink()
    told = client.post("/diff", json={"questions": questions}).json()
    assert "where is my cash" in [change["question"] for change in told["changes"]]
    assert set(told["changes"][0]) == {"kind", "question", "before", "after"}


def test_gaps_close_when_their_questions_are_answered(client: TestClient) -> None:
    questions = [{"id": "1", "text": "where is my cash"}, {"id": "2", "text": "blue kayak lessons"}]
    told = client.post("/clusters", json={"questions": questions}).json()["clusters"]
    assert sorted(member for cluster in told for member in cluster["members"]) == ["1", "2"]
    assert all(cluster["closed"] == (cluster["answered"] == len(cluster["members"])) for cluster in told)
    kayak = next(cluster for cluster in told if "2" in cluster["members"])
    assert not kayak["closed"]
    assert client.post("/clusters", json={"questions": []}).json() == {"clusters": []}


def test_drafts_and_questions_are_written_and_not_published(client: TestClient, pages: Path) -> None:
    version = client.get("/healthz").json()["index_version"]
    draft = client.post("/drafts", json={"title": "Kayaks", "category": "products", "text": "None yet."})
    assert (draft.status_code, draft.json()) == (201, {"path": "products/kayaks.md"})
    asked = client.post("/asked-as", json={"passage_id": "refunds.md#when-the-money-comes-back", "question": "my €?"})
    assert asked.json() == {"path": "refunds.md"}
    assert "my €?" in (pages / "refunds.md").read_text("utf-8")
    assert client.get("/healthz").json()["index_version"] == version
    told = {page["path"]: page["draft"] for page in client.get("/pages").json()["pages"]}
    assert told["products/kayaks.md"] is True


MONEY = "refunds.md#when-the-money-comes-back"


def test_what_can_be_learned_and_taken_back(client: TestClient, pages: Path) -> None:
    pairs = [
        {"passage_id": f"{MONEY}~2", "question": "no refund for AB-123456 yet"},
        {"passage_id": "gone.md#x", "question": "well"},
        {"passage_id": MONEY, "question": "Where is my cash?"},
    ]
    told = client.post("/learnable", json={"pairs": pairs}).json()["pairs"]
    assert [one["standing"] for one in told] == ["new", "gone", "listed"]
    assert told[0] == {
        "standing": "new",
        "question": "no refund for yet",
        "page_title": "Refunds",
        "heading": "When the money comes back",
        "url": "/help/refunds#when-the-money-comes-back",
    }
    learned = {"passage_id": MONEY, "question": told[0]["question"]}
    assert client.post("/trial", json={"pairs": [learned]}).json() == {"asked": 1, "before": 1, "after": 1}
    before = (pages / "refunds.md").read_text()
    assert client.post("/asked-as", json=learned).status_code == 200
    assert client.post("/not-asked-as", json=learned).json() == {"path": "refunds.md"}
    assert (pages / "refunds.md").read_text() == before


def test_answers_owed_to_what_was_accepted(client: TestClient) -> None:
    accepted = [{"passage_id": MONEY, "question": "where is my cash"}]
    answers = [
        {"id": "c.1", "passage_id": MONEY, "question": "my cash is where"},
        {"id": "c.2", "passage_id": MONEY, "question": "kayaks"},
    ]
    told = client.post("/taught", json={"accepted": accepted, "answers": answers}).json()
    assert told == {"answers": [{"id": "c.1", "accepted": 0}]}


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/preview", {"path": "none.md"}, 404, "no_such_page"),
        ("/preview", {"path": "../../etc/passwd"}, 404, "no_such_page"),
        ("/preview", {"markdown": "no front matter"}, 422, "faulty_page"),
        ("/preview", {}, 422, "bad_request"),
        ("/asked-as", {"passage_id": "none.md#x", "question": "q"}, 404, "no_such_page"),
        ("/not-asked-as", {"passage_id": "none.md#x", "question": "q"}, 404, "no_such_page"),
        ("/drafts", {"title": " ", "category": "x"}, 422, "bad_draft"),
    ],
)
def test_refusals_are_one_sentence(client: TestClient, path: str, body: dict, status: int, code: str) -> None:
    refused = client.post(path, json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("path", ["/preview", "/diff", "/clusters", "/drafts", "/asked-as", "/not-asked-as", "/trial"])
def test_without_the_token_nothing_is_done(client: TestClient, pages: Path, path: str) -> None:
    before = sorted(pages.rglob("*"))
    assert client.post(path, json={}, headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/pages", headers={"Authorization": ""}).status_code == 401
    assert sorted(pages.rglob("*")) == before
