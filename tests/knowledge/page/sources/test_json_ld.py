import json

import pytest

from knowledge.page.sources.json_ld import FaqEntry, Product, read_json_ld


def block(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_questions_of_an_faq_page() -> None:
    answer = {"@type": "Answer", "text": "<p>Within <b>60</b> days.</p><p>With the label &amp; box.</p>"}
    faq = {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "When?", "acceptedAnswer": answer}]}
    assert read_json_ld(block(faq)).questions == (FaqEntry("When?", "Within 60 days.\n\nWith the label & box."),)


def test_a_product_with_an_offer() -> None:
    product = {
        "@type": "Product",
        "name": "Heron",
        "sku": "T-1",
        "description": "A tent.",
        "brand": {"@type": "Brand", "name": "Fern"},
        "offers": {"@type": "Offer", "price": "1,289", "priceCurrency": "eur"},
        "additionalProperty": [{"name": "Weight", "value": "1.9 kg"}, {"name": "Empty"}],
    }
    expected = Product("Heron", "T-1", "1289.00 EUR", "A tent.", (("Weight", "1.9 kg"), ("brand", "Fern")))
    assert read_json_ld(block({"@graph": [product]})).products == (expected,)


def test_a_price_range_gives_its_lowest_and_no_currency_no_price() -> None:
    offers = {"@type": "AggregateOffer", "lowPrice": 10, "priceCurrency": "EUR"}
    assert read_json_ld(block({"@type": ["Product"], "name": "A", "offers": offers})).products[0].price == "10.00 EUR"
    assert read_json_ld(block({"@type": "Product", "name": "A", "offers": {"price": 3}})).products[0].price is None


def test_broken_json_is_counted_and_left_out() -> None:
    source = '<script type="application/ld+json">{broken</script>' + block({"@type": "Product", "name": "A"})
    found = read_json_ld(source)
    assert (found.broken, len(found.products)) == (1, 1)


@pytest.mark.parametrize(
    "written",
    [
        "<script type=application/ld+json>{}</script>",
        "<script type='application/ld+json; charset=utf-8'>{}</script>",
        '<SCRIPT TYPE="APPLICATION/LD+JSON">{}</SCRIPT >',
        '<script id="x" type="application/ld+json"><!-- {} --></script>',
    ],
)
def test_a_block_is_found_however_it_is_written(written: str) -> None:
    product = json.dumps({"@type": "Product", "name": "A\tB"})
    assert [found.name for found in read_json_ld(written.replace("{}", product)).products] == ["A B"]


def test_what_is_not_as_expected_is_left_out() -> None:
    odd = [1, "x", None, {"@type": "Product"}, {"@type": "Question", "name": "Q", "acceptedAnswer": 3}, {"@type": 7}]
    found = read_json_ld(block(odd))
    assert (found.products, found.questions) == ((), ())


def test_scripts_in_answers_do_not_come_along() -> None:
    answer = {"text": "Yes.&lt;script&gt;alert(1)&lt;/script&gt;<script>x</script>"}
    found = read_json_ld(block({"@type": "Question", "name": "Q", "acceptedAnswer": answer}).replace("</script><", "<"))
    assert all("script" not in question.answer for question in found.questions)


def test_deep_nesting_ends() -> None:
    value: object = {"@type": "Product", "name": "A"}
    for _ in range(60):
        value = {"@graph": [value]}
    assert read_json_ld(block(value)).products == ()
