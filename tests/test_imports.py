"""The rooms keep to themselves: the contracts in pyproject.toml, and the engine's own."""

import ast
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).resolve().parent.parent
OURS = {"knowledge", "actions", "handoff", "scripts", "benchmarks"}


def test_the_contracts_hold(capsys):
    assert cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == cli.EXIT_STATUS_SUCCESS, (
        capsys.readouterr().out
    )


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", sorted((ROOT / "bot").glob("*.py")) + sorted((ROOT / "bot/components").rglob("*.py")))
def test_the_engine_imports_nothing_of_ours(path):
    assert OURS.isdisjoint(imported(path))
