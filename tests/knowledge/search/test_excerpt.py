from __future__ import annotations

from knowledge.index.index import make_index
from knowledge.page.page import page_from
from knowledge.page.passage import EXCERPT_WORDS, words
from knowledge.search.excerpt import excerpt_of
from tests.knowledge.fakes import WordEmbedder


def shown(text: str, question: str, embedder: WordEmbedder) -> tuple[str, str | None, str]:
    page = page_from("a.md", {"title": "T"}, text, "0" * 64)
    index = make_index([page], embedder)
    return (*excerpt_of(index, index.places[-1], embedder.embed([question])[0]), page.text)


def test_a_short_section_is_shown_whole(embedder: WordEmbedder):
    assert shown("## Gas\n\nNo gas by air.\n", "gas", embedder)[:2] == ("No gas by air.", None)


def test_of_a_long_one_the_consecutive_sentences_that_fit(embedder: WordEmbedder):
    body = " ".join(f"Filler number {n} says nothing of use to anyone here." for n in range(30))
    text = f"## Long\n\n{body} Wash the tent by hand. {body}\n"
    excerpt, whole, page = shown(text, "wash tent hand", embedder)
    assert "Wash the tent by hand." in excerpt
    assert excerpt in page
    assert words(excerpt) <= EXCERPT_WORDS
    assert whole is not None
    assert excerpt in whole


def test_a_table_is_never_torn(embedder: WordEmbedder):
    rows = "\n".join(f"| size {n} | {n} kg of weight and some more words to make it long |" for n in range(12))
    table = f"| Size | Weight |\n| --- | --- |\n{rows}"
    excerpt, _, _ = shown(f"## Sizes\n\n{'Filler words. ' * 40}\n\n{table}\n", "size 7 weight", embedder)
    assert table in excerpt
