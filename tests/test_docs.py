"""The docs keep up with the code: settings, links, commands."""

import re
from pathlib import Path

import pytest

from scripts import settings_page

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def test_the_settings_page_is_the_settings():
    assert settings_page.PAGE.read_text() == settings_page.page(), "run: .venv/bin/python -m scripts.settings_page"


@pytest.mark.parametrize("kind", [kind for _, kind in settings_page.ROOMS])
def test_every_setting_says_what_it_is(kind):
    assert [row.variable for row in settings_page.rows(kind) if not row.meaning] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_the_docs_lead_somewhere(page):
    targets = re.findall(
        r"\]\((?!https?:|mailto:|#|/)([^)#\s]+)", re.sub(r"^    .*$", "", page.read_text(), flags=re.M)
    )
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_readme_names_the_two_commands():
    readme = (ROOT / "README.md").read_text()
    assert "make run" in readme
    assert "make test" in readme
