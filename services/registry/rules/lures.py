"""Known lures that words alone give away: each a few signs that only fraud puts together."""

import re
from collections.abc import Iterator

from lianfang.text.defang import defang
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts
from services.registry.reading import Message
from services.registry.rules.asks import is_public_warning, is_warning
from services.registry.rules.lists import mask_account

SOURCE = "domain.md 9"
_GHOST = (
    re.compile(r"配編"),
    re.compile(r"(?<![a-z0-9])7(?:3)?[nm]\d{3}"),
    re.compile(r"代寄|非賣家|報關行|[xo]{2}物流|運通"),
)
_ON_DELIVERY = re.compile(r"代收|貨到付款|取貨付款|到付")
_GHOST_PRICE = re.compile(r"(?<![\d,])(?:999|1,?[0-8]\d{2})(?:元|塊|\s|$|[,，。])")
_OVERSEAS = re.compile(r"柬埔寨|緬甸|寮國|杜拜|kk園區|西港|妙瓦底|菲律賓")
_OVERSEAS_PAY = re.compile(r"包(?:機票|吃住|住宿|食宿|辦)|免費機票|護照|月薪\s?(?:usd|\d)|高薪|打字|客服")
_EASY_PAY = re.compile(
    r"日[領結薪]|日入|每[單件則]\d|點讚|按讚|評論員|刷單|傭金|佣金|在家(?:工作|上班|做|兼職|可做|就能)|動動手指|"
    r"每[日天](?:只要?|收入|\d{1,4}分鐘)|\d{1,4}分鐘[^。\n]{0,6}收入"
)
_NO_CREDIT = re.compile(
    r"(?:免|不看|不查|無需|不需)聯徵|(?:信用)?瑕疵(?:可|也可|都可|ok)|警示戶(?:可|也可)|(?:免|無需)照會|(?:免|無需)保人|"
    r"強制執行(?:可|也可)|no credit check"
)
_SURE_PROFIT = re.compile(
    r"(?:日|天|週|周)(?:收|息|利|化|回報|收益|報酬)[^。\n]{0,4}\d{1,4}(?:\.\d{1,2})?\s?%|穩賺不賠|保證(?:獲利|出金|回本)|零風險|包賺|保本保息|"
    r"(?:翻倍|翻\d{1,4}倍)(?:計[畫劃]|獲利|賺)|guaranteed (?:daily )?(?:profit|return)s?|\d{1,4}% (?:daily|per day|a day)"
)
_SECRETS = re.compile(
    r"(?:備妥|提供|告知|告訴|回報|報上|輸入|填寫|說出|唸出|拍照|回傳|給)[^。!?\n]{0,12}"
    r"(?:(?:背面|後面)(?:的)?(?:末|後)?[三3]碼|安全碼|cvv|提款卡密碼|提款密碼|金融卡密碼|網銀(?:帳號|密碼|代號))"
)
_ATTACHMENT = re.compile(
    r"啟用(?:內容|巨集)|(?:關閉|停用)(?:防毒|保護)|防毒軟體[^。\n]{0,8}(?:阻擋|關閉)|\.(?:iso|scr|exe|apk|vbs|lnk)(?![a-z0-9])|"
    r"(?:disable|turn off) (?:your )?(?:antivirus|protection)|enable (?:content|macros)"
)
_OFFICE = re.compile(
    r"稽查|環保局|警察|分局|法院|地檢|檢察|國稅局|健保署|監理|海關|移民署|勞保局|社會局|調查局|執行署|165|公文|罰款|罰鍰|案件"
)
_TRANSFER = re.compile(r"匯|轉帳|轉到|轉入|存入|繳到|入帳到")
_PRIVATE_HOLDER = re.compile(
    r"戶名[:：]?[\u3400-\u9fff][○o0＊*x〇.]|不開收據|私人帳[戶號]|我的帳[戶號]|個人帳[戶號]"
)
_SEES_NUMBERED_HOST = frozenset(
    {"parcel", "debt", "verify", "account_trouble", "points", "claim_now", "handout", "prize"}
)
_STAFF = re.compile(r"客服|專員|銀行|工程師|官方|support team|customer service")
_AT_ATM = re.compile(r"atm|提款機|櫃員機|無卡")
_STICKERS = re.compile(r"免費貼圖|貼圖(?:免費|無限|下載)|free stickers?")
_POINTS_END = re.compile(r"清零|到期|失效|歸零|作廢|過期|expire")


def _reachable(message: Message) -> bool:
    """Whether it wants to be answered in private: an id, a messenger's link or one that hides its target."""
    return bool(message.line_ids or message.telegrams) or any(
        link.shared == "messenger" or link.hides_target for link in message.links
    )


def _said(pattern: re.Pattern[str], message: Message) -> bool:
    return any(not is_warning(message.plain, match.start()) for match in pattern.finditer(message.plain))


def ghost_parcel(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Parcels nobody ordered, paid on pick-up: two of the clerks' signs; one may also be an honest parcel."""
    signs = sum(pattern.search(message.plain) is not None for pattern in _GHOST)
    if not signs or _ON_DELIVERY.search(message.plain) is None:
        return
    priced = _GHOST_PRICE.search(message.plain) is not None
    severity = Severity.STRONG if signs + priced > 1 else Severity.WEAK
    yield Evidence("ghost_parcel", severity, {}, "ltn 5156917")


def overseas_job(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Well-paid work in the countries of the scam compounds."""
    if is_public_warning(message) or "easy_job" not in message.cues:
        return
    if _said(_OVERSEAS, message) and _OVERSEAS_PAY.search(message.plain):
        yield Evidence("overseas_job", Severity.STRONG, {}, SOURCE)


def easy_money(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Money by the day for next to nothing, through a private contact."""
    if "easy_job" in message.cues and _said(_EASY_PAY, message) and _reachable(message):
        yield Evidence("easy_money", Severity.STRONG, {}, SOURCE)


def loan_without_check(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """No lender under supervision lends without looking."""
    if "loan_offer" in message.cues and _said(_NO_CREDIT, message):
        yield Evidence("loan_without_check", Severity.STRONG, {}, SOURCE)


def sure_profit(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Profit without risk, or a per cent a day."""
    if not is_public_warning(message) and _said(_SURE_PROFIT, message):
        yield Evidence("sure_profit", Severity.STRONG, {}, SOURCE)


def wants_secrets(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """The three digits on the back, the PIN of a card, the bank's password: nobody honest asks for them."""
    if _said(_SECRETS, message):
        yield Evidence("asks_secrets", Severity.STRONG, {}, SOURCE)


def attachment(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """A file that only runs when protection is turned off, or that is a program."""
    if not is_public_warning(message) and _said(_ATTACHMENT, message):
        yield Evidence("attachment", Severity.STRONG, {}, SOURCE)


def office_account(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """An office that wants a fine or deposit transferred to an account written in the message."""
    asks = _TRANSFER.search(message.plain) is not None
    if message.accounts and asks and _said(_OFFICE, message) and "law" in message.cues | _debts(message):
        what = {"what": mask_account(message.accounts[0])}
        yield Evidence("office_account", Severity.STRONG, what, SOURCE)


def _debts(message: Message) -> frozenset[str]:
    return frozenset({"law"}) if "debt" in message.cues else frozenset()


def private_donation(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Donations to somebody's private account."""
    if "charity" in message.cues and message.accounts and _PRIVATE_HOLDER.search(message.plain):
        what = {"what": mask_account(message.accounts[0])}
        yield Evidence("private_donation", Severity.STRONG, what, SOURCE)


def secret_investigation(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Police or prosecutors that want it kept from the family."""
    if {"law", "secrecy"} <= message.cues and not (
        is_public_warning(message) or "never_tell" in message.cues
    ):
        yield Evidence("secret_investigation", Severity.STRONG, {}, SOURCE)


def numbered_host(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """A parcel, bill or account that is to be seen at an address of mere numbers."""
    for link in message.links:
        if link.address.is_ip and message.cues & _SEES_NUMBERED_HOST:
            yield Evidence("numbered_host", Severity.STRONG, {"address": defang(link.address.host)}, SOURCE)
            return


def points_by_link(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Points that end today, to be exchanged at an address nobody knows."""
    if "points" not in message.cues or _POINTS_END.search(message.plain) is None:
        return
    for link in message.links:
        if link.is_foreign:
            yield Evidence("points_by_link", Severity.WEAK, {"address": defang(link.shown())}, SOURCE)
            return


def remote_control(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Staff of a bank or shop that want to see or steer the screen."""
    service = message.cues & {"instalment", "handout", "account_trouble", "withdrawal", "law"}
    staff = message.speakers or _STAFF.search(message.plain) is not None
    warned = is_public_warning(message) or "never_tell" in message.cues
    if "remote_control" in message.cues and (service or staff) and not warned:
        yield Evidence("remote_control", Severity.STRONG, {}, SOURCE)


def cancel_at_atm(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Nothing is ever cancelled or verified at a cash machine."""
    if (
        {"go_atm", "instalment"} <= message.cues
        and _said(_AT_ATM, message)
        and not is_public_warning(message)
    ):
        yield Evidence("cancel_at_atm", Severity.STRONG, {}, SOURCE)


def sticker_link(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Free LINE stickers from an address that is not LINE's."""
    if _STICKERS.search(message.plain) is None:
        return
    for link in message.links:
        if link.is_foreign:
            yield Evidence("sticker_link", Severity.STRONG, {"address": defang(link.shown())}, SOURCE)
            return
