"""Every verdict has a reason, with the date of the list that could know, and nothing a user typed in it."""

import json
from datetime import UTC, date, datetime

import pytest

from services.registry.directory import ListState
from services.registry.evaluate import evaluate
from services.registry.facts import Facts
from services.registry.importing import shrank
from services.registry.reading import read_message
from services.registry.responses import build_response
from tests.unit.registry.shipped import TODAY, codes, directory, judged

SITES = ListState("165-sites", date(2026, 11, 1))
OLDER = ListState("moda-rpz", date(2026, 3, 1))
IDS = ListState("165-line-ids", None)


def told(text: str, lists: tuple[ListState, ...]) -> list[tuple[str, str, date | None]]:
    return [
        (sign.code, sign.params.get("until", ""), sign.as_of)
        for sign in judged(text, lists=lists).decision.reasons
    ]


def test_the_date_is_that_of_a_list_that_could_name_it() -> None:
    assert told("fine-shop.store", (IDS, OLDER, SITES)) == [("not_listed", "11/01", SITES.as_of)]
    assert told("加賴 shop5566x", (IDS, SITES)) == [("not_listed_undated", "", None)]
    assert told("加賴 shop5566x", (SITES,)) == [("no_list_of_kind", "", None)]
    assert told("fine-shop.store", (IDS,)) == [("no_list_of_kind", "", None)]
    assert told("fine-shop.store", ()) == [("no_lists", "", None)]


def test_a_bare_phone_and_a_plain_notice_have_a_reason() -> None:
    assert codes(judged("0912-345-678", lists=(SITES,))) == {"no_list_of_numbers"}
    spent = judged("【玉山銀行】您尾碼0000的卡片刷卡NT$320", sender="0912000111", app="sms", lists=(SITES,))
    assert codes(spent) == {"no_known_sign"}


@pytest.mark.parametrize(
    "sender", ["MySecretName", "王小明 秘密", "4829", "135790", "0912 345 678", "27711234"]
)
def test_what_was_typed_as_sender_is_not_kept(sender: str) -> None:
    message = read_message(
        "【健保署】請至 https://nhi-x.top 換卡",
        sender=sender,
        last3=None,
        app="sms",
        directory=directory(),
    )
    facts = Facts(directory(), TODAY)
    answer = build_response(
        "ck_1", message, evaluate(message, facts), facts, datetime(2026, 11, 22, tzinfo=UTC), supersedes=None
    )
    kept = json.dumps([answer["reasons"], answer["indicators"]], ensure_ascii=False)
    assert sender not in kept
    assert sender.replace(" ", "") not in kept


def test_a_published_code_is_shown_whole() -> None:
    outcome = judged("【兆豐銀行】您尾碼1234帳戶轉出NT$100", sender="68017", app="sms")
    assert outcome.decision.reasons[0].params["sender"] == "68017"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("彰化銀行信貸專案，加LINE ID：@esunbank77 洽貸款專員", "unknown"),
        ("玉山銀行：信貸專案，加LINE ID：@esunbank77 洽貸款專員", "suspicious"),
        ("玉山銀行：年終回饋，加入LINE @esunbank 看活動", "unknown"),
    ],
)
def test_an_account_that_only_borrows_the_name(text: str, verdict: str) -> None:
    allowed = {verdict} if verdict == "suspicious" else {"unknown", "suspicious"}
    assert judged(text).decision.verdict in allowed


def test_a_large_list_that_shrinks_by_more_than_half() -> None:
    assert shrank(2000, 999)
    assert not shrank(2000, 1000)
    assert not shrank(900, 1)


def test_a_hyphenated_name_with_more_behind_it_is_an_imitation() -> None:
    assert judged("https://7-11myshop.vip/pay").decision.verdict == "suspicious"
    assert judged("https://myship.7-11.com.tw").decision.verdict == "official"
