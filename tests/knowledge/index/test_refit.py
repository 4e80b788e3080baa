from __future__ import annotations

from knowledge.index.ranking import Calibration
from knowledge.index.refit import Fit, edited, kept_or_fitted, shipped
from knowledge.page.page import Page, read_page


def shop(count: int, edits: int = 0, asked: str = "how heavy") -> tuple[Page, ...]:
    head = "---\ntitle: P\nurl: /{n}\ncategory: c\nupdated: 2026-01-01\nasked_as: {{Weight: [{asked}]}}\n---\n"
    text = "## Weight\n\nIt weighs {grams} g.\n"
    return tuple(
        read_page(f"{n}.md", head.format(n=n, asked=asked) + text.format(grams=n + 1000 * (n < edits)))
        for n in range(count)
    )


def refuse() -> Calibration:
    raise AssertionError("fitted anew")


OLD = Fit(calibration=Calibration(intercept=-1.0), version="v1", shipped=shipped())


def test_one_edit_among_many_pages_keeps_the_fit_and_is_counted():
    found = kept_or_fitted(shop(100, 1), "v2", (shop(100), OLD), refuse)
    assert (found.calibration, found.version, found.edits) == (OLD.calibration, "v1", 1)
    again = kept_or_fitted(shop(100, 2), "v3", (shop(100, 1), found), refuse)
    assert again.edits == 2


def test_too_many_edits_since_fit_anew():
    worn = OLD.model_copy(update={"edits": 2})
    found = kept_or_fitted(shop(100, 1), "v2", (shop(100), worn), lambda: Calibration(intercept=-2.0))
    assert (found.calibration.intercept, found.version, found.edits) == (-2.0, "v2", 0)


def test_a_small_shop_fits_at_every_edit_and_not_without_one():
    assert kept_or_fitted(shop(10, 1), "v2", (shop(10), OLD), Calibration).version == "v2"
    assert kept_or_fitted(shop(10), "v1", (shop(10), OLD), refuse) == OLD


def test_other_questions_or_other_shipped_weights_fit_anew():
    assert kept_or_fitted(shop(100, asked="its mass"), "v2", (shop(100), OLD), Calibration).version == "v2"
    other = OLD.model_copy(update={"shipped": "other"})
    assert kept_or_fitted(shop(100), "v1", (shop(100), other), Calibration).shipped == shipped()


def test_going_back_to_the_pages_of_the_fit_counts_no_edit():
    worn = OLD.model_copy(update={"edits": 1})
    assert kept_or_fitted(shop(100), "v1", (shop(100, 1), worn), refuse).edits == 0


def test_pages_that_came_or_went_count_as_edited():
    assert edited(shop(3), shop(5)) == 2
    assert edited(shop(5, 1), shop(4)) == 2
