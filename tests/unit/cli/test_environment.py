"""Finding uv and Python 3.10, and keeping one model: with small scripts instead of the real programs."""

import os
from pathlib import Path

import pytest

from cli import environment, model
from cli.family import Lifeline
from cli.places import FOREIGN_VARIABLES, clean_environment


def script(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


async def test_a_uv_on_the_path_that_does_not_work_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = script(tmp_path / "shims" / "uv", "exit 127")
    works = script(tmp_path / "own" / "uv", "exit 0")
    monkeypatch.setenv("UV", str(works))
    monkeypatch.setenv("PATH", f"{shim.parent}:{os.environ['PATH']}")
    assert not environment.works(str(shim))
    assert not environment.works(str(tmp_path / "nothing"))
    lifeline = Lifeline()
    assert await environment.find_uv(lifeline, lambda _: None) == str(works)
    lifeline.close()


def test_the_newest_python_of_pyenv_is_named_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    assert environment.pyenv_python() is None
    for version in ("3.10.9", "3.10.13", "3.11.7"):
        script(tmp_path / "versions" / version / "bin" / "python3.10", "exit 0")
    assert environment.pyenv_python() == tmp_path / "versions" / "3.10.13" / "bin" / "python3.10"


def test_the_callers_own_environment_does_not_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in FOREIGN_VARIABLES:
        monkeypatch.setenv(variable, "somebody else's")
    ours = clean_environment(ONE="1")
    assert not FOREIGN_VARIABLES & set(ours)
    assert ours["ONE"] == "1"
    assert ours["PATH"] == os.environ["PATH"]


def test_only_the_fitting_model_is_kept(tmp_path: Path) -> None:
    for name in ("old.tar.gz", "new.tar.gz", "lock"):
        (tmp_path / name).touch()
    model.drop_older(tmp_path / "new.tar.gz")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "new.tar.gz"]


def test_a_model_of_this_checkout_is_copied_whole_or_not_at_all(tmp_path: Path) -> None:
    trained = tmp_path / "one" / "abc.tar.gz"
    trained.parent.mkdir()
    target = tmp_path / "two" / "abc.tar.gz"
    assert not model.copy_model(trained, target)
    trained.write_bytes(b"weights")
    assert model.copy_model(trained, target)
    assert target.read_bytes() == b"weights"
    assert [path.name for path in target.parent.iterdir()] == ["abc.tar.gz"]
    assert not model.copy_model(trained, trained)
    (tmp_path / "file").touch()
    assert not model.copy_model(trained, tmp_path / "file" / "abc.tar.gz")
