import hashlib
import os
import shutil
import subprocess

import pytest

from scripts.surroundings import ROOT


def install(folder, **environ):
    return subprocess.run(
        [folder / "scripts/install"],
        env={**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def clone(tmp_path):
    for name in ("scripts/install", "requirements.txt", "pyproject.toml", "bot/requirements.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    program(tmp_path / "bin/uv", "exit 1")
    return tmp_path


def program(path, script):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def stamped(clone, folder, *names):
    content = b"".join((clone / name).read_bytes() for name in (*names, "scripts/install"))
    program(clone / folder / "bin/python", "exit 1")
    (clone / folder / ".installed").write_text(hashlib.sha256(content).hexdigest() + "\n")


def test_environments_that_are_up_to_date_are_left_alone(clone):
    stamped(clone, ".venv", "requirements.txt", "pyproject.toml")
    stamped(clone, "bot/.venv", "bot/requirements.txt")
    done = install(clone)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_changed_list_of_requirements_installs_again(clone):
    stamped(clone, ".venv", "requirements.txt", "pyproject.toml")
    stamped(clone, "bot/.venv", "bot/requirements.txt")
    (clone / "requirements.txt").write_text("changed\n")
    assert install(clone).returncode != 0  # uv is a stand-in that fails


def test_the_wrong_python_is_refused_with_the_remedy(clone):
    done = install(clone, CORNERDESK_PYTHON_311=program(clone / "bin/wrong", "echo"))
    assert done.returncode == 1
    assert "is not Python 3.11" in done.stderr
    assert not (clone / ".venv").exists()
