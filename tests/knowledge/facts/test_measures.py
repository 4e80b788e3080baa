from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.facts.measures import amount, measures


def only(text: str) -> tuple[str, str]:
    (one,) = measures(text)
    assert one.low == one.high
    return f"{one.low.normalize():f}", one.unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("€890", "890", "EUR"),
        ("289.00 EUR", "289", "EUR"),
        ("1.234,50 €", "1234.5", "EUR"),
        ("1 299,00 €", "1299", "EUR"),
        ("₹ 5,38,000", "538000", "INR"),
        ("R7 999", "7999", "ZAR"),
        ("₦450,000", "450000", "NGN"),
        ("AED 3,560", "3560", "AED"),
        ("$1,499.00", "1499", "$"),
        ("USD 15", "15", "$"),
        ("8.2 kg", "8200", "g"),
        ("2 lb", "907.184", "g"),
        ("12 oz", "12", "oz"),
        ("8 fl oz", "236.588", "ml"),
        ("−7 °C", "-7", "°C"),
        ("95 mg", "95", "mg"),
        ("10.5 tog", "10.5", "tog"),
        ('61" wide', "1549.4", "mm"),
    ],
)
def test_a_number_with_its_unit(text: str, value: str, unit: str):
    assert only(text) == (value, unit)


@pytest.mark.parametrize("text", ["1.499 EUR", "1,2,3 EUR", "12.34.5 EUR", "no number", "SKU 4411", "20x25x1"])
def test_what_can_be_read_in_two_ways_or_in_none_is_no_price(text: str):
    assert not [one for one in measures(text) if one.unit == "EUR"]


def test_the_number_behind_a_price_is_another():
    price = measures("€8.90 200 g")[0]
    assert (str(price.low), price.unit) == ("8.90", "EUR")


@given(st.integers(0, 9_999_999), st.integers(0, 99), st.sampled_from(["{:,}.{:02}", "{:}.{:02}", "{:}"]))
def test_amounts_as_they_are_printed_are_read(whole: int, cents: int, form: str):
    expected = Decimal(whole) if form == "{:}" else Decimal(f"{whole}.{cents:02}")
    assert amount(form.format(whole, cents)) == expected


@given(st.integers(0, 9_999_999), st.integers(0, 99))
def test_amounts_with_a_decimal_comma_are_read(whole: int, cents: int):
    written = f"{whole:,}".replace(",", ".") + f",{cents:02}"
    assert amount(written) == Decimal(f"{whole}.{cents:02}")


@given(st.text(max_size=60))
def test_measures_stand_in_the_text_and_never_overlap(text: str):
    found = measures(text)
    assert all(0 <= one.start < one.end <= len(text) and one.low <= one.high for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
