import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.page.sources.tables import tables_to_sentences


def test_a_table_becomes_one_sentence_a_row() -> None:
    rows = "| Country | Working days | Price |\n|---|---|---|\n| Belgium | 1–2 | 4.90 EUR |\n| Norway | 5–7 | |"
    table = f"Before.\n\n{rows}\n\nAfter."
    assert tables_to_sentences(table) == (
        "Before.\n\n- Belgium: working days 1–2, price 4.90 EUR.\n- Norway: working days 5–7.\n\nAfter."
    )


@pytest.mark.parametrize(
    ("table", "items"),
    [
        ("| Weight | 1.9 kg |\n| Floor | 215 cm |", "- Weight: 1.9 kg.\n- Floor: 215 cm."),
        ("| EU size | Foot |\n|---|---|\n| 38 | 23.5 cm |", "- EU size 38: foot 23.5 cm."),
        ("| Only | A header |\n|---|---|", "- Only: A header."),
        ("| a \\| b | c |", "- a | b: c."),
        ("| |\n|---|", ""),
    ],
)
def test_tables_of_other_shapes(table: str, items: str) -> None:
    assert tables_to_sentences(table).strip() == items


def test_text_without_tables_stays() -> None:
    text = "# Title\n\nA | b is no table.\n\n- item"
    assert tables_to_sentences(text) == text


WORD = st.text("abcXYZ0123456789 .%€", min_size=1, max_size=12).filter(lambda text: bool(text.strip()))


@given(st.lists(st.lists(WORD, min_size=2, max_size=4), min_size=2, max_size=6))
def test_no_cell_of_a_body_row_is_lost(rows: list[list[str]]) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    text = tables_to_sentences("\n".join([lines[0], "|---|---|", *lines[1:]]))
    for row in rows[1:]:
        for cell in row:
            assert " ".join(cell.split()) in text


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    tables_to_sentences(text)
