import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import PageFaultError
from knowledge.page.sources.html import html_draft, read_html

BODY = """
<nav><a href="/">Home</a> <a href="/basket">Basket</a></nav>
<main><h1>Sending things back</h1>
<p>You can send anything back within 60 days of the day on which it arrived at your door.</p>
<h2>What it costs</h2>
<table><tr><th>Country</th><th>Price</th></tr>
<tr><td>Belgium</td><td>free</td></tr><tr><td>Norway</td><td>12.90 EUR</td></tr></table>
<h2>Where to hand it in</h2><p>At any <a href="/help/points">parcel point</a> near you.</p>
<details><summary>Do I need the box?</summary><p>No, any sturdy box will do for the way back.</p></details>
</main><footer>All rights reserved</footer>
"""


def page(body: str = BODY, head: str = "<title>Sending things back | A shop</title>") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def test_main_text_with_headings_links_and_tables_as_sentences() -> None:
    draft = html_draft(page(), "/help/returns", "returns.html", "2026-05-01")
    assert draft.front["title"] == "Sending things back"
    assert draft.front["category"] == "help"
    assert draft.front["updated"] == "2026-05-01"
    assert "## What it costs\n\n- Belgium: price free.\n- Norway: price 12.90 EUR." in draft.text
    assert "[parcel point](/help/points)" in draft.text
    assert "### Do I need the box?" in draft.text
    assert not {"Basket", "All rights reserved", "# Sending things back\n"} & set(draft.text.split("\n"))


def test_a_hand_made_page_says_its_front_matter_in_meta_tags() -> None:
    head = """<meta name="title" content="Returns &amp; more"><meta content='/help/returns' name='url'>
    <meta name=category content=refunds><meta name="updated" content="2026-02-03T10:00:00Z">
    <meta name="price" content="9.00 EUR">"""
    made = read_html("anything.html", page(head=head))
    assert (made.title, made.url, made.category, made.updated) == (
        "Returns & more",
        "/help/returns",
        "refunds",
        "2026-02-03",
    )
    assert made.price == "9.00 EUR"
    assert [section.heading for section in made.sections if section.level == 2] == [
        "What it costs",
        "Where to hand it in",
    ]


def test_the_canonical_address_counts_and_a_false_one_does_not() -> None:
    head = '<link rel="canonical" href="https://shop.example/help/returns">'
    assert html_draft(page(head=head), "/x", "x").front["url"] == "https://shop.example/help/returns"
    for address in ("javascript:alert(1)", "http://[x", "//[x/help"):
        head = f'<link rel="canonical" href="{address}">'
        assert html_draft(page(head=head), "/x", "x").front["url"] == "/x"


def test_json_ld_adds_what_the_text_lacks_and_repeats_nothing() -> None:
    head = """<script type="application/ld+json">{"@graph": [
      {"@type": "Product", "name": "Heron", "sku": "T-1", "offers": {"price": 289, "priceCurrency": "EUR"}},
      {"@type": "Question", "name": "Is it free?", "acceptedAnswer": {"text": "Within the EU it is."}},
      {"@type": "Question", "name": "Box?", "acceptedAnswer": {"text": "No, any sturdy box will do for the way back."}}
    ]}</script>"""
    draft = html_draft(page(head=head), "/p/heron", "heron.html")
    assert (draft.front["sku"], draft.front["price"], draft.front["category"]) == ("T-1", "289.00 EUR", "products")
    assert "## Is it free?\n\nWithin the EU it is." in draft.text
    assert "## Box?" not in draft.text


def test_a_heading_that_is_no_part_of_the_text_still_names_the_page() -> None:
    words = "<p>Some words here that are long enough to be taken for the text of a page.</p>"
    assert html_draft(page(f"{words}<h1>Pots <i>&amp; pans</i></h1>", ""), "/x", "x").front["title"] == "Pots & pans"


def test_scripts_never_come_along() -> None:
    body = (
        BODY + "<p>Think of &lt;script&gt;alert(1)&lt;/script&gt; and <b onclick='x()'>bold</b> words in this text.</p>"
    )
    text = html_draft(page(body + "<script>alert(2)</script><style>p{}</style>"), "/x", "x").text
    assert "alert" not in text
    assert "<" not in text


@pytest.mark.parametrize("source", ["", "   ", "<html></html>", "<html><body><script>render()</script></body></html>"])
def test_a_page_without_text_is_a_fault_with_a_remedy(source: str) -> None:
    with pytest.raises(PageFaultError) as caught:
        html_draft(source, "/x", "x.html")
    assert caught.value.fault.code == "empty_page"
    assert caught.value.fault.remedy


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_a_page_or_a_fault(source: str) -> None:
    for wrapped in (source, f"<html><body><p>{source}</p></body></html>"):
        try:
            made = read_html("a.html", wrapped)
        except PageFaultError:
            continue
        assert made.text.strip()
