import pytest

from scripts import training


@pytest.fixture
def root(tmp_path):
    for name in (
        "config.yml",
        "domain.yml",
        "bot/data/nlu/greet.yml",
        "bot/components/channel.py",
        "bot/requirements.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def test_the_same_inputs_give_the_same_model(root):
    assert training.fingerprint("", root) == training.fingerprint("", root)


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "bot/data/nlu/greet.yml",
        "bot/components/channel.py",
    ],
)
def test_a_changed_input_gives_another_model(root, name):
    before = training.fingerprint("", root)
    (root / name).write_text("changed")
    assert training.fingerprint("", root) != before


def test_a_renamed_input_gives_another_model(root):
    before = training.fingerprint("", root)
    (root / "bot/data/nlu/greet.yml").rename(root / "bot/data/nlu/hello.yml")
    assert training.fingerprint("", root) != before


def test_another_embedding_model_gives_another_model(root):
    assert training.fingerprint("", root) != training.fingerprint("some/other-model", root)


def test_what_is_no_input_changes_nothing(root):
    before = training.fingerprint("", root)
    (root / "README.md").write_text("words")
    (root / "bot/components/__pycache__").mkdir()
    (root / "bot/components/__pycache__/channel.pyc").write_bytes(b"\0")
    assert training.fingerprint("", root) == before
