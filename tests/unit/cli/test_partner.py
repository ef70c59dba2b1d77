"""`lianfang partner`: a partner joins, gets a key and a secret shown once, rotates, leaves."""

import pytest
from click.testing import CliRunner, Result

from cli.commands.partner import partner
from cli.places import Failure

GASH = ("add", "gash", "--kind", "issuer", "--name", "GASH")


@pytest.fixture
def runner(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("LIANFANG_DATA_DIR", str(tmp_path))
    return CliRunner()


def told(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def test_a_partner_joins_and_leaves(runner: CliRunner) -> None:
    secret = told(runner.invoke(partner, [*GASH, "--webhook", "https://gash.example/hook"]))
    assert secret.startswith("lfw_")
    key = told(runner.invoke(partner, ["key", "gash", "--scope", "cards:write", "--scope", "locks:read"]))
    assert key.startswith("lfk_")
    assert told(runner.invoke(partner, ["status", "gash", "live"])) == ""
    first, second = told(runner.invoke(partner, ["list"])).splitlines()
    assert first == "gash  issuer  live  GASH  https://gash.example/hook"
    assert second.split() == [
        f"pk_{key.split('_')[1]}",
        f"…{key[-4:]}",
        "cards:write",
        "locks:read",
        "no",
        "end",
    ]
    successor = told(runner.invoke(partner, ["key", "gash", "--rotate", "--overlap", "2"]))
    assert len(told(runner.invoke(partner, ["list"])).splitlines()) == 3
    for one in (key, successor):
        told(runner.invoke(partner, ["revoke", f"pk_{one.split('_')[1]}"]))
    assert len(told(runner.invoke(partner, ["list"])).splitlines()) == 1
    other = told(runner.invoke(partner, ["webhook", "gash", "https://gash.example/other"]))
    assert other.startswith("lfw_")
    assert other != secret


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (GASH, "there is a partner 'gash' already"),
        (["status", "nobody", "live"], "there is no partner 'nobody'"),
        (["webhook", "gash", "http://gash.example/"], "a webhook is an https address"),
        (["key", "nobody", "--scope", "cards:write"], "no such partner or valid key"),
        (["key", "gash", "--rotate"], "no such partner or valid key"),
        (["key", "gash"], "give either --scope"),
        (["key", "gash", "--rotate", "--scope", "locks:read"], "give either --scope"),
        (["revoke", "pk_nothing"], "no such partner or valid key"),
    ],
)
def test_what_cannot_be_is_one_sentence(runner: CliRunner, arguments: list[str], sentence: str) -> None:
    told(runner.invoke(partner, GASH))
    failure = runner.invoke(partner, arguments).exception
    assert isinstance(failure, Failure)
    assert sentence in str(failure)


def test_a_new_partner_is_none(runner: CliRunner) -> None:
    told(runner.invoke(partner, GASH))
    assert told(runner.invoke(partner, ["list"])) == "gash  issuer  none  GASH  -"
