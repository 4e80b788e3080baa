import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.masking import mask_cards


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("4111111111111111", "••••••••••••1111"),
        ("my card 4111 1111 1111 1111, please", "my card •••• •••• •••• 1111, please"),
        ("5555-5555-5555-4444", "••••-••••-••••-4444"),
        ("378282246310005", "•••••••••••0005"),
        ("card:6011111111111117.", "card:••••••••••••1117."),
        ("4111.1111.1111.1111", "••••.••••.••••.1111"),
        ("４１１１１１１１１１１１１１１１", "••••••••••••１１１１"),
    ],
)
def test_card_numbers_keep_their_last_four_digits(written, stored):
    assert mask_cards(written) == stored


@pytest.mark.parametrize(
    "written",
    [
        "4111111111111112",  # the check digit is wrong
        "FF-482913",
        "+32 9 555 01 40",
        "tracking 1Z999AA10123456784",
        "1234567890123456",
        "00340434161094042557 is my parcel",
        "",
    ],
)
def test_other_numbers_are_left_alone(written):
    assert mask_cards(written) == written


@given(st.text())
def test_the_length_never_changes(text):
    assert len(mask_cards(text)) == len(text)
