"""`lianfang officer`: named, listed, ended, and nothing without a role."""

import pytest
from click.testing import CliRunner

from cli.commands.officer import officer
from lianfang.text.join_code import find_join_code


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


def test_the_first_admin_is_invited_here(runner: CliRunner) -> None:
    invited = runner.invoke(officer, ["invite", "--role", "admin", "--organisation", "lianfang"])
    assert invited.exit_code == 0
    code, address = invited.stdout.split()
    assert find_join_code(code) == code
    assert address.endswith("/console/join")


@pytest.mark.parametrize(("role", "organisation"), [("king", "lianfang"), ("admin", "刑事局")])
def test_nobody_is_invited_to_nothing(runner: CliRunner, role: str, organisation: str) -> None:
    refused = runner.invoke(officer, ["invite", "--role", role, "--organisation", organisation])
    assert refused.exit_code != 0
    assert "JOIN" not in refused.stdout
