"""What is reported in the demo: invented addresses, ids and numbers, and what people say of them. No real person."""

from dataclasses import dataclass
from random import Random

ENDINGS = ("top", "shop", "xyz", "vip", "online", "cc")


@dataclass(frozen=True)
class Matter:
    """A way of cheating: whom it plays, `{host}` in its message, what its reporter says, and the `lost` (or 0)."""

    name: str
    brand: str | None
    path: str
    message: str
    told: str
    lost: tuple[int, int] = (0, 0)


MATTERS = (
    Matter(
        "water-bill",
        "台灣自來水公司",
        "/pay",
        "【台灣自來水】您的水費逾期未繳，今日起將停止供水，請至 https://{host}/pay 繳納",
        "收到簡訊說水費逾期，點進去要輸入信用卡",
    ),
    Matter(
        "power-fee",
        "台灣電力公司",
        "/bill?id=8",
        "【台電】電費扣款失敗，請於24小時內至 https://{host}/bill 補繳，以免斷電",
        "網頁跟台電很像，要填卡號和驗證碼",
        (1200, 30_000),
    ),
    Matter(
        "parcel-post",
        "中華郵政",
        "/track",
        "【中華郵政】您的包裹地址不完整無法投遞，請更新 https://{host}/track",
        "我沒有寄包裹，連結要我付 15 元運費",
        (15, 12_000),
    ),
    Matter(
        "etag-toll",
        "遠通電收",
        "/etag",
        "【eTag】您有一筆通行費未繳，逾期將開罰，查詢 https://{host}/etag",
        "假的繳費網站，要輸入信用卡",
    ),
    Matter(
        "road-fine",
        "監理服務網",
        "/fine",
        "【監理站】您有一筆交通罰單未繳，請至 https://{host}/fine 繳納以免加罰",
        "監理站不會傳這種簡訊，朋友已經填了卡號",
        (3000, 45_000),
    ),
    Matter(
        "nhi-refund",
        "衛生福利部中央健康保險署",
        "/refund",
        "【健保署】您有一筆健保費溢繳可退，請至 https://{host}/refund 登記帳戶",
        "叫我填銀行帳號領退費",
    ),
    Matter(
        "invoice-prize",
        "財政部電子發票整合服務平台",
        "/prize",
        "恭喜您的雲端發票中獎，請至 https://{host}/prize 領取獎金",
        "說我中發票，要先付手續費",
        (500, 8_000),
    ),
    Matter(
        "seller-check",
        "蝦皮購物",
        "/verify",
        "買家無法下標，請至 https://{host}/verify 完成賣場認證",
        "假買家傳來的連結，說要簽三大保證協議",
        (9_000, 150_000),
    ),
    Matter(
        "momo-sale",
        "momo購物網",
        "/sale",
        "momo 週年慶清倉，名牌家電一折起 https://{host}/sale",
        "臉書廣告，價錢低得離譜，付款後沒有出貨",
        (890, 6_000),
    ),
    Matter(
        "bank-verify",
        "中國信託商業銀行",
        "/login",
        "您的網路銀行將於今日停用，請至 https://{host}/login 重新驗證",
        "假的網銀登入頁，我輸入了密碼",
        (20_000, 300_000),
    ),
    Matter(
        "stock-vip",
        None,
        "/app",
        "加入VIP投資群組，老師帶你跟單，下載APP https://{host}/app",
        "群組裡的人都說有賺，出金時要我先繳稅金",
        (50_000, 2_600_000),
    ),
    Matter(
        "coin-trade",
        None,
        "/register",
        "AI量化交易穩定獲利，註冊就送 50U https://{host}/register",
        "一開始可以領出來，後來帳號被鎖",
        (30_000, 900_000),
    ),
    Matter(
        "ticket-transfer",
        None,
        "/order",
        "演唱會搖滾區門票原價讓票，請至 https://{host}/order 下單",
        "付了訂金就被封鎖",
        (3_200, 9_600),
    ),
    Matter(
        "loan-fast",
        None,
        "/apply",
        "免聯徵免照會，10萬元當日撥款 https://{host}/apply",
        "要我先匯保證金才放款",
        (5_000, 60_000),
    ),
)
WHY_APPEAL = (
    "這是我們公司的網站，主機上個月被駭，已經清乾淨，附上處理紀錄。",
    "網域是我新買的，前一個使用者的事跟我無關。",
    "這個帳號是我在用的，被人冒名檢舉。",
)
# Whose own people report it: the name in a matter, and the registry's id.
MERCHANTS = {
    "台灣自來水公司": "taiwan-water-corporation",
    "中華郵政": "chunghwa-post",
    "蝦皮購物": "shopee-taiwan",
    "momo購物網": "momo",
}
NAMES = ("示範甲", "示範乙", "示範丙", "示範丁")


def host_of(matter: Matter, number: int) -> str:
    """`water-bill-demo17.top`: nobody's, and told apart by its number."""
    return f"{matter.name}-demo{number}.{ENDINGS[number % len(ENDINGS)]}"


def lost(matter: Matter, rng: Random) -> int | None:
    """What somebody lost, None for most."""
    if matter.lost[1] == 0 or rng.random() < 0.55:
        return None
    amount = rng.uniform(*matter.lost)
    step = 1000 if amount > 10_000 else 10 if amount > 100 else 1
    return max(1, round(amount / step)) * step


def message_subject(kind: str, matter: Matter, number: int) -> str:
    """What a report of this kind is about."""
    if kind in {"sms", "ad"}:
        return matter.message.format(host=message_target(kind, matter, number))
    return message_target(kind, matter, number)


def message_target(kind: str, matter: Matter, number: int) -> str:
    """What of it comes on the list."""
    return {
        "sms": host_of(matter, number),
        "ad": f"ad-{host_of(matter, number)}",
        "line_id": f"demo-{matter.name}-{number}",
        "phone": f"0900-{number // 1000:03d}-{number % 1000:03d}",
        "account": f"0000{number:08d}",
    }[kind]
