import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from core import KEY, ROOT, Core, environment, serving, train


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return train(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def core(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Core]:
    with serving(model, tmp_path_factory.mktemp("core")) as running:
        yield running


def test_health_parses_a_sentence(core: Core) -> None:
    status, answer = core.request("health", key=None)
    assert (status, answer["status"]) == (200, "ok")


def test_a_turn_is_answered_with_messages_intent_and_form(core: Core) -> None:
    status, answer = core.says("這封簡訊是真的嗎", "e1", "s_turn")
    assert status == 200
    assert answer["messages"][0]["custom"]["say"][0]["key"] == "utter_checked"
    assert (answer["intent"], answer["form"]) == ("check_message", None)
    assert 0 < answer["confidence"] <= 1


def test_the_action_server_is_shown_the_key(core: Core) -> None:
    core.says("這封簡訊是真的嗎", "e1", "s_action_key")
    assert core.action_keys
    assert set(core.action_keys) == {f"Bearer {KEY}"}


def test_plain_responses_are_texts(core: Core) -> None:
    assert core.says("你好", "e1", "s_plain")[1]["messages"] == [{"text": "你好"}]


def test_a_repeated_event_gets_the_same_messages_without_running(core: Core) -> None:
    first = core.says("這封簡訊是真的嗎", "e1", "s_repeat")
    core.says("你好", "e2", "s_repeat")
    before = len(core.calls)
    assert core.says("這封簡訊是真的嗎", "e1", "s_repeat") == first
    assert len(core.calls) == before


def test_a_form_is_named_while_it_is_open(core: Core) -> None:
    answer = core.says("/tell_last3", "e1", "s_form", kind="tap")[1]
    assert (answer["form"], answer["messages"]) == ("message_form", [{"text": "貼上來"}])


def test_a_form_that_got_no_answer_for_five_turns_is_closed_instead_of_asking_again(core: Core) -> None:
    question, small_talk = {"text": "貼上來"}, {"text": "你好"}
    core.says("/tell_last3", "e0", "s_idle", kind="tap")
    for number in range(1, 5):
        answer = core.says("你好", f"e{number}", "s_idle")[1]
        assert (answer["form"], answer["messages"]) == ("message_form", [small_talk, question])
    closed = core.says("你好", "e5", "s_idle")
    assert closed[1]["messages"] == [small_talk, {"custom": {"say": [{"key": "utter_stopped"}]}}]
    assert (closed[1]["form"], closed[1]["intent"]) == (None, "greet")
    assert core.calls[-1]["tracker"]["latest_message"]["metadata"]["kind"] == "tap"
    assert core.says("你好", "e5", "s_idle") == closed
    assert core.says("你好", "e6", "s_idle")[1]["messages"] == [small_talk]


def test_what_is_sent_to_actions_does_not_grow_with_the_conversation(core: Core) -> None:
    sizes = []
    for number in range(12):
        core.says("這封簡訊是真的嗎", f"e{number}", "s_long")
        sizes.append(len(core.calls[-1]["tracker"]["events"]))
    assert len(set(sizes[4:])) == 1
    assert "domain" not in core.calls[-1]


@pytest.mark.parametrize("key", [None, "", "wrong", "鑰匙"])
def test_without_the_key_nothing_happens(core: Core, key: "str | None") -> None:
    body = {"sender": "s_key", "message": "你好", "metadata": {"event": "e1", "kind": "text"}}
    encoded = key.encode().decode("latin-1") if key else key
    assert core.request("webhook", body, encoded) == (401, {"code": "unauthorised"})
    assert core.request("forget", {"sender": "s_key"}, encoded) == (401, {"code": "unauthorised"})


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe",
        [],
        {},
        {"sender": "s", "message": "x"},
        {"sender": "s", "message": "x", "metadata": {"kind": "text"}},
        {"sender": "s", "message": "x", "metadata": {"event": "e", "kind": "command"}},
        {"sender": 5, "message": "x", "metadata": {"event": "e", "kind": "text"}},
    ],
)
def test_what_is_no_turn_is_refused(core: Core, body: object) -> None:
    assert core.request("webhook", body) == (400, {"code": "bad_request"})


@pytest.mark.parametrize(
    "text", ["/restart", "  /greet", "/session_start", '/tell_last3{"check": "c"}', "\u3000/greet"]
)
def test_typed_commands_are_text(core: Core, text: str) -> None:
    sender = f"s_typed_{abs(hash(text))}"
    core.says("你好", "e0", sender)
    status, answer = core.says(text, "e1", sender)
    assert status == 200
    assert answer["form"] is None
    assert answer["confidence"] < 1, "a command would be certain"
    assert core.says("你好", "e0", sender)[1]["messages"] == [{"text": "你好"}], (
        "the conversation was not restarted"
    )


def test_taps_reach_their_goal_with_their_parameters(core: Core) -> None:
    assert core.says("/greet", "e1", "s_tap", kind="tap")[1]["intent"] == "greet"
    core.says('/check_message{"check": "chk_1"}', "e2", "s_tap", kind="tap")
    assert core.calls[-1]["tracker"]["latest_message"]["entities"][0]["value"] == "chk_1"


@pytest.mark.parametrize(
    "tap", ["/restart", "/back", "/unknown", '/greet{"secret": 1}', "/greet{", "greet", "/greet[]"]
)
def test_taps_outside_the_domain_are_refused(core: Core, tap: str) -> None:
    assert core.says(tap, "e1", "s_bad_tap", kind="tap") == (400, {"code": "unknown_goal"})


def test_a_forgotten_conversation_starts_anew(core: Core) -> None:
    core.says("這封簡訊是真的嗎", "e1", "s_forget")
    before = len(core.calls)
    assert core.request("forget", {"sender": "s_forget"}) == (200, {"forgotten": True})
    assert core.request("forget", {"sender": "s_never_there"}) == (200, {"forgotten": True})
    core.says("這封簡訊是真的嗎", "e1", "s_forget")
    assert len(core.calls) == before + 1


def test_failures_are_errors_and_can_be_tried_again(core: Core) -> None:
    assert core.says("這封簡訊是真的嗎 ACTION-CRASH", "e1", "s_fail") == (500, {"code": "action_failed"})
    assert core.says("這封簡訊是真的嗎 ACTION-SILENT", "e2", "s_fail") == (500, {"code": "no_answer"})
    assert core.says("這封簡訊是真的嗎 COMPONENT-CRASH", "e3", "s_fail") == (500, {"code": "crashed"})
    assert core.says("這封簡訊是真的嗎", "e1", "s_fail")[0] == 200


def test_only_what_the_gateway_needs_is_served(core: Core) -> None:
    for path in (
        "../rest/webhook",
        "../../model/parse",
        "../../conversations/s_1/tracker",
        "../../status",
        "../..",
    ):
        assert core.request(path)[0] == 404


def test_a_crash_leaves_no_text_in_any_output(core: Core) -> None:
    secret = "我的帳號是85738291"
    for number, crash in enumerate(("ACTION-CRASH", "ACTION-SILENT", "COMPONENT-CRASH", "")):
        core.says(f"這封簡訊是真的嗎 {secret} {crash}", f"leak{number}", "s_leak")
    core.request("webhook", f'{{"sender": "{secret}'.encode())
    printed = core.printed()
    assert "event=leak0" in printed
    assert "event=leak2" in printed
    assert "ValueError" in printed
    for part in (secret, "85738291", "簡訊", "CRASH", r"\u7c21"):
        assert part not in printed
    assert core.out.read_text("utf-8") == ""


def test_logs_are_one_line_each(core: Core) -> None:
    core.says("COMPONENT-CRASH\nline", "lines", "s_lines")
    for line in core.err.read_text("utf-8").splitlines():
        assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (ERROR|WARNING|CRITICAL) [\w.]+: ", line), line


def test_several_workers_need_redis(model: Path) -> None:
    command = [sys.executable, "-m", "nlu.serve", "--model", str(model), "--port", "1", "--workers", "2"]
    ended = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "LIANFANG_REDIS_URL" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
