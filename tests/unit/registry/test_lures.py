"""Lures that words give away, what organisations never do, and warnings that only quote them."""

import pytest

from services.registry.wording.model import NO_MODEL
from tests.unit.registry.shipped import codes, judged


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("代寄物流通知：您的包裹已到店，代收1,299元，單號7M20193348", "ghost_parcel"),
        ("柬埔寨客服打字員 高薪 包機票包吃住 加賴 kk8866", "overseas_job"),
        ("在家兼職 日領三千 免經驗 加LINE https://line.me/ti/p/~job8866", "easy_money"),
        ("免聯徵 瑕疵可 當日撥款 來電洽詢", "loan_without_check"),
        ("跟著老師操作，保證獲利，日收2%", "sure_profit"),
        ("請備妥卡片背面末三碼後來電，以便取消交易", "asks_secrets"),
        ("附件為您的薪資單，若打不開請啟用巨集", "attachment"),
        ("環保局：您亂丟垃圾的罰款請匯到 700-00211450339871，備註姓名", "office_account"),
        ("浪浪沒飯吃了 愛心捐款 轉到 700-00314410552917 戶名陳O珠", "private_donation"),
        ("本案偵查中，筆錄做完前不可告知家人，否則以串證論處", "secret_investigation"),
        ("宅配通：貨件已到，請查收 http://203.0.113.77/tw7", "numbered_host"),
        ("3,965點今晚24:00到期 換禮 twmbonus.club", "points_by_link"),
        ("【台灣電力公司】電費逾期，請至 https://reurl.cc/abc 繳清", "utility_link"),
        ("【監理服務網】您有罰單未繳 https://reurl.cc/abc1", "vehicle_link"),
        ("遠通電收：您有通行費40元逾期未繳，請盡速繳納", "etc_without_plate"),
        ("【國太世華銀行】您的帳戶需要更新", "misspelt_name"),
    ],
)
def test_a_lure_is_seen(text: str, code: str) -> None:
    assert code in codes(judged(text))


@pytest.mark.parametrize(
    "text",
    [
        "【反詐宣導】看到「免聯徵、保證獲利、日領三千」都是詐騙，請撥165",
        "銀行不會要您提供卡片背面末三碼，請小心詐騙",
        "外交部提醒：赴柬埔寨高薪工作、包機票都是警訊",
        "遠通電收：車號ABC-1234通行費12元逾期未繳，請至超商繳納",
        "【台灣電力公司】您的電費逾期，明細 https://www.taipower.com.tw/bill",
        "您的包裹單號 901877654321 已到全家安和店，請於三日內取貨",
        "世界展望會感謝您的捐款，收據已寄出",
    ],
)
def test_a_warning_and_an_honest_notice_are_no_lure(text: str) -> None:
    assert judged(text).decision.verdict not in ("suspicious", "fraud"), codes(judged(text))


def test_one_ghost_sign_alone_is_weak() -> None:
    outcome = judged("您的包裹單號7M20193348已到全家，取貨付款350元", model=NO_MODEL)
    assert outcome.decision.verdict == "unknown"
