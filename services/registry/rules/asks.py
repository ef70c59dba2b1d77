"""What the message wants: a code, money, identity; and through which link."""

import re
from collections.abc import Iterator

from lianfang.text.defang import defang
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts
from services.registry.reading import Message

_CODE = (
    r"(?:驗證碼|認證碼|確認碼|簡訊碼|動態密碼|一次性密碼|otp|(?:[46四六]|簡訊裡?的)\s?(?:位|碼)(?:數|數字|數碼)|"
    r"verification code|security code|one-time (?:code|password))"
)
_GIVE = (
    r"(?:回覆|回傳|回報|傳給|傳來|傳過來|傳我|轉傳|轉發|轉給|告訴|告知|提供|報給|念給|唸給|給我|給客服|截圖|"
    r"send|give|tell|forward|share|reply with)"
)
_TO_US = (
    r"(?:給我|傳給|傳來|傳過來|回傳|回覆|告訴我|告知客服|告知專員|提供給?(?:我|客服|專員|本|人員|對方)|"
    r"轉給|轉傳|報給|念給|唸給|截圖|傳我|to me|to us)"
)
_ASKS_CODE = (
    re.compile(rf"(?P<verb>{_GIVE})[^。！!？?\n]{{0,16}}{_CODE}"),
    re.compile(rf"{_CODE}[^。！!？?\n]{{0,14}}(?P<verb>{_TO_US})"),
)
_NOT = re.compile(
    r"(?:請勿|切勿|勿|不要|不可|不會|不得|不能|別|絕不|從不|不應|避免|無須|無需|不用|不需|防止|拒絕|若已|如已|若不慎|有人[^。]{0,4}要求你?您?|對方要求你?您?|假冒|"
    r"never|not|don't|won't)[^。！!？?\n請]{0,12}$"
)
_REPORTED = re.compile(r"(?:詐騙集團|詐騙|歹徒|假冒|佯稱|謹防|慎防|提醒您?|勿|切記)")
_WARNED = re.compile(
    r"(?<!不是)(?<!並非)(?<!絕非)詐騙|詐團|歹徒|假冒|佯稱|謹防|慎防|不會(?:要|請|叫|以|用|打|透過|主動|監管|派|收)|絕不會|勿信|話術|宣導|假檢警|假警察|防詐|反詐|聽到這|警訊|scam"
)
_GOES_ON = re.compile(
    r"請(?!勿|小心|注意|提高|立即掛|馬上掛|掛|撥|打|不要|多|洽|向|先查|務必小心)|務必|立即(?!掛|撥|報)|速"
)
_REASSURES = re.compile(r"(?:不是|絕非|並非|絕不是|不會|不|非)(?:詐騙|騙|假)|no scam|not a scam")
_PRESSES = re.compile(
    r"逾期|停權|拆[錶表]|斷[水電話]|停[水電話]|明[日天早]|凍結|停用|暫停|終止|強制|裁罰|今日|今天|今晚|本日|\d{1,4}\s?小時內|\d{1,4}\s?分鐘內|立即|立刻|盡速|儘速|盡快|儘快|限時|否則|最後|"
    r"失效|註銷|停止|鎖定|以免|到期|滯納|罰|"
    r"suspend|within \d{1,4} hours|immediately|expire|locked|overdue|final notice"
)
_MONEY = re.compile(
    r"繳費|繳納|補繳|繳清|繳款|欠費|欠繳|未繳|補款|罰鍰|罰款|罰單|滯納金|關稅|運費|通行費|停車費|保證金|手續費|解凍金|"
    r"overdue|unpaid|toll|customs fee|pay (?:now|the|your)"
)
_IDENTITY = re.compile(
    r"實名|核實|激活|"
    r"(?:身[分份]|帳[戶號]|賬[戶號]|裝置|資料|資訊|用戶|本人|重新|完成|進行|立即|儘速|盡速|請)[^。！!\n]{0,4}(?:驗證|認證)|"
    r"(?:驗證|認證)(?:身[分份]|帳[戶號]|資料|裝置|本人)|"
    r"解除(?:凍結|限制|鎖定|異常)|更新(?:個人|帳戶|付款|您的)?(?:資料|資訊|個資)|重新綁定|重新登入|綁定用戶|"
    r"帳[戶號][^。\n]{0,8}(?:異常|凍結|停用|鎖定|限制)|"
    r"verify your|confirm your (?:identity|account)|update your (?:account|payment)|"
    r"account (?:is|has been) (?:locked|suspended|limited)"
)
_SECRETS = re.compile(
    r"(?:輸入|填寫|填妥|填入|上傳|提供|補登|補填|填|登記|留下)[^。！!？?\n]{0,14}"
    r"(?:卡號|背面(?:末)?三碼|安全碼|cvv|提款卡|金融卡|雙證件|存摺|身[分份]證|網銀|帳號密碼|帳密|銀行帳[號戶]|信用卡資料)"
    r"|(?:卡號|雙證件|存摺|身[分份]證(?:字號|號碼|正反面)|金融卡資[訊料])[^。！!？?\n]{0,10}(?:輸入|填寫|上傳|補登|登錄|[:：])"
)
_OWN_ENDINGS = ("com.tw", "org.tw", "net.tw", "edu.tw", "gov.tw", "tw", "idv.tw", "game.tw")


def is_refusal(plain: str, start: int) -> bool:
    """Whether what stands at `start` is told not to be done."""
    return _NOT.search(plain[max(0, start - 14) : start]) is not None


def is_warning(plain: str, start: int) -> bool:
    """Whether what stands at `start` is warned against: told not to be done, or told of swindlers.

    A warning that goes on to ask for something is none: 為避免詐騙，請將存款轉入….
    """
    if is_refusal(plain, start):
        return True
    before = plain[max(0, start - 60) : start]
    ends = [warned.end() for warned in _WARNED.finditer(before)]
    return bool(ends) and _GOES_ON.search(before, ends[-1]) is None


def is_public_warning(message: Message) -> bool:
    """Whether it warns of swindlers and is not itself reassuring anybody that it is no swindle."""
    return "warns" in message.cues and _REASSURES.search(message.plain) is None


def asks_secrets(message: Message) -> bool:
    """Whether card, identity or account details are to be filled in somewhere."""
    return any(not is_warning(message.plain, match.start()) for match in _SECRETS.finditer(message.plain))


def asks_for_code(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Somebody wants a verification code handed over; warnings not to do so are no request."""
    for pattern in _ASKS_CODE:
        for match in pattern.finditer(message.plain):
            before = message.plain[max(0, match.start() - 14) : match.start("verb")]
            if _NOT.search(before) is None and _REPORTED.search(before) is None:
                yield Evidence("asks_otp", Severity.STRONG)
                return


def asks_through_link(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Money, identity or secrets wanted through a link that hides its target or whose owner nobody knows."""
    unowned = [link for link in message.links if not link.owners]
    if not unowned:
        return
    secrets = asks_secrets(message)
    presses = _PRESSES.search(message.plain) is not None
    money = presses and _MONEY.search(message.plain) is not None
    identity = presses and _IDENTITY.search(message.plain) is not None
    for link in unowned:
        address = {"address": defang(link.shown())}
        if secrets and link.shared != "store":
            yield Evidence("asks_secrets_by_link", Severity.STRONG, address)
        if link.hides_target:
            if identity:
                yield Evidence("asks_identity_short_link", Severity.STRONG, address)
            if money:
                yield Evidence("asks_money_short_link", Severity.STRONG, address)
        elif link.shared is None:
            local = link.address.suffix in _OWN_ENDINGS
            severity = Severity.WEAK if local else Severity.STRONG
            if identity:
                yield Evidence("asks_identity_by_link", severity, address)
            if money:
                yield Evidence("asks_money_by_link", severity, address)
