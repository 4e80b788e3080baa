"""The screens as shoppers and agents use them: by what they read and press, not by how they are built."""

from playwright.sync_api import Page, expect

REPLY_MS = 20_000


class Widget:
    """The chat on a page of the demo shop."""

    def __init__(self, page: Page, base_url: str, path: str = "/") -> None:
        self.page = page
        page.goto(base_url + path)

    def open(self) -> "Widget":
        self.page.get_by_role("button", name="Ask us").click()
        expect(self.text).to_be_visible()
        return self

    @property
    def panel(self):
        return self.page.locator("cornerdesk-chat").locator("section.panel")

    @property
    def log(self):
        return self.panel.get_by_role("log")

    @property
    def text(self):
        return self.panel.get_by_label("Write a message")

    @property
    def answers(self):
        return self.log.locator("article.answer")

    @property
    def replies(self):
        return self.log.locator(".bot, .answer")

    def say(self, words: str) -> None:
        self.text.fill(words)
        self.text.press("Enter")

    def said(self, words: str):
        return self.log.locator(".m", has_text=words)

    def ask_for_a_person(self) -> None:
        self.panel.get_by_role("button", name="Talk to a person").click()


class Console:
    """The agents' console."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page = page
        page.goto(f"{base_url}/desk")

    def sign_in(self, email: str, password: str) -> "Console":
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.locator("desk-queue")).to_be_visible()
        return self

    @property
    def list(self):
        return self.page.locator("desk-queue .list")

    def chat(self, words: str):
        return self.list.get_by_role("link").filter(has_text=words)

    @property
    def log(self):
        return self.page.locator("desk-chat").get_by_role("log")

    @property
    def brief(self):
        return self.page.locator("desk-chat .brief")

    @property
    def reply_text(self):
        return self.page.get_by_label("Reply", exact=True)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def reply(self, words: str) -> None:
        self.reply_text.fill(words)
        self.reply_text.press("Enter")

    def take(self) -> None:
        """Take the chat that has waited longest, by its key."""
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("n")
        expect(self.reply_text).to_be_focused()

    def finish(self) -> None:
        self.press("Resolve")
        self.press("Solved")
        expect(self.page.get_by_role("heading", name="Resolved")).to_be_visible()

    def view(self, name: str) -> None:
        self.page.locator("desk-queue .tabs").get_by_role("button", name=name).click()
