"""The commands that need no chain, run in this process as click runs them."""

import json
import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import COMMANDS, lianfang, main
from cli.places import ROOT, Failure
from lianfang.settings import VARIABLES


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LIANFANG_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def call(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(lianfang, arguments, input=stdin)


def refusal(result: Result) -> str:
    assert isinstance(result.exception, Failure), result.output
    return str(result.exception)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_there_and_explains_itself(name: str) -> None:
    result = call(name, "--help")
    assert result.exit_code == 0
    assert name in call("--help").stdout


def test_a_failure_is_one_sentence_on_stderr(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIANFANG_GATEWAY_PORT", "none")
    monkeypatch.setattr(sys, "argv", ["lianfang", "doctor"])
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "LIANFANG_GATEWAY_PORT must be a port number" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["lianfang", "chat"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("lianfang: the settings are not complete: LIANFANG_GATEWAY_PORT")
    assert len(told.splitlines()) == 1


def test_check_tells_the_verdict_in_words_and_as_json(data_dir: Path) -> None:
    text = "【台灣自來水】貴戶水費逾期395元，請至 https://water-tw.top/pay"
    words = call("check", text)
    assert words.exit_code == 0, words.output
    assert "water-tw[.]top" in words.stdout
    assert "Taiwan Water" in call("check", "--lang", "en", text).stdout
    response = json.loads(call("check", "--json", "--sender", "0912345678", "-", stdin=text).stdout)
    assert response["verdict"] == "fraud"
    assert response["judged_by"] == "rules"


def test_check_answers_each_line_in_order_and_names_what_is_no_request(
    data_dir: Path, tmp_path: Path
) -> None:
    requests = tmp_path / "requests.jsonl"
    requests.write_text('{"text":"one"}\n\n{"sender":"x"}\nnot json\n{"text":"two","app":"line"}\n')
    result = call("check", "--jsonl", str(requests))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert ["error" in answer for answer in answers] == [False, True, True, False]
    assert "text" in answers[1]["error"]["detail"]
    assert "2 lines" in refusal(result)


def test_check_wants_one_thing_to_check(data_dir: Path) -> None:
    assert "either" in refusal(call("check"))
    assert "cannot be checked" in refusal(call("check", ""))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["brands", "x.csv"], "not available in this version yet"),
        (["bands", "x.csv"], "there is no list 'bands'; there are 165-sites"),
        (["165-sites"], "give a FILE or a URL"),
        (["165-sites", "/no/such/file.csv"], "no file that can be read"),
        (["165-sites", "--undo"], "no earlier 165-sites"),
        (["165-sites", "ftp://127.0.0.1/list.csv"], "only http and https"),
        (["issuers"], "give a FILE or a URL"),
        (["issuers", "--undo"], "no --undo"),
        (["issuers", "/no/such/file.csv"], "cannot be read"),
        (["issuers", str(ROOT / "services" / "locks" / "seed" / "stores.csv")], "has the columns"),
    ],
)
def test_import_refuses_in_one_sentence(data_dir: Path, arguments: list[str], sentence: str) -> None:
    assert sentence in refusal(call("import", *arguments))


def test_import_issuers_changes_those_it_names(data_dir: Path, tmp_path: Path) -> None:
    shipped = (ROOT / "services" / "locks" / "seed" / "issuers.csv").read_text(encoding="utf-8")
    path = tmp_path / "issuers.csv"
    path.write_text(
        shipped.replace(",manual,,", ",hub,48,", 1).replace(",yes,1,", ",yes,9,", 1), encoding="utf-8"
    )

    first, second = call("import", "issuers", str(path)), call("import", "issuers", str(path))

    assert first.exit_code == 0, first.output
    assert "7 read, 1 new or changed, 1 rejected" in first.stdout
    assert "(apple): serial_rule does not fit" in first.stdout
    assert "7 read, 0 new or changed, 1 rejected" in second.stdout


def test_import_undo_and_again(data_dir: Path, tmp_path: Path) -> None:
    head = "WEBSITE_NM,WEBURL,CNT,STA_SDATE,STA_EDATE\n網站名稱,網址,件數,統計起始日期,統計結束日期\n"
    lists = [tmp_path / "old.csv", tmp_path / "new.csv"]
    for number, path in enumerate(lists):
        rows = f"假投資,evil{number}-example.top,5,2026/01/01,2026/01/31\n,不是網址,1,,\n"
        path.write_text("\ufeff" + head + rows, encoding="utf-8")
    first = call("import", "165-sites", str(lists[0]))
    assert first.exit_code == 0, first.output
    assert "1 listed of 2 rows, 1 rejected" in first.stdout
    assert (data_dir / "imports" / "165-sites-rejected.csv").exists()
    assert call("import", "165-sites", str(lists[1])).exit_code == 0
    assert "current already" in call("import", "165-sites", str(lists[1])).stdout
    assert "back to the list" in call("import", "165-sites", "--undo").stdout
    assert "evil0-example" in call("check", "看 https://evil0-example.top").stdout
    wrong = call("import", "moda-rpz", str(lists[0]))
    assert "moda" in refusal(wrong).lower()


def test_chat_without_anything_running_says_how_to_start(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("LIANFANG_GATEWAY_PORT", str(taken.getsockname()[1]))
        assert "lianfang chat --up" in refusal(call("chat", "--jsonl"))


def test_the_terminal_is_off_in_production(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANFANG_MODE", "production")
    assert "LIANFANG_SECRET_KEYS is missing" in refusal(call("chat"))


def test_doctor_reports_and_changes_nothing(data_dir: Path) -> None:
    before = call("doctor")
    assert "no database yet" in before.stdout
    assert not (data_dir / "lianfang.db").exists()
    assert call("db", "upgrade").exit_code == 0
    after = call("doctor").stdout
    assert "reachable and migrated" in after
    assert "chains and seals verify" in after


def test_an_unknown_benchmark_is_named() -> None:
    assert "no benchmark 'nothing'" in refusal(call("bench", "nothing"))


def test_the_example_of_settings_names_every_setting() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = {line.lstrip("#").partition("=")[0] for line in lines if "=" in line}
    assert named == set(VARIABLES.values())
