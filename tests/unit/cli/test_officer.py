"""`lianfang officer`: named, listed, ended, and nothing without a role."""

import pytest
from click.testing import CliRunner

from cli.commands.officer import officer


@pytest.fixture
def runner(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("LIANFANG_DATA_DIR", str(tmp_path))
    return CliRunner()


def test_an_officer_is_named_listed_and_ended(runner: CliRunner) -> None:
    added = runner.invoke(officer, ["add", "165", "--role", "165"])
    person = added.stdout.strip()
    assert person.startswith("p_")
    assert f"{person}  165  165  " in runner.invoke(officer, ["list"]).stdout
    assert runner.invoke(officer, ["remove", person]).exit_code == 0
    assert runner.invoke(officer, ["list"]).stdout == ""
    assert runner.invoke(officer, ["remove", person]).exit_code != 0


def test_only_officers_roles_can_be_given(runner: CliRunner) -> None:
    assert runner.invoke(officer, ["add", "somebody", "--role", "authority"]).exit_code == 2
