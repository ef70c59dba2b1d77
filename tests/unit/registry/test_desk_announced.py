"""An announced message is official, a copy with another address a forgery, and no announcement speaks for more than it says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.registry.desk.announcements import Announcements, announcements_of
from services.registry.desk.announcing import judged_sample, refusal_of_announcement
from services.registry.desk.officers import NotAllowed
from services.registry.desk.overlay import Change
from services.registry.directory import Directory
from services.registry.evaluate import Outcome, evaluate
from services.registry.facts import Facts
from services.registry.reading import read_message
from services.registry.records import Records
from tests.unit.registry.shipped import TODAY, codes, directory

AT = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
WATER, POWER, BANK = "taiwan-water-corporation", "taiwan-power-company", "mega-bank"
EBILL = "【台灣自來水】親愛的{any}，{date}水費電子帳單已寄出，請至 https://www.water.gov.tw/e/{digits} 查看。"
COPY = "123【台灣自來水】親愛的王小明，11/20水費電子帳單已寄出，請至 https://www.water.gov.tw/e/77 查看。"
OUTAGE = "【台電】停電通知：{date}檢修線路，暫停供電{digits}小時，造成不便敬請見諒，請提早準備。"
CARD = "【兆豐銀行】您的信用卡於{date}消費{amount}，若非本人消費請洽信用卡背面客服電話。"


def values(text: str, sender: str = "111", domains: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    return {
        "sender": sender,
        "text": text,
        "domains": list(domains),
        "starts_at": AT.isoformat(),
        "ends_at": (AT + timedelta(days=14)).isoformat(),
        "announced_on": "2026-11-21",
        **more,
    }


def standing(organisation: str, text: str, **told: Any) -> Announcements:
    records: Records = {("announcement", organisation, "an_1"): values(text, **told)}
    return announcements_of(records)


def told(
    text: str,
    announcements: Announcements,
    *,
    sender: str | None = "111",
    last3: str | None = "123",
    app: str | None = "sms",
    at: datetime = AT,
    known: Directory | None = None,
) -> Outcome:
    known = known or directory()
    message = read_message(text, sender=sender, last3=last3, app=app, directory=known)
    facts = Facts(known, TODAY, announcements=Announcements(announcements.by_organisation, at))
    return evaluate(message, facts)


WATERS = standing(WATER, EBILL, domains=("water.gov.tw",))


def test_an_announced_message_is_official_and_says_who_and_when() -> None:
    outcome = told(COPY, WATERS)
    first = outcome.decision.reasons[0]
    assert (outcome.decision.verdict, first.code, first.source) == ("official", "announced", "announcement")
    assert (first.params["on"], first.params["sender"], str(first.as_of)) == ("11/21", "111", "2026-11-21")
    assert outcome.advice == ("forgery_looks_same",)


def test_without_the_announcement_it_is_as_before() -> None:
    assert told(COPY, Announcements()).decision.verdict == "official"
    assert told(OUTAGE, Announcements(), sender=None).decision.verdict == "unknown"
    bank = "【兆豐銀行】您的信用卡於11/20消費NT$1,000，若非本人消費請洽信用卡背面客服電話。"
    assert "announced" not in codes(told(bank, Announcements(), sender="68017"))
    assert "announced" in codes(told(bank, standing(BANK, CARD, sender="68017"), sender="68017"))


@pytest.mark.parametrize(
    ("address", "verdict"),
    [
        ("https://twwater-pay.cc/e/77", "fraud"),
        ("https://bit.ly/3xYz", "suspicious"),
        ("https://water.gov.tw.evil.top/e/77", "fraud"),
        ("https://www.water.gov.tw@evil.top/e/77", "fraud"),
    ],
)
@pytest.mark.parametrize("sender", ["111", "0912345678", None])
def test_with_another_address_it_is_a_forgery(address: str, verdict: str, sender: str | None) -> None:
    text = COPY.replace("https://www.water.gov.tw/e/77", address)
    outcome = told(text, WATERS, sender=sender)
    assert outcome.decision.verdict == verdict
    assert "announced_link_differs" in codes(outcome)
    assert "announced" not in codes(outcome)


@pytest.mark.parametrize(
    "address",
    ["https://ebill.water.gov.tw/e/77", "https://www.taipower.com.tw/e/77", "https://lineforbusiness.com/"],
)
def test_an_address_somebody_else_owns_is_neither(address: str) -> None:
    """Not announced, so nothing speaks for it; nobody's imitation, so the announcement does not speak against it."""
    text = COPY.replace("https://www.water.gov.tw/e/77", address)
    assert "announced" not in codes(told(text, WATERS))
    owned = address != "https://lineforbusiness.com/"
    assert ("announced_link_differs" in codes(told(text, WATERS))) is not owned


@pytest.mark.parametrize(
    "text",
    [
        COPY.replace("王小明", "王小明加賴abc12345"),
        COPY.replace("王小明", "請打0912345678"),
        COPY.replace("王小明", "匯到0081234567890123"),
        COPY.replace("王小明", "王" * 21),
        COPY.replace("11/20", "今天"),
        COPY.replace("https://www.water.gov.tw/e/77", ""),
        COPY + " 或 https://www.water.gov.tw.evil.top",
        COPY + "請回覆驗證碼",
        COPY.replace("查看", "繳費"),
    ],
)
def test_what_differs_is_not_announced(text: str) -> None:
    assert "announced" not in codes(told(text, WATERS))


@pytest.mark.parametrize("sender", ["0912345678", "+85260000000", "Water", "0800000123", "68017", "1-1-1"])
def test_another_sender_is_not_announced(sender: str) -> None:
    assert "announced" not in codes(told(COPY, WATERS, sender=sender))


def test_another_app_is_not_announced() -> None:
    assert "announced" not in codes(told(COPY, WATERS, app="imessage"))


def test_the_sender_is_asked_for_when_it_decides() -> None:
    outcome = told(COPY, WATERS, sender=None, last3=None, app=None)
    assert (outcome.decision.verdict, "sender" in outcome.asks) == ("unknown", True)
    assert "announced_unchecked" in codes(outcome)


def test_the_marks_of_111_are_still_asked_for() -> None:
    assert told(COPY, WATERS, last3="999").decision.verdict == "suspicious"
    assert told(COPY.removeprefix("123"), WATERS).decision.verdict == "suspicious"
    unchecked = told(COPY, WATERS, last3=None)
    assert (unchecked.decision.verdict, unchecked.asks) == ("official", ("receiver_last3",))


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (AT - timedelta(seconds=1), False),
        (AT, True),
        (AT + timedelta(days=14, seconds=-1), True),
        (AT + timedelta(days=14), False),
    ],
)
def test_it_holds_from_then_till_then(at: datetime, counts: bool) -> None:
    assert ("announced" in codes(told(COPY, WATERS, at=at))) is counts


def test_the_model_does_not_judge_words_that_officers_read() -> None:
    """Wording that reads like fraud to the model, in words that two officers approved."""
    text = "【台電】請用戶於{date}前登入官網帳戶更新聯絡資料並完成身分認證，逾期將暫停電子帳單服務。"
    copy = "123【台電】請用戶於11/30前登入官網帳戶更新聯絡資料並完成身分認證，逾期將暫停電子帳單服務。"
    for sender in ("111", None):
        assert told(copy, standing(POWER, text), sender=sender).judged_by == "rules"


def test_bad_signs_still_stand_beside_it() -> None:
    """An announcement approved before the rules knew better makes nothing official."""
    demand = "【台電】電費已逾期，請匯款至帳戶{digits}，否則斷電，請盡速處理，謝謝您的配合。"
    copy = "123【台電】電費已逾期，請匯款至帳戶123，否則斷電，請盡速處理，謝謝您的配合。"
    assert told(copy, standing(POWER, demand)).decision.verdict != "official"


def test_an_address_that_is_the_organisations_no_more_is_not_official() -> None:
    """Whatever was approved: the registry of the check's own moment decides."""
    announced = standing(WATER, EBILL, domains=("water.gov.tw", "twwater-pay.cc"))
    text = COPY.replace("https://www.water.gov.tw/e/77", "https://twwater-pay.cc/e/77")
    outcome = told(text, announced)
    assert outcome.decision.verdict == "fraud"
    assert "announced" not in codes(outcome)


def refused(organisation: str, **told: Any) -> str:
    change = Change(("announcement", organisation, "an_1"), "add", values(**told))
    with pytest.raises(NotAllowed) as error:
        refusal_of_announcement(change, directory(), AT)
    return error.value.code


@pytest.mark.parametrize(
    ("organisation", "told", "code"),
    [
        ("no-such-organisation", {"text": OUTAGE}, "no_such_organisation"),
        (POWER, {"text": "{any}"}, "too_little_fixed_text"),
        (POWER, {"text": OUTAGE, "sender": "68017"}, "sender_not_own"),
        (POWER, {"text": OUTAGE, "sender": "0912345678"}, "sender_not_own"),
        (BANK, {"text": CARD}, "sender_not_own"),
        (WATER, {"text": OUTAGE}, "does_not_name_organisation"),
        (WATER, {"text": EBILL}, "link_not_announced"),
        (WATER, {"text": EBILL, "domains": ("water.gov.tw", "evil.top")}, "domain_not_own"),
        (WATER, {"text": EBILL, "domains": ("water.gov.tw", "taipower.com.tw")}, "domain_not_own"),
        (WATER, {"text": EBILL, "domains": ("water.gov.tw", "gov.tw")}, "domain_not_own"),
        (WATER, {"text": EBILL, "domains": ("water.gov.tw", "www.water.gov.tw")}, "domain_not_own"),
        (
            WATER,
            {"text": EBILL.replace("www.water.gov.tw", "bit.ly"), "domains": ("bit.ly",)},
            "domain_not_own",
        ),
        (POWER, {"text": OUTAGE, "domains": ("taipower.com.tw",)}, "no_link_in_text"),
        (POWER, {"text": OUTAGE, "ends_at": AT.isoformat()}, "times_do_not_fit"),
        (POWER, {"text": OUTAGE, "ends_at": (AT + timedelta(days=93)).isoformat()}, "times_do_not_fit"),
        (
            POWER,
            {"text": OUTAGE, "starts_at": "2026-11-01T00:00:00Z", "ends_at": "2026-11-22T06:00:00Z"},
            "over",
        ),
        (POWER, {"text": OUTAGE + "請匯款至帳戶0081234567890123"}, "signs_speak_against"),
        (POWER, {"text": OUTAGE + "詳情加賴 cash777x"}, "signs_speak_against"),
        (POWER, {"text": OUTAGE + "請回傳驗證碼給我"}, "signs_speak_against"),
        (POWER, {"text": OUTAGE + "請洽 0922-333-444"}, "signs_speak_against"),
    ],
)
def test_what_no_two_officers_may_announce(organisation: str, told: dict[str, Any], code: str) -> None:
    assert refused(organisation, **told) == code


@pytest.mark.parametrize(
    ("organisation", "told"),
    [
        (WATER, {"text": EBILL, "domains": ("water.gov.tw",)}),
        (WATER, {"text": EBILL, "domains": ("water.gov.tw", "ebill.water.gov.tw")}),
        (POWER, {"text": OUTAGE}),
        (POWER, {"text": "{digits}" + OUTAGE}),
        (BANK, {"text": CARD, "sender": "68017"}),
    ],
)
def test_what_may_be_announced_is_judged_official(organisation: str, told: dict[str, Any]) -> None:
    change = Change(("announcement", organisation, "an_1"), "add", values(**told))
    refusal_of_announcement(change, directory(), AT)
    assert judged_sample(change, directory())[1].decision.verdict == "official"
