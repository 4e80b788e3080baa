import pytest

from knowledge.check.links import Link, Site
from knowledge.page.page import page_from

FRONT = {"title": "Returns", "url": "https://shop.example/help/returns", "category": "refunds", "updated": "2026-03-01"}
PAGE = page_from("returns.md", FRONT, "## Sending things back\n\nUse the label in the box.\n", "")


@pytest.mark.parametrize("target", ["http://[x", "//[::1/help", "https://shop\u2100.example/"])
def test_an_address_that_cannot_be_read_is_a_fault(target: str) -> None:
    fault = Site((PAGE,)).fault(PAGE, Link(target, 9))
    assert fault is not None
    assert (fault.code, fault.line) == ("dead_link", 9)
    assert target in fault.message


@pytest.mark.parametrize(
    "target", ["/help/returns", "https://shop.example/help/returns", "https://elsewhere.example/x"]
)
def test_addresses_of_the_site_and_of_others_are_no_fault(target: str) -> None:
    assert Site((PAGE,)).fault(PAGE, Link(target, 9)) is None


def test_a_page_whose_own_address_cannot_be_read_hides_no_other() -> None:
    broken = page_from("broken.md", {**FRONT, "url": "http://[x/help"}, "## Broken\n\nWords.\n", "")
    assert Site((broken, PAGE)).fault(broken, Link("https://shop.example/help/nowhere", 9)) is not None
