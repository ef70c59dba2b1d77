"""Messages dressed as the government's: only the exact format is official, and nothing bad may stand beside."""

import pytest

from tests.unit.registry.shipped import codes, judged

CARD = "【482 健保署】您的健保卡已換發完成，請至原申請處領取"


@pytest.mark.parametrize(
    "text",
    [
        "482內政部警政署 案件偵查不公開，請將存款匯到監管帳戶 808-000123456789",
        "482健保署 保費逾期，請至 https://nhi-fee.top 補繳",
        "482財政部 退稅款待領，請點 https://reurl.cc/ab12cd 登錄帳戶",
        "482交通部公路局 紅單未繳，請加LINE road5566 處理",
        "482內政部 普發現金請輸入信用卡 https://forms.gle/abcd",
        "482數位發展部 請由 https://drive.google.com/file 下載安裝",
        "482勞動部 申請補助請聯絡 Telegram：@labor_help01",
        "482健保署 請回覆驗證碼完成換卡",
        "482衛生福利部 請提供身分證字號與卡號",
        "【482 台灣電力公司】退費請匯保證金到 700-00012345678901",
    ],
)
def test_a_forgery_with_all_marks_is_not_official(text: str) -> None:
    assert judged(text, sender="111", last3="482", app="sms").decision.verdict != "official"


@pytest.mark.parametrize(
    "text",
    [
        "482 我是壞人 衛生福利部",
        "健保署 482 換卡通知",
        "482 財政部冒牌公司 退稅通知",
        "482 全民投資協會 領取通知",
        "482 某某銀行 帳單通知",
    ],
)
def test_the_agency_stands_right_behind_the_digits(text: str) -> None:
    assert judged(text, sender="111", last3="482").decision.verdict != "official"


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        "482健保署：您的健保卡已換發完成",
        "【482 板橋區公所】清溝通知",
        "482【桃園市政府社會局】津貼已核定",
        "[482 士林地方檢察署] 開庭通知",
        "482 內政部 提醒您：警察不會要求匯款",
        "【482 勞保局】給付明細請至 https://www.bli.gov.tw 查詢",
    ],
)
def test_the_genuine_format_is_official(text: str) -> None:
    assert judged(text, sender="111", last3="482", app="sms").decision.verdict == "official"


@pytest.mark.parametrize("sender", ["1-1-1", "①①①", "111#", "111.", "\u202e111", "1 1 1", "(111)"])
def test_only_the_plain_digits_are_111(sender: str) -> None:
    outcome = judged(CARD, sender=sender, last3="482")
    assert outcome.decision.verdict == "unknown"
    assert "unclear_sender" in codes(outcome)
    assert "sender" in outcome.asks


@pytest.mark.parametrize("sender", ["111", " 111 ", "１１１"])
def test_111_however_wide(sender: str) -> None:
    assert judged(CARD, sender=sender, last3="482").decision.verdict == "official"


@pytest.mark.parametrize(
    "text",
    [
        "我收到111傳的簡訊：482健保署 提醒您換卡",
        "今天收到一封簡訊 482 健保署 提醒您換卡",
        "I got an SMS from 111: '482 Ministry of Labor reminder'",
    ],
)
def test_a_message_told_in_own_words_proves_nothing_either_way(text: str) -> None:
    outcome = judged(text, sender="111")
    assert (outcome.decision.verdict, codes(outcome)) == ("unknown", {"marks_retold"})
    assert judged(text, sender="111", last3="482").decision.verdict == "unknown"


def test_what_is_told_of_is_asked_for() -> None:
    assert judged("我收到一則簡訊：482健保署 提醒您換卡").asks == ("sender", "receiver_last3")


def test_words_of_fake_police_but_not_the_warning_against_them() -> None:
    text = "檢察官指示本案偵查不公開，存款須移入監管帳戶"
    assert judged(text).decision.verdict == "suspicious"
    assert judged("警方呼籲：檢警絕不會說偵查不公開或要求監管帳戶").decision.verdict == "unknown"
    warned = "482內政部警政署 謹防詐騙。請把錢存入監管帳戶"
    assert judged(warned, sender="111", last3="482").decision.verdict != "official"


def test_marks_that_hold_are_not_told_beside_suspicion() -> None:
    outcome = judged("482財政部 退稅請點 https://bit.ly/3xy 登錄帳戶", sender="111", last3="482")
    assert outcome.decision.verdict == "suspicious"
    assert "marks_hold" not in codes(outcome)


def test_an_authority_known_only_by_its_form_is_not_quoted() -> None:
    outcome = judged("【482 板橋區公所】清溝通知", sender="111", last3="482")
    assert [dict(sign.params) for sign in outcome.decision.reasons] == [{}]
