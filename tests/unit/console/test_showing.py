"""What officers see of times, waits and addresses; charts and sheets."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies

from lianfang.clock import UTC
from services.console import showing
from services.console.cookies import csrf_of, is_csrf, new_visit
from services.console.desk import Row
from services.console.figures.adding import Months
from services.console.figures.charts import grouped_bars, round_up
from services.console.log_in import _inside
from services.console.queues import as_csv
from services.console.words import console_words

NOW = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)


def say(key: str, **params: Any) -> str:
    return console_words().say(key, "en", params)


def test_times_are_those_of_taipei_with_the_year_only_when_it_is_another() -> None:
    assert showing.time_element(NOW, NOW) == '<time datetime="2026-11-22T06:05:00.000Z">11/22 14:05</time>'
    assert ">2025/11/22 14:05<" in showing.time_element(NOW - timedelta(days=365), NOW)
    assert showing.time_element(None, NOW) == "–"


@pytest.mark.parametrize(
    ("left", "words", "urgency"),
    [
        (timedelta(days=3), "3 d left", "later"),
        (timedelta(hours=30), "30 h left", "later"),
        (timedelta(minutes=90), "1 h left", "soon"),
        (timedelta(seconds=30), "0 min left", "soon"),
        (-timedelta(minutes=5), "5 min overdue", "late"),
    ],
)
def test_how_much_is_left(left: timedelta, words: str, urgency: str) -> None:
    assert showing.deadline(NOW + left, NOW, say) == {"words": words, "urgency": urgency}


def test_a_missed_deadline_does_not_look_as_if_there_were_time_left() -> None:
    shown = showing.deadline(NOW + timedelta(hours=3), NOW, say, passed=True)
    assert shown == {"words": "reminded again in 3 h", "urgency": "late"}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("http://evil.top/a.b", "hxxp://evil[.]top/a[.]b"),
        ("HTTPS://Evil.Top", "hxxps://Evil[.]Top"),
        ("到 evil.top 付 3.5 萬", "到 evil[.]top 付 3.5 萬"),
        ("例子.台灣", "例子[.]台灣"),
        ("End. Next", "End. Next"),
    ],
)
def test_no_address_can_be_opened(written: str, shown: str) -> None:
    assert showing.defang_text(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("到 evil.top/a 付 3.5 萬", '到 <span class="address">evil[.]top/a</span> 付 3.5 萬'),
        ("<b>http://evil.top</b>", '<span class="address">&lt;b&gt;hxxp://evil[.]top&lt;/b&gt;</span>'),
        ("請先繳 <i>稅金", "請先繳 &lt;i&gt;稅金"),
        ("", ""),
    ],
)
def test_addresses_stand_apart_from_the_sentences_around_them(written: str, shown: str) -> None:
    assert showing.prose(written) == shown


def test_times_are_read_however_they_came() -> None:
    assert showing.moment("2026-11-22T06:05:00.000Z") == showing.moment(NOW) == NOW


@pytest.mark.parametrize(
    ("count", "short"), [(0, "0"), (999, "999"), (1500, "1.5k"), (200_000, "200k"), (5_000_000, "5M")]
)
def test_large_numbers_are_short_beside_a_chart(count: int, short: str) -> None:
    assert showing.short_count(count) == short


def test_a_form_belongs_to_one_cookie() -> None:
    mine, other = new_visit(), new_visit()
    assert is_csrf(mine, csrf_of(mine))
    assert not is_csrf(mine, csrf_of(other))
    assert not is_csrf(mine, "")
    assert not is_csrf("", csrf_of(""))
    assert not is_csrf(mine, "ü")


@pytest.mark.parametrize(
    ("to", "path"),
    [
        ("/console/cases/LF-1", "/cases/LF-1"),
        ("/queues/site/reported?after=x", "/queues/site/reported?after=x"),
        ("https://evil.top", "/"),
        ("//evil.top", "/"),
        ("/\\evil.top", "/"),
        ("/console//evil.top", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
def test_after_the_log_in_one_stays_here(to: str, path: str) -> None:
    assert _inside(to) == path


def test_a_spreadsheet_computes_nothing_of_a_report() -> None:
    subjects = ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "a,b", 'say "x"']
    rows = [Row("LF-1", subject, (("others", {}),), NOW, NOW, None) for subject in subjects]
    lines = as_csv(rows).splitlines()
    assert lines[0] == "number,subject,marks,opened_at,changed_at,due_at"
    assert lines[1].startswith("LF-1,'=HYPERLINK(1),others,2026-11-22T06:05:00.000Z")
    assert all(line.split(",")[1].startswith("'") for line in lines[1:6])
    assert '"a,b"' in lines[6]


def test_a_sheet_names_whose_card_it_is() -> None:
    assert (
        as_csv([Row("LF-1", "····0084", (), NOW, NOW, None, "gash")])
        .splitlines()[1]
        .startswith("LF-1,gash ····0084,")
    )


def test_figures_begin_with_the_first_month_that_has_any() -> None:
    counts = {("opened", "site"): {"2026-10": 2}, ("opened", "lock"): {"2026-09": 0, "2026-11": 1}}
    months = Months(("2026-09", "2026-10", "2026-11"), counts, {})
    assert months.begun().months == ("2026-10", "2026-11")
    assert months.begun().series("opened", "site") == [2, 0]
    assert Months(months.months, {}, {}).begun().months == ("2026-11",)


def test_bars_fill_the_chart_and_no_more() -> None:
    chart = grouped_bars(["10", "11"], [[5, 80], [0, 40]])
    assert {bar.count for bar in chart.bars} == {5, 80, 0, 40}
    assert [line.value for line in chart.lines] == [0, 20, 40, 60, 80]
    assert max(bar.height for bar in chart.bars) == chart.lines[0].y - chart.lines[-1].y
    assert all(0 <= bar.x <= 720 and bar.y >= 0 for bar in chart.bars)
    assert grouped_bars([], []).bars == []


@given(strategies.integers(0, 10**9))
def test_the_grid_is_above_the_highest_bar(most: int) -> None:
    top = round_up(most)
    assert top >= max(most, 4)
    assert top % 4 == 0
    assert top <= max(4, most * 5)
