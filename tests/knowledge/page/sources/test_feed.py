import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.page.sources.feed import MAX_ROW_FAULTS, Feed, FeedError, feed_of, read_feed
from knowledge.page.sources.product import price_of

HEADER = "id,title,description,link,price,availability\n"
ROW = "A1,Heron tent,A light tent.,https://s.example/p/a1,289.00 EUR,in_stock\n"


def feed(text: str, currency: str | None = None) -> Feed:
    return feed_of(io.StringIO(text), "feed.csv", currency)


def faults(found: Feed) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in found.faults]


def test_a_row_becomes_a_page() -> None:
    [draft] = feed(HEADER + ROW).drafts("2026-11-01")
    assert draft.front == {
        "title": "Heron tent",
        "url": "https://s.example/p/a1",
        "category": "products",
        "updated": "2026-11-01",
        "sku": "A1",
        "price": "289.00 EUR",
    }
    assert draft.text == (
        "A light tent.\n\n## Price and availability of the Heron tent\n\nHeron tent costs 289.00 EUR and is in stock."
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_byte_order_mark_and_column_names_vary(tmp_path: Path, separator: str) -> None:
    file = tmp_path / "feed.csv"
    lines = [["ID", "g:title", "Link", "Sale Price", "price"], ["A1", "Tent", "https://s.example/a", "9 EUR", "10 EUR"]]
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(separator.join(line) for line in lines).encode())
    [draft] = read_feed(file).drafts("2026-11-01")
    assert draft.front["price"] == "9.00 EUR"
    assert "Tent costs 9.00 EUR instead of 10.00 EUR." in draft.text


def test_variants_are_one_page() -> None:
    header = "id,title,link,price,color,size,item_group_id\n"
    rows = "".join(
        f"A{number},Fern jacket - Green / {size},https://s.example/a,{price},Green,{size},A\n"
        for number, (size, price) in enumerate([("M", "189 EUR"), ("L", "199 EUR")])
    )
    [draft] = feed(header + rows).drafts("2026-11-01")
    assert (draft.front["title"], draft.front["sku"], draft.front["price"]) == ("Fern jacket - Green", "A", None)
    assert "- Green, M costs 189.00 EUR.\n- Green, L costs 199.00 EUR." in draft.text
    assert "- Size: M, L" in draft.text


@pytest.mark.parametrize("missing", ["id", "title", "link"])
def test_a_missing_column_is_named(missing: str) -> None:
    header = ",".join(name for name in ("id", "title", "link", "price") if name != missing)
    with pytest.raises(FeedError, match=f"no column {missing}"):
        feed(header + "\n1,2,3\n")


def test_faults_are_given_by_line_and_the_other_rows_are_used() -> None:
    found = feed(
        HEADER
        + ROW
        + "A1,Again,,https://s.example/b,1 EUR,\n"
        + ",No id,,https://s.example/c,1 EUR,\n"
        + "A4,,,https://s.example/d,1 EUR,\n"
        + "A5,No address,,ftp:x,1 EUR,\n"
        + "A6,Bad price,,https://s.example/f,cheap,\n"
        + "A7,Other money,,https://s.example/g,1 USD,\n"
        + "A8,Too,many,https://s.example/h,1 EUR,in_stock,cells\n"
        + '"A9","Quoted\nline",,https://s.example/i,1 EUR,\n'
        + "B1,Last,,https://s.example/j,,\n",
        currency="EUR",
    )
    assert faults(found) == [
        (3, "duplicate_id"),
        (4, "no_id"),
        (5, "no_title"),
        (6, "bad_link"),
        (7, "bad_price"),
        (8, "wrong_currency"),
        (9, "bad_row"),
    ]
    assert list(found.products) == ["A1", "A9", "B1"]
    assert found.products["A9"][0]["title"] == "Quoted line"


@pytest.mark.parametrize(
    ("given", "price"),
    [
        ("15.00 EUR", "15.00 EUR"),
        ("eur 15", "15.00 EUR"),
        ("1,234.50 USD", "1234.50 USD"),
        ("1.234,50 EUR", "1234.50 EUR"),
        ("19,9 EUR", "19.90 EUR"),
        ("15", None),
        ("free", None),
        ("-3 EUR", None),
        ("", None),
    ],
)
def test_how_prices_are_written(given: str, price: str | None) -> None:
    assert price_of(given) == price


def test_html_of_a_description_does_not_come_along() -> None:
    row = 'A1,Tent,"A <b>light</b> tent.<script>alert(1)</script>",https://s.example/a,1 EUR,\n'
    [draft] = feed(HEADER + row).drafts("2026-11-01")
    assert draft.text.startswith("A light tent.\n")
    assert "alert" not in draft.text


def test_a_feed_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    for raw in (b"", HEADER.encode(), b"\x00\x01\x02", b"id,title,link\n\xff\xfe,x,/y\n"):
        file = tmp_path / "feed.csv"
        file.write_bytes(raw)
        with pytest.raises(FeedError):
            read_feed(file)
    with pytest.raises(FeedError, match="cannot be read"):
        read_feed(tmp_path / "none.csv")


def test_a_hundred_thousand_rows_with_faults_are_counted_not_kept() -> None:
    good = "".join(f"A{number},Tent {number},,/p/{number},1 EUR,\n" for number in range(50_000))
    found = feed(HEADER + good + ",x,,/y,,\n" * 50_000)
    assert (found.rows, len(found.products)) == (100_000, 50_000)
    assert (len(found.faults), found.faulty) == (MAX_ROW_FAULTS, 50_000)


@given(st.text(max_size=300))
def test_any_text_after_the_header_is_rows_or_faults(text: str) -> None:
    try:
        found = feed(HEADER + text)
    except FeedError:
        return
    for draft in found.drafts("2026-11-01"):
        assert draft.page("a.md").title
