"""When it was, as people say it on 22 November 2026, a Sunday, at 14:05 in Taipei."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.moments import find_moments

NOW = datetime(2026, 11, 22, 6, 5, 30, tzinfo=timezone.utc)


def moments(text: str) -> list[str]:
    found = find_moments(text, NOW)
    local = [(one.at.astimezone(ZoneInfo("Asia/Taipei")), one.exact) for one in found]
    return [f"{at:%Y-%m-%d}" if exact == "day" else f"{at:%Y-%m-%d %H:%M}" for at, exact in local]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("剛剛", "2026-11-22 14:05"),
        ("剛買的", "2026-11-22 14:05"),
        ("剛剛下午一點", "2026-11-22 13:00"),
        ("半小時前", "2026-11-22 13:35"),
        ("一個半小時前", "2026-11-22 12:35"),
        ("三天前", "2026-11-19"),
        ("今天早上", "2026-11-22 09:00"),
        ("今天", "2026-11-22"),
        ("昨天", "2026-11-21"),
        ("昨天下午三點", "2026-11-21 15:00"),
        ("昨天下午3點20分", "2026-11-21 15:20"),
        ("昨天三點半", "2026-11-21 15:30"),
        ("昨天，下午三點", "2026-11-21 15:00"),
        ("昨晚", "2026-11-21 20:00"),
        ("昨天晚上12點", "2026-11-22 00:00"),
        ("晚上一點", "2026-11-22 01:00"),
        ("凌晨12點", "2026-11-22 00:00"),
        ("前天中午12點", "2026-11-20 12:00"),
        ("大前天", "2026-11-19"),
        ("上週五", "2026-11-13"),
        ("禮拜五晚上八點", "2026-11-20 20:00"),
        ("11/21 15:20", "2026-11-21 15:20"),
        ("11／21　15：20", "2026-11-21 15:20"),
        ("11/24 15:20", "2025-11-24 15:20"),
        ("12/31", "2025-12-31"),
        ("11月20號", "2026-11-20"),
        ("115年11月20日", "2026-11-20"),
        ("2026-11-20 08:30", "2026-11-20 08:30"),
        ("31號早上", "2026-10-31 09:00"),
        ("15:20", "2026-11-21 15:20"),
        ("今天下午五點", "2026-11-22"),
        ("7/11 昨天", "2026-11-21"),
        ("昨天在7/11買的", "2026-11-21"),
        ("just now", "2026-11-22 14:05"),
        ("half an hour ago", "2026-11-22 13:35"),
        ("two hours ago", "2026-11-22 12:05"),
        ("2 days ago", "2026-11-20"),
        ("this morning", "2026-11-22 09:00"),
        ("yesterday at 3 pm", "2026-11-21 15:00"),
        ("last night at 9", "2026-11-21 21:00"),
        ("Nov 20, 3:20 pm", "2026-11-20 15:20"),
        ("20 November", "2026-11-20"),
        ("on Friday at noon", "2026-11-20 12:00"),
    ],
)
def test_a_moment(text: str, moment: str) -> None:
    assert moments(text) == [moment]


@pytest.mark.parametrize(
    "text",
    [
        "MyCard 5000點",
        "買了3號店的",
        "7/11買的",
        "30秒",
        "明天下午",
        "99:99",
        "13/45",
        "",
        "序號 MCAB1234567890",
    ],
)
def test_no_moment(text: str) -> None:
    assert moments(text) == []


def test_a_correction_names_two() -> None:
    assert moments("不是昨天三點，是前天三點") == ["2026-11-21 15:00", "2026-11-20 15:00"]


@given(st.text())
def test_whatever_is_read_it_is_never_still_to_come(text: str) -> None:
    assert all((one.at - NOW).total_seconds() <= 600 for one in find_moments(text, NOW))


@given(st.text(alphabet="0123456789:/.-年月日號點時分半下午昨天前週五 apm", max_size=24))
def test_figures_in_any_order_break_nothing(text: str) -> None:
    assert all((one.at - NOW).total_seconds() <= 600 for one in find_moments(text, NOW))
