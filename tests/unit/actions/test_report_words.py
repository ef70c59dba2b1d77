"""How a report stands is said by its very step, with times, and of 165 only what 165 itself answered."""

import re
from typing import Any

import pytest

from actions.case_words import case_reply, list_reply
from bot.speech import Speech
from lianfang.words import LANGUAGES, Words
from services.app import LANES
from services.cases.client import Case
from tests.conftest import ROOT

WORDS = Words.load(ROOT / "domain.yml")
DEMO = {"key": "notice.demo"}


def a_case(lane: str = "site", state: str = "reported", **changes: Any) -> Case:
    shown = {
        "what": "evil[.]top", "left": False, "why": {"key": "decision.not_fraud"}, "demo": "", "status": "none",
        "hotline": "", "by_165": False,
        **changes.pop("shown", {}),
    }  # fmt: skip
    values = {
        "number": "LF-7F3K-92QX", "lane": lane, "state": state, "opened_at": "2026-11-22T06:05:00.000Z",
        "changed_at": "2026-11-22T08:30:00.000Z", "due_at": "2026-11-23T08:30:00.000Z", "ended": False, "joined": False,
        "may": (), "shown": shown,
    }  # fmt: skip
    return Case(**{**values, **changes})


def told(case: Case, language: str = "zh-TW") -> str:
    return Speech(WORDS, language, "Test").reply(case_reply(case).as_json()).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("lane", "state"),
    [(lane, state) for lane in ("site", "message", "appeal") for state in sorted(LANES[lane].states)],
)
def test_every_state_of_every_lane_has_words_of_its_own(lane: str, state: str, language: str) -> None:
    text = told(a_case(lane, state), language)
    general = {WORDS.say(f"utter_state_{one}", language) for one in ("open", "over")}
    assert not any(text.splitlines()[1].endswith(one) for one in general)
    assert not re.search(r"[{}]", text)
    listed = Speech(WORDS, language, "Test").reply(list_reply([a_case(lane, state)]).as_json()).text
    assert "evil[.]top" in listed
    assert not re.search(r"[{}]", listed)


def test_the_last_step_and_the_next_deadline_are_told() -> None:
    lines = told(a_case(state="verified")).splitlines()
    assert lines[0] == "案號 LF-7F3K-92QX，11/22 14:05 開始。"
    assert lines[2:4] == ["最後一步：11/22 16:30", "下一步的期限：11/23 16:30"]
    assert "最後一步" not in told(a_case(changed_at="2026-11-22T06:05:00.000Z"))


@pytest.mark.parametrize(
    ("state", "line"),
    [
        ("listed", "列在名單上到 11/23 16:30"),
        ("approved_provisionally", "11/23 16:30 前沒有另一個單位確認，就失效"),
    ],
)
def test_what_the_deadline_ends(state: str, line: str) -> None:
    assert line in told(a_case("message" if state == "listed" else "site", state)).splitlines()


def test_without_165_it_says_so_and_what_to_do() -> None:
    text = told(a_case(state="accepted"))
    assert "165 還沒跟我們連線" in text
    assert "165 已受理" not in text
    assert "165 還沒跟我們連線" not in told(a_case(state="rejected", ended=True, due_at=None))
    assert "165 還沒跟我們連線" not in told(a_case("appeal", "filed"))


def test_in_the_sandbox_every_line_about_it_says_so() -> None:
    shown = {"status": "sandbox", "demo": DEMO, "hotline": "T-1", "by_165": True}
    lines = told(a_case(state="accepted", shown=shown)).splitlines()
    assert lines[1] == "（示範）目前：165 已受理（165 案號 T-1），還在查核"
    assert all(line.startswith("（示範）") for line in lines[1:])


def test_of_165_only_what_it_answered() -> None:
    assert "165 還沒有回覆" in told(a_case(shown={"status": "live"}))
    answered = {"status": "live", "hotline": "165-7", "by_165": True}
    assert "165 已收到（165 案號 165-7）" in told(a_case(shown=answered))
    assert "165 已受理（165 案號 165-7）" in told(a_case(state="accepted", shown=answered))
    assert "目前：165 已受理，還在查核" in told(a_case(state="accepted", shown={**answered, "hotline": ""}))
    assert "目前：已受理" in told(a_case(state="accepted", shown={**answered, "by_165": False}))
    assert "165 沒有受理，原因是查不出是詐騙" in told(a_case(state="rejected", ended=True, shown=answered))


def test_who_withdrew_is_told_that_whatever_others_do() -> None:
    text = told(a_case(state="accepted", shown={"left": True}))
    assert "你已經撤回" in text
    assert "期限" not in text
