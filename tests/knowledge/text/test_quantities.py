import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text.quantities import Quantity, bare, number, quantities, unit_in


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("within 60 days of delivery", "days", 60, 60),
        ("takes 1–2 working days", "working days", 1, 2),
        ("two to three business days", "working days", 2, 3),
        ("two weeks", "days", 14, 14),
        ("a 5-year warranty", "months", 60, 60),
        ("costs €1,299.00", "EUR", 1299, 1299),
        ("costs 4.90 EUR", "EUR", 4.9, 4.9),
        ("£20-30", "GBP", 20, 30),
        ("₹18,999 for a Queen", "INR", 18999, 18999),
        ("a water column of 3,000 mm", "mm", 3000, 3000),
        ("8 cm thick", "mm", 80, 80),
        ("weighs 1.9 kg", "g", 1900, 1900),
        ("holds 50 litres", "ml", 50000, 50000),
        ("10% off", "%", 10, 10),
        ("down to −7 °C", "°C", -7, -7),
        ("before 15:00", "o'clock", 900, 900),
        ("closes at 6 pm", "o'clock", 1080, 1080),
        ("from 12 am", "o'clock", 0, 0),
        ("the courier tries twice", "tries", 2, 2),
        ("three times a week", "tries", 3, 3),
    ],
)
def test_numbers_with_units_are_found(text: str, unit: str, low: float, high: float) -> None:
    [quantity] = quantities(text)
    assert (quantity.unit, quantity.low, quantity.high) == (unit, pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    "text", ["EN 417", "24 December 2026", "the Heron 2 costs more", "order FF-204518", "SKU 12-3x", "twice as long"]
)
def test_numbers_without_units_are_left_alone(text: str) -> None:
    assert quantities(text) == []


def test_measures_of_several_sides_are_one_quantity() -> None:
    [floor] = quantities("215 × 130 cm")
    assert floor.unit == "mm^2"
    assert floor.agrees(quantities("2.15 x 1.30 m")[0])


@pytest.mark.parametrize(
    ("mine", "theirs", "agrees"),
    [
        ("60 days", "60 days", True),
        ("60 days", "30 days", False),
        ("2–4 days", "3 days", True),
        ("2–4 days", "3–6 days", False),
        ("14 days", "two weeks", True),
        ("2 years", "24 months", True),
        ("5 days", "5 working days", True),
        ("from 20 EUR", "up to 500 EUR", True),
    ],
)
def test_what_agrees(mine: str, theirs: str, agrees: bool) -> None:
    one, other = quantities(mine)[0], quantities(theirs)[0]
    assert one.agrees(other) is other.agrees(one) is agrees


def test_a_column_gives_its_unit_to_bare_cells() -> None:
    unit = unit_in("Working days")
    assert unit == ("working days", 1.0)
    assert bare("1–2", unit) == Quantity("working days", 1.0, 2.0, 0, 3)
    assert bare("soon", unit) is None
    assert unit_in("Price (EUR)") == ("EUR", 1.0)
    assert unit_in("Size") is None


@pytest.mark.parametrize(("text", "value"), [("1,500", 1500), ("1 500", 1500), ("4,5", 4.5), ("−7", -7), ("Sixty", 60)])
def test_how_numbers_are_written(text: str, value: float) -> None:
    assert number(text) == value


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_offsets_point_into_it(text: str) -> None:
    found = quantities(text)
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start
    for quantity in found:
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.low <= quantity.high


@given(st.integers(0, 9999), st.sampled_from(["days", "EUR", "kg", "%", "cm", "hours"]))
def test_a_written_number_comes_back(value: int, unit: str) -> None:
    [quantity] = quantities(f"It is {value} {unit} in all.")
    assert quantity.low == quantity.high
    assert quantity.agrees(quantities(f"{value:,} {unit}")[0])


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("innerhalb von 30 Tagen", "days", 30),
        ("dans les 14 jours", "days", 14),
        ("binnen 2 weken", "days", 14),
        ("garantía de 3 años", "months", 36),
        ("entro 24 mesi", "months", 24),
        ("em 48 horas", "hours", 48),
    ],
)
def test_spans_of_time_in_other_languages(text: str, unit: str, value: float) -> None:
    [found] = quantities(text)
    assert (found.unit, found.low) == (unit, value)
