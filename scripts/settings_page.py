"""Print the table of every setting, from the settings themselves, for docs/settings.md."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

import actions.settings
import handoff.settings
import knowledge.settings
from scripts.surroundings import ROOT

PAGE = ROOT / "docs" / "settings.md"
ROOMS: tuple[tuple[str, type[BaseSettings]], ...] = (
    ("The bridge (`handoff/`)", handoff.settings.Settings),
    ("Knowledge (`knowledge/`)", knowledge.settings.ServiceSettings),
    ("Actions (`actions/`)", actions.settings.Settings),
)
HEAD = """# Every setting

Settings are environment variables, read once when a process starts; a wrong one stops the start with a sentence
that names it. `make run` reads them too and hands them to all four processes. This page is made from the settings
themselves: `.venv/bin/python -m scripts.settings_page`.
"""
RUN = """
## Running (`make run`)

| variable | default | what it is |
|---|---|---|
| `CORNERDESK_STATE` | `var` | the folder of everything that is kept: database, index, models, logs, the shared token |
| `CORNERDESK_MODELS` | `var/models` | where trained engines are kept; several desks may share it |
| `CORNERDESK_ENGINE_PORT` | `5005` | the engine's port on loopback |
| `CORNERDESK_ENGINE_MODEL` | the newest | the trained model that the engine serves |
| `CORNERDESK_WATCH` | `on` | whether a saved page is published by itself; `off` leaves that to `knowledge build` |
| `CORNERDESK_AGENT_PASSWORD` | | the password for `desk agent add`, which asks for it otherwise |
| `CORNERDESK_PYTHON_311`, `CORNERDESK_PYTHON_310` | found | the interpreters for the two environments |
"""


@dataclass(frozen=True)
class Row:
    """One variable, as the page shows it."""

    variable: str
    default: str
    meaning: str


def variable(name: str, field: FieldInfo) -> str:
    return str(field.validation_alias) if field.validation_alias else f"CORNERDESK_{name.upper()}"


def meanings(kind: type[BaseSettings]) -> dict[str, str]:
    """Give the sentence that stands under each field, by the field's name."""
    found: dict[str, str] = {}
    for base in reversed(kind.__mro__[: kind.__mro__.index(BaseSettings)]):
        body = ast.parse(textwrap.dedent(inspect.getsource(base))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, after in zip(body.body, body.body[1:], strict=False):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(after, ast.Expr)
                and isinstance(after.value, ast.Constant)
            ):
                assert isinstance(field.target, ast.Name)
                found[field.target.id] = " ".join(str(after.value.value).split())
    return found


def rows(kind: type[BaseSettings]) -> Iterator[Row]:
    told = meanings(kind)
    for name, field in kind.model_fields.items():
        yield Row(variable(name, field), _default(field), told.get(name, ""))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    return f"`{value}`" if str(value) and not isinstance(value, BaseModel) else ""


def page() -> str:
    """Give the whole page."""
    parts = [HEAD, RUN]
    for title, kind in ROOMS:
        lines = [f"| `{row.variable}` | {row.default} | {row.meaning} |".replace("|  |", "| |") for row in rows(kind)]
        parts.append("\n".join([f"\n## {title}\n", "| variable | default | what it is |", "|---|---|---|", *lines, ""]))
    return "".join(parts)


def main(path: Path = PAGE) -> None:
    path.write_text(page())


if __name__ == "__main__":
    main()
