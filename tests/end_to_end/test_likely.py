"""A passage that is only likely: no, no, no, and a person; a heading taken; facts as a table. On a phone."""

import re

import pytest
from pages import Console, Widget
from playwright.sync_api import expect
from scripted import scripted_desk
from test_access import check, in_language, needs_axe

from tests.actions.turns import found, searched

PHONE = {"width": 390, "height": 844}
AGENT = ("robin@fellandford.example", "a password for tests")

LABEL = found(
    "returns.md#label", 0.45, heading="Getting a label", page_title="Returns", url="/help/returns#label",
    text="A label comes by mail with the confirmation.\n\n1. Print it.\n2. Put it on the box.",
)  # fmt: skip
PAYS = found(
    "returns.md#paid", 0.3, heading="Who pays for it", page_title="Returns", url="/help/returns#paid",
    text="We pay for the way back **from 80 EUR** on; below that it costs 4.90 EUR, taken off what you get back.",
)  # fmt: skip
MONEY = found(
    "refunds.md#money", 0.2, heading="When the money is back", page_title="Refunds", url="/help/refunds#money",
    text="Within five working days after the parcel reached us.",
)  # fmt: skip
LIKELY = {"verdict": "likely", "probability": 0.45, "passages": [LABEL, PAYS, MONEY]}
ALSO = [{"passage_id": p["passage_id"], "heading": p["heading"], "url": p["url"]} for p in (LABEL, PAYS)]


def fact(text, label="", variant=""):
    return {"text": text, "label": label, "variant": variant, "url": "/products/heron-2-tent", "passage_id": "heron#"}


def product(name, url, *cells):
    return {"product": name, "url": url, "passage_id": "heron#", "cells": [{"facts": cell} for cell in cells]}


TENTS = {
    "columns": ["price", "weight", "waterproofness"],
    "rows": [
        product(
            "Heron 2 two-person tent", "/products/heron-2-tent",
            [fact("289.00 EUR", "price")],
            [fact("1.9 kg", "Weight with everything"), fact("1.7 kg", "Weight without pegs and bags")],
            [fact("The flysheet holds a water column of 3,000 mm and the floor 5,000 mm.")],
        ),
        product(
            "Heron 4 family tent", "/products/heron-4-tent",
            [fact("449.00 EUR", "price")],
            [fact("The Heron 4 weighs 8.2 kg with pegs and packs to 62 × 28 cm.")],
            [],
        ),
    ],
}  # fmt: skip
SCRIPT = {
    "how do i get the label": LIKELY,
    "send it back": {"verdict": "clarify", "probability": 0.3, "passages": [LABEL, PAYS, MONEY]},
    "when is the money back": {"passages": [MONEY], "also": ALSO},
    "heron 2 or heron 4": {"passages": [found("heron#")], "facts": TENTS},
    "how heavy is it": {
        "passages": [found("heron#", page_title="Heron 2 two-person tent", url="/products/heron-2-tent")],
        "facts": {
            **TENTS,
            "columns": ["weight"],
            "rows": [{**TENTS["rows"][0], "cells": TENTS["rows"][0]["cells"][1:2]}],
        },
    },
    "the label, and when is the money back": {
        "passages": [LABEL],
        "second": searched("likely", 0.4, passages=[MONEY, PAYS]),
    },
}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with scripted_desk(tmp_path_factory.mktemp("likely"), SCRIPT, AGENT) as url:
        yield url


@pytest.fixture
def widget(open_page, address):
    return Widget(open_page(viewport=PHONE, reduced_motion="reduce"), address).open()


def asked(card):
    return card.get_by_role("group", name="Was this it?")


def buttons(widget):
    return widget.log.locator(".choices:visible").get_by_role("button")


@needs_axe
def test_each_no_brings_the_next_and_the_last_one_a_person(widget):
    widget.say("how do i get the label")
    first = widget.answers.first
    expect(first).to_contain_text("This looks like it")
    expect(widget.log.get_by_text("Or did you mean")).to_be_visible()
    expect(buttons(widget)).to_have_text(
        [re.compile("^Who pays.*We pay for the way back"), re.compile("^When the money")]
    )
    check(widget.page, "a likely passage")

    asked(first).get_by_role("button", name="No").click()
    second = widget.answers.nth(1)
    expect(second).to_contain_text("We pay for the way back")
    expect(second).to_be_in_viewport(ratio=0.9)
    expect(buttons(widget)).to_have_text([re.compile("^When the money")])

    asked(second).get_by_role("button", name="No").click()
    third = widget.answers.nth(2)
    expect(third).to_contain_text("Within five working days")
    expect(buttons(widget)).to_have_count(0)

    asked(third).get_by_role("button", name="No").click()
    expect(buttons(widget)).to_have_text(["Fetch a person", "Keep going here"])
    check(widget.page, "nothing left")
    buttons(widget).first.click()
    expect(widget.panel.get_by_text(re.compile("^You are number"), exact=True).first).to_be_visible()


def test_a_heading_taken_is_shown_and_its_choices_go(widget):
    widget.say("send it back")
    expect(buttons(widget)).to_have_count(4)
    buttons(widget).filter(has_text="Who pays").click()
    expect(widget.answers.first).to_contain_text("of “Returns”")
    expect(widget.answers.first.get_by_role("group", name="Was this helpful?")).to_be_visible()
    expect(buttons(widget)).to_have_count(0)


@needs_axe
def test_a_sure_passage_names_the_rest_of_its_page(widget):
    widget.say("when is the money back")
    card = widget.answers.first
    expect(card).to_contain_text("Also on this page")
    expect(card.get_by_role("link", name="Who pays for it")).to_have_attribute("href", "/help/returns#paid")
    check(widget.page, "also on this page")


@needs_axe
def test_facts_stand_side_by_side_and_fit_a_phone(widget):
    widget.say("heron 2 or heron 4")
    table = widget.answers.first.get_by_role("table")
    expect(table.get_by_role("link")).to_have_text(["Heron 2 two-person tent", "Heron 4 family tent"])
    expect(table.get_by_role("row")).to_have_count(4)
    widths = table.evaluate("t => [t.scrollWidth, t.clientWidth]")
    assert widths[0] <= widths[1], f"the table is wider than its card: {widths}"
    check(widget.page, "facts")
    widget.say("how heavy is it")
    expect(widget.answers.nth(1)).to_contain_text("Weight without pegs and bags: 1.7 kg")


def test_two_questions_get_two_cards(widget):
    widget.say("the label, and when is the money back")
    expect(widget.answers).to_have_count(2)
    expect(widget.answers.nth(1)).to_contain_text("To your other question. This looks like it")
    asked(widget.answers.nth(1)).get_by_role("button", name="No").click()
    expect(widget.answers).to_have_count(3)


@needs_axe
@pytest.mark.parametrize(("tag", "was_it", "no"), [("de", "War es das?", "Nein"), ("ar", "هل هذا ما أردت؟", "لا")])
def test_in_other_languages(open_page, address, tag, was_it, no):
    page = open_page(viewport=PHONE)
    page.goto(address)
    in_language(page, tag)
    panel = page.locator("cornerdesk-chat section.panel")
    page.locator("cornerdesk-chat .launcher").click()
    panel.get_by_role("textbox").fill("how do i get the label")
    panel.get_by_role("textbox").press("Enter")
    panel.get_by_role("group", name=was_it).get_by_role("button", name=no).click()
    expect(panel.locator("article.answer")).to_have_count(2)
    check(page, tag)


@needs_axe
def test_the_agent_sees_what_was_likely_and_what_was_said_to_it(widget, open_page, address):
    widget.say("how do i get the label")
    asked(widget.answers.first).get_by_role("button", name="No").click()
    expect(widget.answers).to_have_count(2)
    widget.say("heron 2 or heron 4")
    expect(widget.answers).to_have_count(3)
    widget.ask_for_a_person()
    console = Console(open_page(), address).sign_in(*AGENT)
    console.view("Waiting")
    console.chat("heron 2 or heron 4").first.click()
    expect(console.log).to_contain_text("Said to be likely")
    expect(console.log).to_contain_text("this was not it (Getting a label)")
    expect(console.log.get_by_role("table")).to_contain_text("289.00 EUR")
    check(console.page, "a likely passage and facts in the console")
