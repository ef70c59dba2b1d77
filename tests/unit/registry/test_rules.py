"""Each rule on messages made up for it: what it must see, and what it must leave alone."""

import pytest

from services.registry.directory import ListState
from services.registry.facts import Hit
from tests.unit.registry.shipped import TODAY, codes, judged


@pytest.mark.parametrize(
    ("text", "sender", "app", "verdict", "code"),
    [
        (
            "【台灣自來水】貴戶水費逾期412元，請至 https://twwater-pay.cc/x 繳納",
            None,
            None,
            "fraud",
            "foreign_address_proven",
        ),
        (
            "【國泰世華】您的帳戶異常，請至 https://secure-cube.info 登入",
            None,
            None,
            "suspicious",
            "foreign_address",
        ),
        ("台電通知：您有電費未繳，請儘速處理", "0800-000-123", "sms", "fraud", "impossible_sender"),
        ("台電通知：您有電費未繳，請儘速處理", "02-2366-0000", "sms", "fraud", "impossible_sender"),
        ("台電通知：您有電費未繳，請儘速處理", "0800-000-123", None, "suspicious", "odd_sender"),
        (
            "【玉山銀行】您的帳戶已鎖定，請來電",
            "+852 6000 1111",
            "sms",
            "suspicious",
            "foreign_sender",
        ),
        ("【健保署】您的健保卡即將失效", "someone@icloud.com", "imessage", "suspicious", "wrong_app"),
        ("【勞保局】您的補助已核定", "111", "sms", "suspicious", "marks_no_last3"),
        ("【123】恭喜您獲得補助", "111", "sms", "suspicious", "marks_no_agency"),
        (
            "【482 健保署】您的健保卡即將到期",
            "0912000111",
            "sms",
            "suspicious",
            "marks_in_words",
        ),
        (
            "您的包裹運費未繳，今日將退回 https://reurl.cc/abcd12",
            None,
            "sms",
            "suspicious",
            "asks_money_short_link",
        ),
        (
            "帳戶異常，請立即驗證身分 https://bit.ly/3abcd",
            None,
            "sms",
            "suspicious",
            "asks_identity_short_link",
        ),
        (
            "補助申請請填寫卡號及背面三碼 https://forms.gle/abcd",
            None,
            "line",
            "suspicious",
            "asks_secrets_by_link",
        ),
        ("我手機壞了，你等一下把收到的驗證碼傳給我", None, "line", "suspicious", "asks_otp"),
        ("Please send me the verification code you just got", None, "sms", "suspicious", "asks_otp"),
        (
            "金管會通知：您的帳戶遭警示，請加LINE ID：fsc8899 處理",
            None,
            "sms",
            "suspicious",
            "personal_line_id",
        ),
        ("領取 https://www.post.gov.tw.parcel-tw.top/a", None, "sms", "suspicious", "lookalike_gov"),
    ],
)
def test_a_sign_is_seen(text: str, sender: str | None, app: str | None, verdict: str, code: str) -> None:
    outcome = judged(text, sender=sender, app=app)
    assert (outcome.decision.verdict, code in codes(outcome)) == (verdict, True), codes(outcome)


@pytest.mark.parametrize(
    ("text", "sender", "app"),
    [
        ("【玉山銀行】您的信用卡消費NT$320，如有疑問請洽卡片背面電話", None, "sms"),
        ("【momo購物】您的訂單已出貨 https://momo.dm/abc", None, "sms"),
        ("XX髮廊週年慶，點我預約 https://reurl.cc/abc1", None, "sms"),
        ("您的驗證碼是 123456，請勿提供給任何人，也不要回覆此簡訊", "+14155550100", "sms"),
        ("本行不會要求您提供驗證碼，謹防詐騙", None, "sms"),
        ("台電：明年電費不漲 https://www.example-news.com/a/1", None, "line"),
        ("玉山今天下雪了，照片在這 https://photos.example.com/a", None, "line"),
        ("Sale ends today! Visit our shop", "ShopName", "sms"),
        ("媽，晚上幾點回來吃飯", "0912000222", "sms"),
        ("【中華電信】帳單已出 https://cht.tw/x/abc", "+886 912 000 111", "sms"),
    ],
)
def test_ordinary_messages_are_left_alone(text: str, sender: str | None, app: str | None) -> None:
    outcome = judged(text, sender=sender, app=app)
    assert outcome.decision.verdict in ("unknown", "official"), codes(outcome)


def test_the_three_marks_together_are_official_and_the_wrong_digits_are_not() -> None:
    text = "【482 勞保局】您的給付已核定，詳見 https://www.bli.gov.tw"
    assert judged(text, sender="111", last3="482", app="sms").decision.verdict == "official"
    assert judged(text, sender="111", last3="111", app="sms").decision.verdict == "suspicious"
    unchecked = judged(text, sender="111", app="sms")
    assert unchecked.decision.verdict == "unknown"
    assert "receiver_last3" in unchecked.asks


def test_three_marks_with_a_foreign_link_are_not_official() -> None:
    text = "【482 監理服務網】您有罰單未繳，請至 https://mvdis-pay.top 繳納"
    assert judged(text, sender="111", last3="482", app="sms").decision.verdict == "fraud"


def test_a_bare_official_address_is_official_and_shared_hosts_are_not() -> None:
    assert judged("https://www.water.gov.tw/").decision.verdict == "official"
    assert judged("www.esunbank.com 是真的嗎").decision.verdict == "official"
    for shared in ("https://docs.google.com/forms/x", "https://lin.ee/abcd", "https://m.facebook.com/x"):
        assert judged(shared).decision.verdict == "unknown"


def test_a_published_short_code_counts_only_for_its_owner() -> None:
    text = "【兆豐銀行】您尾碼1234帳戶轉出NT$100"
    assert judged(text, sender="68017", app="sms").decision.verdict == "official"
    assert judged(text, sender="68822", app="sms").decision.verdict == "unknown"
    assert judged("【台新銀行】您好", sender="68017", app="sms").decision.verdict == "unknown"


def test_listed_indicators_prove_fraud_however_they_are_written() -> None:
    hit = Hit("host", "evil-shop.top", "165-sites", TODAY)
    for text in ("hxxps://evil-shop[.]top/a", "ＷＷＷ．evil-shop．top", "m.evil-shop.top", "EVIL-SHOP.TOP"):
        outcome = judged(text, hits={("host", "evil-shop.top"): hit})
        assert outcome.decision.verdict == "fraud", text
        assert outcome.decision.reasons[0].params["until"] == "11/22"


def test_nothing_listed_is_said_with_the_date_of_the_lists() -> None:
    outcome = judged("abc-shop.store", lists=(ListState("165-sites", TODAY.replace(year=2025)),))
    assert outcome.decision.verdict == "unknown"
    [reason] = outcome.decision.reasons
    assert (reason.code, reason.params["until"]) == ("not_listed", "2025/11/22")
    assert codes(judged("abc-shop.store")) == {"no_lists"}


def test_only_questions_that_could_change_the_verdict_are_asked() -> None:
    assert "sender" in judged("【台電】您的電費已逾期，請儘速繳納").asks
    assert judged("【台灣自來水】請繳費 https://twwater-pay.cc").asks == ()
    assert judged("abc-shop.store").asks == ()
    assert judged("電費通知 0800開頭傳來的簡訊在這裡給你看看", sender="0800-000-111").asks == ("app",)
    assert "sender" not in judged("【台電】您的電費已逾期，請儘速繳納", app="line").asks


def test_nothing_shown_can_be_tapped_or_names_a_private_number() -> None:
    outcome = judged("【台灣自來水】請至 https://twwater-pay.cc/x 繳費", sender="+852 6000 1234", app="sms")
    for sign in outcome.decision.reasons:
        assert "twwater-pay.cc" not in sign.params.get("address", "")
        assert "60001234" not in "".join(sign.params.values())


@pytest.mark.parametrize(
    "text",
    ["，" * 5000, "\ud800abc\udfff", "😀" * 300, "https://a.b/" * 400, "a." * 2500, "【" * 5000, "1" * 5000],
)
def test_hostile_texts_get_a_verdict(text: str) -> None:
    assert judged(text, sender="\ud800" * 50).decision.verdict in ("unknown", "suspicious")
