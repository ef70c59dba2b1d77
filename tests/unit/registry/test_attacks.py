"""What an attacker tried against the verdicts: forged formats, hidden lures, the innocent accused."""

import pytest

from tests.unit.registry.shipped import codes, judged

ATM = "您的訂單因工作人員疏失誤設為批發商，將連續扣款12期，請操作ATM解除分期付款設定"
CODE = "請把收到的驗證碼傳給我"
MEETING = "會議紀錄如下，請各位同仁參閱，下次會議時間為下週三下午兩點，地點在三樓會議室，請準時出席，謝謝大家的配合。"


@pytest.mark.parametrize(
    "text",
    [
        "678台電：逾期斷電，請匯入玉山銀行帳戶",
        "678地檢署通知：台端涉及案件請撥打0223456789與王檢察官聯絡 勿告知家人",
        "【678】【數位發展部】請立刻打電話給我0912345678",
        "678數位發展部：媽我手機壞了這是新號碼",
        "678國泰世華部：您的卡片遭盜刷，請回電0912345678",
        "678賭場處",
        "678數位發展部：領取普發現金請上 10000-gov，tw",
    ],
)
def test_all_marks_with_something_unfitting_are_not_official(text: str) -> None:
    assert judged(text, sender="111", last3="678", app="sms").decision.verdict != "official"


@pytest.mark.parametrize(
    "text",
    [
        "cathaybk.com.tw 提款卡密碼",
        "https://www.cathaybk.com.tw 刷5000",
        "cathaybk.com.tw 0912345678",
        "gov.tw/ 請匯款",
        "https://www.esunbank.com/go?u=https%3A%2F%2Fevil.top",
        "tw.bid.yahoo.com/evil",
    ],
)
def test_an_official_address_with_anything_but_a_question_is_not_official(text: str) -> None:
    assert judged(text).decision.verdict != "official"


@pytest.mark.parametrize(
    "text",
    [
        f"訊息內容 {ATM}",
        f"這是系統訊息 {ATM}",
        f"我收到簡訊：{ATM}",
        f"This is an automated message: {ATM}",
        ATM + MEETING,
        MEETING * 6 + ATM + MEETING * 6,
        "*".join(ATM),
        "\n".join(ATM),
        " ".join(CODE),
        "|".join(CODE),
        "防詐中心提醒您：為避免詐騙，請將存款轉入國家安全帳戶",
        "絕不是詐騙！免聯徵免照會 當天撥款 信用瑕疵可",
        "不會騙你 保證獲利 每天收益3% 穩賺不賠",
        "要求你提供驗證碼給客服",
        "請下載AnyDesk讓客服協助您退款",
    ],
)
def test_a_hidden_lure_is_seen(text: str) -> None:
    assert judged(text).decision.verdict in ("suspicious", "fraud"), codes(judged(text))


@pytest.mark.parametrize(
    "text",
    [
        "我剛剛在 little-cafe.store 買東西，這家可以信嗎",
        "little-cafe.store 這家是詐騙 騙了我三萬 大家不要買",
        "我要檢舉 little-cafe.store 是假網站",
        "is little-cafe.store a scam?",
        "請問這個賣家 @little_cafe 可以信嗎",
        "https://gov.kr 是韓國政府的嗎",
    ],
)
def test_a_question_or_an_accusation_judges_nobody(text: str) -> None:
    assert judged(text).decision.verdict == "unknown", codes(judged(text))
