from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.page.page import page_from, sections_of
from knowledge.page.passage import PASSAGE_TOKENS, passages_of, sentence_spans, tokens, units_of

LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            ["## Heading", "# One", "- item one", "1. first", "| a | b |", "| --- | --- |", "```", "", "  "]
        ),
        st.text(alphabet="ab. ?!é\u4e00", max_size=400),
    ),
    max_size=30,
)


def page_of(text: str):
    return page_from("a.md", {"title": "T"}, text, "0" * 64)


@given(LINES)
@example(["\r0", "#"])
@settings(max_examples=200, deadline=None)
def test_sections_hold_every_character_once_and_in_order(lines: list[str]):
    text = "\n".join(lines)
    sections = sections_of(text)
    assert "".join(text[section.start : section.end] for section in sections) == text
    assert all(section.start <= section.body_start <= section.end for section in sections)


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_units_and_passages_lose_and_invent_nothing(lines: list[str]):
    text = "\n".join(lines)
    if not text.strip():
        return
    page = page_of(text)
    for section in page.sections:
        body = "".join(page.text[section.body_start : section.end].split())
        units = units_of(page, section)
        assert "".join("".join(page.text[unit.start : unit.end].split()) for unit in units) == body
        passages = passages_of(page, section)
        assert all(section.start <= passage.start <= passage.end <= section.end for passage in passages)
        assert [p.start for p in passages] == sorted(p.start for p in passages)
        if body:
            assert "".join("".join(page.text[p.start : p.end].split()) for p in passages) == body
        assert len({passage.id for passage in passages}) == len(passages)


def test_a_sentence_without_end_is_cut_to_fit():
    page = page_of("## Long\n\n" + "word " * 2_000)
    passages = passages_of(page, page.sections[0])
    assert len(passages) > 5
    assert all(tokens(page.text[passage.start : passage.end]) <= PASSAGE_TOKENS for passage in passages)


def test_sentences_end_where_a_reader_would_end_them():
    text = "It costs approx. 5 EUR. Pay Dr. Who e.g. by card! Is it safe? “Yes.” Good."
    found = [text[start:end] for start, end in sentence_spans(text, 0, len(text))]
    assert found == ["It costs approx. 5 EUR.", "Pay Dr. Who e.g. by card!", "Is it safe?", "“Yes.”", "Good."]


def test_a_heading_without_text_is_a_passage_of_its_own():
    page = page_of("## Nothing here\n\n## Something\n\nText.")
    (only,) = passages_of(page, page.sections[0])
    assert page.text[only.start : only.end] == "## Nothing here"
