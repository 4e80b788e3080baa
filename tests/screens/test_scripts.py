"""The modules that decide something, tested where they run: `node --test` over every `*.test.js` below this folder."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("script", sorted(HERE.rglob("*.test.js")), ids=lambda path: str(path.relative_to(HERE)))
def test_script(script):
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not here to run it: install Node 20 or newer")
    done = subprocess.run([node, "--test", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
