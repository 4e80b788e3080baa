"""The screens for everybody: axe-core in each state, by keyboard alone, from right to left, on the narrowest phones."""

import functools
from pathlib import Path

import pytest
from pages import REPLY_MS, Console, Widget
from playwright.sync_api import expect

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1440, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

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


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def pages(browser, request):
    contexts = [
        browser.new_context(viewport=request.param, color_scheme=scheme, reduced_motion="reduce")
        for scheme in ("light", "dark")
    ]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


@needs_axe
@pytest.mark.parametrize("path", ["/", "/help", "/products/heron-2-tent", "/help/refunds/return-costs", "/desk"])
def test_pages(desk, pages, path):
    pages[0].goto(desk.base_url + path)
    check(pages[0], path)


@needs_axe
def test_a_whole_conversation(desk, pages):
    shopper, agent = pages
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
    console.list.get_by_role("link").last.click()
    console.press("Claim")
    console.reply("Hello.")
    expect(widget.said("Hello.")).to_be_visible()
    check(shopper, "with an agent")
    check(agent, "a chat")
    console.press("Resolve")
    check(agent, "how did it end")
    console.press("Solved")
    expect(widget.panel.get_by_text("How did we do?")).to_be_visible()
    widget.panel.get_by_role("button", name="4 of 5").click()
    check(shopper, "rating")


@needs_axe
@pytest.mark.parametrize("place", ["/desk#/team", "/desk/content", "/desk/content#/try", "/desk/content#/publish"])
def test_the_desks_other_places(desk, pages, place):
    agent = pages[1]
    Console(agent, desk.base_url).sign_in(desk.agent_email, desk.agent_password)
    agent.goto("about:blank")
    agent.goto(desk.base_url + place)
    expect(agent.get_by_role("heading", level=2)).to_be_visible()
    check(agent, place)


def test_by_keyboard_alone(desk, browser):
    page = browser.new_page()
    widget = Widget(page, desk.base_url)
    launcher = page.get_by_role("button", name="Ask us")
    launcher.focus()
    page.keyboard.press("Enter")
    expect(widget.text).to_be_focused()
    page.keyboard.type("do you ship to Norway?")
    page.keyboard.press("Enter")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    expect(widget.text).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(widget.panel.get_by_role("button", name="Talk to a person")).to_be_focused()
    page.keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(launcher).to_be_focused()
    page.close()


def test_new_messages_are_announced_but_not_old_ones(desk, browser):
    page = browser.new_page()
    widget = Widget(page, desk.base_url).open()
    widget.say("do you ship to Norway?")
    expect(widget.answers).to_have_count(1, timeout=REPLY_MS)
    expect(widget.log).to_have_attribute("aria-live", "polite")
    page.close()


@pytest.mark.parametrize(
    ("tag", "words", "direction"),
    [
        ("es", "Hablar con una persona", "ltr"),
        ("fr", "Parler à une personne", "ltr"),
        ("de", "Mit einem Menschen sprechen", "ltr"),
        ("hi", "किसी व्यक्ति से बात करें", "ltr"),
        ("ar", "التحدث إلى شخص", "rtl"),
    ],
)
def test_in_the_shoppers_language(desk, browser, tag, words, direction):
    page = browser.new_page(viewport=PHONE)
    page.add_init_script(f"document.documentElement.lang = '{tag}'")
    page.goto(desk.base_url)
    page.evaluate("tag => document.documentElement.lang = tag", tag)
    page.evaluate(
        """tag => { const old = document.querySelector('cornerdesk-chat');
        const fresh = document.createElement('cornerdesk-chat'); fresh.lang = tag; old.replaceWith(fresh); }""",
        tag,
    )
    page.locator("cornerdesk-chat .launcher").click()
    panel = page.locator("cornerdesk-chat section.panel")
    expect(panel.get_by_role("button", name=words)).to_be_visible()
    expect(page.locator("cornerdesk-chat .root")).to_have_attribute("dir", direction)
    page.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_is_cut_off(desk, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 640})
    widget = Widget(page, desk.base_url).open()
    for part in (widget.text, widget.panel.get_by_role("button", name="Talk to a person"), widget.log):
        box = part.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_the_widget_moves_nothing_on_the_page(desk, browser):
    page = browser.new_page(viewport=LAPTOP)
    page.add_init_script(
        "window.shifted = 0; new PerformanceObserver(l => l.getEntries().forEach(e => window.shifted += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    widget = Widget(page, desk.base_url).open()
    expect(widget.text).to_be_visible()
    assert page.evaluate("window.shifted") < 0.001
    page.close()


def test_a_hostile_stylesheet_does_not_reach_it(desk, browser):
    page = browser.new_page(viewport=LAPTOP)
    page.goto(desk.base_url)
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync('* { display: block; font: 90px serif; color: red } cornerdesk-chat { position: static }');
        document.adoptedStyleSheets = [sheet]; }"""
    )
    launcher = page.get_by_role("button", name="Ask us")
    box = launcher.bounding_box()
    assert box["height"] < 60
    assert box["y"] > LAPTOP["height"] - 120
    page.close()
