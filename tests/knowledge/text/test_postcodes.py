from __future__ import annotations

import pytest

from knowledge.text.postcodes import PostalCodes


@pytest.mark.parametrize(
    ("pages", "asked", "read"),
    [
        ("Check your pin code.", "560034 cod?", "our pincode cod?"),
        ("Check your pincode.", "do u deliver to 781 316", "do u deliver to our pincode"),
        ("Enter your postcode.", "BT12 4QN", "our postcode"),
        ("Enter your zip code.", "anybody near 83702?", "anybody near our zip code?"),
        # Where pages speak of no codes, or of others, a number stays what it is.
        ("We ship in India.", "560034 cod?", "560034 cod?"),
        ("Enter your postcode.", "560034 cod?", "560034 cod?"),
        # The number of something else.
        ("Check your pin code.", "where is order 558301", "where is order 558301"),
        ("Check your pin code.", "order no. 558301", "order no. 558301"),
        ("Check your pin code.", "ring me on 07700 900123", "ring me on 07700 900123"),
        ("Check your pin code.", "order RK-560034", "order RK-560034"),
        ("Enter your zip code.", "any update on claim 55321", "any update on claim 55321"),
        ("The PIN of your gift card.", "560034", "560034"),
    ],
)
def test_a_code_is_read_as_what_the_pages_call_it(pages: str, asked: str, read: str):
    assert PostalCodes(pages).read(asked) == read
