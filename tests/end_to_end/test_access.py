"""The screens for everybody: axe-core in each state, by keyboard alone, from right to left, on the narrowest phones."""

import functools
from pathlib import Path

import pytest
from pages import REPLY_MS, Console, Widget
from playwright.sync_api import expect

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1440, "height": 900}
ARABIC = "ar"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LANGUAGES = [
    ("es", "Hablar con una persona", "ltr"),
    ("fr", "Parler à une personne", "ltr"),
    ("de", "Mit einem Menschen sprechen", "ltr"),
    ("hi", "किसी व्यक्ति से बात करें", "ltr"),
    (ARABIC, "التحدث إلى شخص", "rtl"),
]

needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here: run `npm ci` to check for access")


@functools.cache
def axe():
    return AXE.read_text()


def check(page, state):
    """Fail with what axe-core finds in the page as it is now."""
    page.evaluate(axe())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    told = [f"{v['id']}: {v['help']} {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found["violations"]]
    assert not told, f"{state}: {told}"


def in_language(page, tag):
    """The demo page with a widget of this language in the place of its own."""
    page.evaluate(
        """tag => { const old = document.querySelector('cornerdesk-chat');
        const fresh = document.createElement('cornerdesk-chat'); fresh.lang = tag; old.replaceWith(fresh); }""",
        tag,
    )


@needs_axe
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_whole_conversation(desk, open_page, size):
    shopper = open_page(viewport=size, reduced_motion="reduce")
    agent = open_page(viewport=size, reduced_motion="reduce", color_scheme="dark" if size is PHONE else "light")
    console = Console(agent, desk.base_url)
    check(agent, "signing in")
    console.sign_in(desk.agent_email, desk.agent_password)
    check(agent, "a quiet desk")
    widget = Widget(shopper, desk.base_url, "/products/heron-2-tent").open()
    check(shopper, "opened")
    widget.say("how long do I have to send it back?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    check(shopper, "an answer")
    widget.ask_for_a_person()
    expect(widget.panel.get_by_text("You are number", exact=False).first).to_be_visible()
    check(shopper, "waiting")
    console.view("Waiting")
    console.chat("how long do I have").last.click()
    console.press("Claim")
    console.reply("Hello.")
    expect(widget.said("Hello.")).to_be_visible()
    check(shopper, "with an agent")
    check(agent, "a chat")
    shopper.context.set_offline(True)
    widget.say("Are you there?")
    expect(widget.panel.get_by_text("No connection")).to_be_visible()
    check(shopper, "without a connection")
    shopper.context.set_offline(False)
    expect(console.log).to_contain_text("Are you there?", timeout=REPLY_MS)
    console.press("Resolve")
    check(agent, "how did it end")
    console.press("Solved")
    expect(widget.panel.get_by_text("How did we do?")).to_be_visible()
    widget.panel.get_by_role("button", name="4 of 5").click()
    check(shopper, "rating")


@needs_axe
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_every_page(desk, open_page, signed_in, size):
    page = open_page(viewport=size, reduced_motion="reduce", storage_state=signed_in)
    for path in ("/", "/help", "/products/heron-2-tent", "/help/refunds/return-costs"):
        page.goto(desk.base_url + path)
        check(page, path)
    for place in (
        "/desk#/team",
        "/desk#/settings",
        "/desk/content",
        "/desk/content#/try",
        "/desk/content#/learned",
        "/desk/content#/publish",
    ):
        page.goto("about:blank")
        page.goto(desk.base_url + place)
        expect(page.get_by_role("heading", level=2).filter(visible=True)).to_be_visible()
        check(page, place)


def test_by_keyboard_alone(desk, open_page):
    page = open_page()
    widget = Widget(page, desk.base_url)
    launcher = page.get_by_role("button", name="Ask us")
    launcher.focus()
    page.keyboard.press("Enter")
    expect(widget.text).to_be_focused()
    page.keyboard.type("do you ship to Norway?")
    page.keyboard.press("Enter")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    expect(widget.text).to_be_focused()
    # What comes from now on is announced; what was there when the page opened is not.
    expect(widget.log).to_have_attribute("aria-live", "polite")
    page.keyboard.press("Shift+Tab")
    expect(widget.panel.get_by_role("button", name="Talk to a person")).to_be_focused()
    page.keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(launcher).to_be_focused()


def test_in_the_shoppers_language(desk, open_page):
    page = open_page(viewport=PHONE)
    page.goto(desk.base_url)
    for tag, words, direction in LANGUAGES:
        in_language(page, tag)
        expect(page.locator("cornerdesk-chat .root")).to_have_attribute("dir", direction)
        if page.locator("cornerdesk-chat .launcher").is_visible():  # Opened once, it stays open for the visit.
            page.locator("cornerdesk-chat .launcher").click()
        expect(page.locator("cornerdesk-chat section.panel").get_by_role("button", name=words)).to_be_visible()


@needs_axe
def test_from_right_to_left(desk, open_page):
    page = open_page(reduced_motion="reduce")
    page.goto(desk.base_url)
    in_language(page, ARABIC)
    launcher = page.locator("cornerdesk-chat .launcher")
    assert launcher.bounding_box()["x"] < 100
    launcher.click()
    panel = page.locator("cornerdesk-chat section.panel")
    assert panel.bounding_box()["x"] < 100
    panel.get_by_role("textbox").fill("do you ship to Norway?")
    panel.get_by_role("textbox").press("Enter")
    expect(panel.locator("article.answer")).to_have_count(1, timeout=REPLY_MS)
    # The shopper's words stand at the end of the line, which is on the left.
    log, mine = panel.get_by_role("log").bounding_box(), panel.locator(".shopper .b").bounding_box()
    assert mine["x"] - log["x"] < 40
    check(page, "from right to left")


# 200% and 400% of a laptop's screen, and the narrowest phone.
@pytest.mark.parametrize(("width", "height"), [(720, 450), (320, 256), (320, 640), (768, 1024), (1440, 900)])
def test_nothing_is_cut_off(desk, open_page, width, height):
    page = open_page(viewport={"width": width, "height": height})
    widget = Widget(page, desk.base_url).open()
    widget.say("what does delivery cost?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    for part in (widget.text, widget.panel.get_by_role("button", name="Talk to a person"), widget.log, widget.answers):
        box = part.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    for part in (widget.text, widget.panel.get_by_role("button", name="Close chat")):
        box = part.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
    assert widget.log.bounding_box()["height"] > height * 0.2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [320, 720])
def test_the_console_fits_a_zoomed_screen(desk, open_page, signed_in, width):
    page = open_page(viewport={"width": width, "height": 640}, storage_state=signed_in)
    for place in ("/desk", "/desk#/team", "/desk#/settings", "/desk/content#/gaps"):
        page.goto("about:blank")
        page.goto(desk.base_url + place)
        expect(page.get_by_role("banner")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place


def test_with_high_contrast_every_part_keeps_an_edge(desk, open_page):
    page = open_page(forced_colors="active")
    widget = Widget(page, desk.base_url)
    edge = "part => getComputedStyle(part).borderTopStyle"
    assert page.get_by_role("button", name="Ask us").evaluate(edge) == "solid"
    widget.open().say("do you ship to Norway?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    yes = widget.answers.get_by_role("button", name="Yes")
    yes.click()
    expect(yes).to_have_attribute("aria-pressed", "true")
    assert yes.evaluate("part => getComputedStyle(part).outlineStyle") == "solid"
    for part in (widget.panel, widget.panel.locator(".shopper .b"), widget.answers, widget.panel.locator(".box")):
        assert part.evaluate(edge) == "solid"


def test_with_reduced_motion_nothing_moves(desk, open_page):
    page = open_page(reduced_motion="reduce")
    widget = Widget(page, desk.base_url).open()
    widget.say("do you ship to Norway?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    moving = "() => document.querySelector('cornerdesk-chat').shadowRoot.getAnimations().length"
    assert page.evaluate(moving) == 0


def test_the_widget_moves_nothing_on_the_page_and_obeys_none_of_its_styles(desk, open_page):
    page = open_page()
    page.add_init_script(
        "window.shifted = 0; new PerformanceObserver(l => l.getEntries().forEach(e => window.shifted += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    widget = Widget(page, desk.base_url).open()
    assert page.evaluate("window.shifted") < 0.001
    page.keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { display: block; font: 90px serif; color: red } cornerdesk-chat { position: static }');
        document.adoptedStyleSheets = [sheet]; }"""
    )
    box = page.get_by_role("button", name="Ask us").bounding_box()
    assert box["height"] < 60
    assert box["y"] > LAPTOP["height"] - 120
