"""Where in a text its secrets stand: rules that look for the value, never for the mere word."""

import re
from collections.abc import Iterator

from lianfang.text.disguise import KEYCAP, undisguise
from lianfang.text.identity import is_identity, is_payment_card, luhn_sums, luhn_valid
from lianfang.text.reading import Reading, Span
from lianfang.text.urls import find_urls

# Stands for what is hidden or protected already: no rule reads over it or starts beside it.
_HIDDEN = "\ue000"

_OTP_WORD = (
    r"(?:(?:驗\s?證|認\s?證|校\s?驗|授\s?權|確\s?認|登\s?[入錄]|開\s?通|啟\s?[用動]|激\s?活|識\s?別|綁\s?定|重\s?[設置]|交\s?易)\s?代?碼|簡訊碼|O\.?T\.?P\.?\s?碼?|(?:動態|一次性|簡訊|單次|交易)\s?(?:密碼|碼)"
    r"|(?:verification|security|confirmation|authentication|authorization|auth|login|log-in|sign-?in|sms|access|2fa|one[\s-]?time)"
    r"\s?(?:pass\s?)?(?:code|word|number|pin)s?|passcode|v[- ]?code)"
)
_LEFT = rf"(?<![A-Za-z0-9{_HIDDEN}./$-])(?<!\d,)"
_NOT_OTHER = r"(?![A-Za-z0-9]|[./:-]\d|,\d{3}(?!\d)|\s?(?:元|塊|圓|萬|千|點[^擊]|年|月|日|號|分鐘|秒|小時|期|個|張|人|次|天|折|%|NT|dollars))"
_CODE_VALUE = rf"{_LEFT}(?:[A-Z]-)?(?P<value>\d{{4,8}}|\d{{3}}[ -]\d{{3}}|\d{{4}}[ -]\d{{4}}|\d{{2,4}}-\d{{2,4}}|\d(?:[ -]\d){{3,7}}){_NOT_OTHER}"
_CODE_LETTERS = r"(?<![A-Za-z0-9])(?P<letters>(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,8})(?![A-Za-z0-9]|[./-]\w)"
_LINK = r"(?:[\s:=「『\[【(<\"'*#,→⇒>-]|了|是|為|即|就|如下|您的|你的|他的|她的|我的|\bis\b|\bwas\b|\bare\b|號碼|號|碼)"
_OTP_AFTER = re.compile(rf"{_OTP_WORD}{_LINK}{{0,8}}(?:{_CODE_VALUE}|{_CODE_LETTERS})", re.IGNORECASE)
# 六位數, 簡訊的碼, 收到的數字: a code without its name.
_SIX_SIGNS = r"(?:(?:簡訊|收到)[^\d。!?\n]{0,6}(?:碼|數字|號碼)|(?<!區號)(?<!隱碼)(?<!統編)(?<!單號)(?<!案號)[六6]\s?(?:位|個)?\s?(?:數字|數|碼))"
_OTP_LATER = re.compile(
    rf"(?:{_OTP_WORD}|{_SIX_SIGNS})(?P<gap>[^\d。!?\n{_HIDDEN}]{{0,28}}){_LEFT}(?P<value>\d{{6}}){_NOT_OTHER}",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"[匯轉刷付扣買元額訂單案編隱代序機話打撥\$]|NT|order|case|sent|paid|call", re.IGNORECASE
)
_OTP_BEFORE = re.compile(
    rf"{_CODE_VALUE}[\s」』\]】)\"'*,]{{0,3}}(?:(?:這(?:個|組|串)?)?(?:就?是|為|即為|的|作為|當作|\bis\b|\bas\b|\()"
    rf"[^\d。!?\n{_HIDDEN}]{{0,24}}?|這(?:個|組|串|是)\s?|\s?){_OTP_WORD}",
    re.IGNORECASE,
)
_OTP_NAMED = re.compile(_OTP_WORD, re.IGNORECASE)
_ENGLISH_CODE = re.compile(
    rf"\byour\s(?:[\w.&-]+\s){{0,3}}(?:code|pin)(?:\sis|:)\s?{_CODE_VALUE}"
    rf"|(?<![A-Za-z0-9{_HIDDEN}.,/$-])(?:[A-Z]-)?(?P<value2>\d{{4,8}})\sis\syour\s(?:[\w.&-]+\s){{0,4}}(?:code|pin|password)"
    rf"|\b(?:use|enter|type|input)\s(?:the\s|this\s)?(?:code\s|pin\s)?(?:[A-Z]-)?(?P<value3>\d{{4,8}}|\d{{3}}[ -]\d{{3}})\s(?:to|for|as|in)\s"
    rf"(?:your\s)?(?:log|sign|verif|confirm|complet|access|authori|authent|reset|finish|activat|continue|link|register)",
    re.IGNORECASE,
)
_SOME_CODE = re.compile(
    rf"(?P<before>\b\w*[\s-]?)\bcodes?\b(?P<gap>[^\d.!?\n{_HIDDEN}]{{0,40}}?)(?:\b(?:is|was|are|were)\b|[:=])[\s\"'(]{{0,3}}{_CODE_VALUE}",
    re.IGNORECASE,
)
_SOME_OTHER_CODE = re.compile(
    r"^(?:zip|postal|post|area|country|bank|branch|swift|promo|discount|coupon|referral|invite|order|tracking|case|"
    r"product|item|error|status|qr|bar|source|dress|short|alias|relay|tax|stock|pickup|store)[\s-]?$",
    re.IGNORECASE,
)

_PIN_WORD = r"(?:密\s?碼|通\s?行\s?碼|帳\s?密|(?<![A-Za-z])PIN(?:\s?(?:碼|code|number))?(?![A-Za-z])|(?<![A-Za-z])(?:passwords?|passwd|pwd|pw|passphrase|pass\s?code|pass(?=\s?[:=]))(?![A-Za-z]))"
_SIGN = r"[A-Za-z0-9!@#$%^&*_.+~?-]"
_PIN_AFTER = re.compile(
    rf"(?P<word>{_PIN_WORD})(?P<link>(?:[\s「『\[【(<\"']|[:=,]|是|為|就|設|改|換|成|了|叫|都|\bis\b|\bwas\b|→|->){{0,8}})"
    rf"(?<![{_HIDDEN}])(?P<value>(?-i:[A-Z]{{3,5}}(?: [A-Z]{{3,5}}){{1,5}}(?![A-Za-z0-9]))|\d{{1,3}}(?: \d{{1,3}}){{1,7}}(?![\d\w.])|{_SIGN}{{3,64}}(?:[ -](?=[A-Z0-9]*\d)[A-Z0-9]{{3,6}}(?![A-Za-z0-9.])){{0,5}})",
    re.IGNORECASE,
)
# Said a little later in the sentence (密碼我給他了 4342), as long as nothing else is numbered there.
_PIN_LATER = re.compile(
    rf"{_PIN_WORD}(?P<gap>[^A-Za-z\d。!?\n{_HIDDEN}]{{1,12}}){_LEFT}"
    rf"(?P<value>(?=[A-Za-z]{{0,20}}\d)[A-Za-z\d!@#$%^&*_]{{4,20}}){_NOT_OTHER}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[匯轉刷付扣買元額訂案編隱代序話打撥帳戶統票單貨收約共欠送於到在至點次條第賴機門]")
_PIN_BEFORE = re.compile(
    rf"(?<![A-Za-z0-9{_HIDDEN}.@/$-])(?P<value>(?=[A-Za-z]*\d)[A-Za-z0-9!@#$%^&*_]{{4,20}})[\s」』)\"']{{0,2}}(?:就?是|為|is|\()\s?"
    rf"(?:(?:我|他|她|你|您|卡|卡片|提款卡|金融卡|提款|領錢|轉帳|付款|支付|交易|網路|銀行|郵局|存摺|手機|開機|解鎖|螢幕|信箱|網銀|帳[戶號]|登[入錄]|新|舊|line|fb|ig|app|wifi|phone|account|my|the|his|her|your|card|bank|login|atm)(?:的|'s)?\s?){{0,4}}{_PIN_WORD}",
    re.IGNORECASE,
)
_SERIAL_AND_PIN = re.compile(
    rf"(?P<first>序號|卡號|帳號|密碼|serial|user(?:name)?)\s?(?:[和跟與及、/&+]|and)?\s?(?:是)?(?P<second>密碼|序號|PIN|password)"
    rf"{_LINK}{{0,8}}(?P<one>[A-Za-z0-9._@-]{{4,40}})(?:[\s,、/和跟與]|and){{1,5}}(?P<two>{_SIGN}{{3,40}})",
    re.IGNORECASE,
)
_SECOND_OF_TWO = re.compile(rf"\s?[\s/,、跟和]\s?(?P<value>{_SIGN}{{3,40}})")
_WITH_OTHER = re.compile(
    r"(?:序號|卡號|帳號|serial|user(?:name)?)\s?(?:[和跟與及、/&+]|and)?\s?(?:是)?$", re.IGNORECASE
)
_HIDDEN_NEXT = re.compile(rf"(?:[\s,、/和跟與]|and){{1,5}}{_HIDDEN}")
_NO_SECRET = re.compile(
    r"(?:https?|www|line|app|atm|otp|sms|pin|mycard|gash|the|and|for|reset|protected|please|email|e-mail|google|apple|id|"
    r"facebook|fb|ig|netflix|to|from|was|not|has|page|field|manager|change|changed|expired|wrong|incorrect|stolen|leaked|correct|compromised|required|invalid|unknown|secret|safe|weak|strong|same|known|needed|being|still|also|asked|good|bad|hacked|gone|my|his|her|your|what|this|that|it|here|very|too|so|now|set|sent|used|important|private)",
    re.IGNORECASE,
)
_TOLD = re.compile(r"[:=「『\"'是為]|→|->|\bis\b", re.IGNORECASE)
_MOBILE = re.compile(r"09\d{8}|080[09]\d{6}")

_DIGIT_RUN = re.compile(
    rf"(?:(?<![A-Za-z0-9{_HIDDEN}])|(?<=visa)|(?<=card)|(?<=jcb))\d+(?:[\s.\-·•_,/|:;+~、\u2010-\u2015\u2212\u2500]{{1,6}}\d+)*(?![0-9{_HIDDEN}])",
    re.IGNORECASE,
)
_CARD_WORD = re.compile(r"卡|visa|master|jcb|amex|card", re.IGNORECASE)
_CARD_LABEL = re.compile(r"(?:卡號|卡片號碼|card\s?(?:number|no\.?|num))\D{0,6}$", re.IGNORECASE)
_CARD_NAMED = re.compile(
    r"(?:信用卡|簽帳卡|金融卡|卡號|卡片|卡|visa|master\s?card|card)(?:號碼?)?\D{0,6}$", re.IGNORECASE
)
_CARD_LIKE = re.compile(r"(?:4|5[1-5])\d{14,15}")
_POINT_CARD = re.compile(r"點數|遊戲|mycard|gash|razer|禮物|序號|gift|serial", re.IGNORECASE)
_NOT_A_CARD = re.compile(
    r"(?:帳\s?[號戶]|戶頭|account|acct|訂單|單號|編號|序號|條碼|代碼|(?:匯|轉|存)(?:款|帳|錢)?(?:到|去|進|入|給)|order|tracking|serial|(?<!\d)\(?[0-8]\d{2}\)?\s?-?)[^\d。!?\n]{0,6}$",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"(?<![A-Za-z0-9\ue000])[A-Za-z][ ._/:\u2010-\u2015-]{0,2}[1289A-Da-d](?:[ ._/\u2010-\u2015-]?\d){8}(?![0-9\ue000])(?P<more>[A-Za-z]?)(?![A-Za-z0-9])"
)
_IDENTITY_NEXT = re.compile(
    r"^[\s」』)]?(?:就?是|為|is)?\s?(?:我|他|她|你|您|媽媽?|爸爸?|先生|太太|小孩|my|his|her){0,3}\s?(?:的)?\s?(?:身[分份]證|居留證|統一證號|id\b|arc\b)",
    re.IGNORECASE,
)
_IDENTITY_LABEL = re.compile(
    r"(?:身[分份]證|居留證|統一證號|字號|ID\s?(?:card|number|no\.?)|ARC)[^。!?\n]{0,10}$", re.IGNORECASE
)
_REFERENCE_LABEL = re.compile(
    r"(?:訂單|單號|編號|序號|發票|order|tracking|serial|invoice)(?:\s?(?:number|num|no|is)\b){0,2}[^A-Za-z0-9。!?\n]{0,6}$",
    re.IGNORECASE,
)
_CVV = re.compile(
    r"(?P<word>CVV2?|CVC2?|安全碼|檢查碼|(?:背面|卡片|信用卡|卡)(?:[^\d手機電話門號收件。!?\n]{0,6})(?:末|後|最後)\s?(?:三|3)\s?碼|背面(?:的)?(?:三|3)?(?:碼|個?數字)"
    r"|security\scode)"
    rf"(?:[\s:=「(,]|是|為|\bis\b){{0,6}}(?<![\d{_HIDDEN}])(?P<value>\d{{3,4}})(?![\dA-Za-z]|\s?[元塊萬年月日])",
    re.IGNORECASE,
)
_CARD_LAST_THREE = re.compile(
    rf"(?:末|後|最後)\s?(?:三|3)\s?碼(?:[\s:=「(,]|是|為){{0,6}}(?<![\d{_HIDDEN}])(?P<value>\d{{3}})(?!\d)"
)
_CARD_BEFORE = re.compile(r"(?:信用卡|卡號|卡片|背面|有效期|金融卡|\bcard\b)", re.IGNORECASE)
_PHONE_WORD = re.compile(r"手機|電話|門號|收件|帳號|帳戶|身分")


_CVV_BESIDE_CARD = re.compile(
    r"\[已隱藏:card\](?:[\s,:;/|()、]|到期日?|有效期?限?|效期|期限|日期|和|跟|是|exp\w*|date){0,8}"
    r"(?:(?:0?[1-9]|1[0-2])\s?[/-]\s?(?:20)?\d{2}|(?:0[1-9]|1[0-2])[2-4]\d)?(?:[\s,:;/|()、]|後?三碼|cvv|cvc|和|跟|是){1,6}"
    r"(?<![\d/])(?P<value>\d{3,4})(?![\dA-Za-z]|[./:,-]\d|\s?[元塊萬千年月日號點個])",
    re.IGNORECASE,
)
_PARAMETER = re.compile(
    r"[?&#;](?:(?P<card>(?:credit)?_?-?(?:card|cc|pan)_?-?(?:no|num|number)?)|(?P<otp>otp|otp_?code|sms_?code|verify_?code|verification_?code|auth_?code|passcode)"
    r"|(?P<cvv>cvv2?|cvc2?)|(?P<pin>pin|pw|pwd|pass|passwd|password)|(?P<id>id_?no|id_?number|id_?card|national_?id))=(?P<value>[A-Za-z0-9%.!*_~+-]{3,64})",
    re.IGNORECASE,
)


class _Page:
    """The text under the rules' hands: what is found is hidden from the rules that follow."""

    def __init__(self, reading: Reading) -> None:
        signs = zip(undisguise(reading.text), reading.taken, strict=True)
        self.text = "".join(_HIDDEN if taken else sign for sign, taken in signs)

    def hide(self, start: int, end: int) -> None:
        self.text = self.text[:start] + _HIDDEN * (end - start) + self.text[end:]


def _otps(text: str) -> Iterator[Span]:
    named = _OTP_NAMED.search(text) is not None
    for pattern in (_OTP_AFTER, _OTP_BEFORE, _ENGLISH_CODE) if named else (_ENGLISH_CODE,):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            name = next(group for group in ("value", "value2", "value3", "letters") if groups.get(group))
            yield Span("otp", "", *match.span(name))
    for match in _SOME_CODE.finditer(text):
        six = len(re.sub(r"\D", "", match.group("value"))) == 6
        if (match.group("gap").strip() or six) and not _SOME_OTHER_CODE.search(match.group("before")):
            yield Span("otp", "", *match.span("value"))
    for match in _OTP_LATER.finditer(text):
        if not _OTHER_NUMBER.search(match.group("gap")):
            yield Span("otp", "", *match.span("value"))


def _paired_pins(text: str) -> Iterator[Span]:
    for match in _SERIAL_AND_PIN.finditer(text):
        yield Span("pin", "", *match.span("one" if match.group("first") == "密碼" else "two"))


def _pins(text: str) -> Iterator[Span]:
    for match in _PIN_AFTER.finditer(text):
        value = match.group("value").rstrip(".?!,")
        if _names_first(text, match) or not _is_secret_word(value, match.group("link")):
            continue
        end = match.start("value") + len(value)
        yield Span("pin", "", match.start("value"), end)
        both = match.group("word").startswith("帳") or _WITH_OTHER.search(
            text, max(0, match.start() - 8), match.start()
        )
        second = _SECOND_OF_TWO.match(text, end) if both else None
        if second is not None:
            yield Span("pin", "", *second.span("value"))


def _distant_pins(text: str) -> Iterator[Span]:
    for match in _PIN_LATER.finditer(text):
        gap = match.group("gap")
        spoken = re.search(r"[\u4e00-\u9fff]", gap) is not None and not _NUMBERED.search(gap)
        if spoken and not _MOBILE.fullmatch(match.group("value")):
            yield Span("pin", "", *match.span("value"))
    for match in _PIN_BEFORE.finditer(text):
        if not _MOBILE.fullmatch(match.group("value")):
            yield Span("pin", "", *match.span("value"))


def _is_secret_word(value: str, link: str) -> bool:
    """Digits or signs beside the label are its value; a mere word only when the sentence says `is` or has a colon."""
    plain = value.replace(" ", "")
    if (
        len(plain) < (3 if plain == value else 4)
        or _MOBILE.fullmatch(value)
        or (value.isalpha() and _NO_SECRET.fullmatch(value))
    ):
        return False
    return not plain.isalpha() or _TOLD.search(link) is not None


def _names_first(text: str, match: re.Match[str]) -> bool:
    """序號跟密碼 A ▢: of the two it is the second that was secret, and that is hidden already."""
    before = text[max(0, match.start() - 8) : match.start()]
    return _WITH_OTHER.search(before) is not None and _HIDDEN_NEXT.match(text, match.end()) is not None


def _cards(text: str) -> Iterator[Span]:
    for run in _DIGIT_RUN.finditer(text):
        if run.end() - run.start() < 13:
            continue
        groups = [group.span() for group in re.finditer(r"\d+", run.group(0))]
        yield from _cards_in_run(text, run.start(), groups, luhn_sums(re.sub(r"\D", "", run.group(0))))


def _cards_in_run(
    text: str, base: int, groups: list[tuple[int, int]], sums: tuple[list[int], list[int]]
) -> Iterator[Span]:
    counts = [0]
    for start, end in groups:
        counts.append(counts[-1] + end - start)
    digits = "".join(text[base + start : base + end] for start, end in groups)
    first = 0
    run_end = base + groups[-1][1]
    said_after = _CARD_WORD.search(text, run_end, run_end + 12) is not None
    while first < len(groups):
        last = first
        found = 0
        begin = base + groups[first][0]
        before = text[max(0, begin - 24) : begin]
        # No issuer's numbers begin otherwise; this also makes long runs of other digits cheap.
        spoken = said_after or _CARD_WORD.search(before) is not None
        possible = spoken or digits[counts[first]] in "234568"
        while possible and last < len(groups) and counts[last + 1] - counts[first] <= 19:
            last += 1
            length = counts[last] - counts[first]
            if length < 13:
                continue
            valid = luhn_valid(sums, counts[first], counts[last])
            if not valid and not spoken:
                continue
            number = digits[counts[first] : counts[last]]
            shape = [end - start for start, end in groups[first:last]]
            if valid:
                if is_payment_card(number, shape, spoken=spoken) and not _is_reference(before, spoken=spoken):
                    found = last
            elif (
                length in (15, 16) and _is_mistyped(number, shape, before) and not _POINT_CARD.search(before)
            ):
                found = last  # a mistyped digit does not make the other fifteen less of a secret
        if found:
            yield Span("card", "", base + groups[first][0], base + groups[found - 1][1])
        first = found or first + 1


def _is_mistyped(number: str, shape: list[int], before: str) -> bool:
    if _CARD_LABEL.search(before):
        return True
    return (
        len(set(shape)) == 1 and _CARD_NAMED.search(before) is not None and bool(_CARD_LIKE.fullmatch(number))
    )


def _is_reference(before: str, *, spoken: bool) -> bool:
    """Whether the words before a number say that it is an account, an order or a serial."""
    return _POINT_CARD.search(before) is not None or (not spoken and _NOT_A_CARD.search(before) is not None)


def _identities(text: str) -> Iterator[Span]:
    for match in _IDENTITY.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        labelled = bool(
            _IDENTITY_LABEL.search(before) or _IDENTITY_NEXT.match(text[match.end() : match.end() + 16])
        )
        if match.group("more") and not labelled:
            continue
        if labelled or (is_identity(match.group(0)) and not _REFERENCE_LABEL.search(before)):
            yield Span("id", "", match.start(), match.start("more"))


def _card_codes(text: str) -> Iterator[Span]:
    for match in _CVV.finditer(text):
        yield Span("cvv", "", *match.span("value"))
    for match in _CARD_LAST_THREE.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        cards = list(_CARD_BEFORE.finditer(before))
        if cards and not _PHONE_WORD.search(before, cards[-1].end()):
            yield Span("cvv", "", *match.span("value"))


def _codes_beside_cards(text: str) -> Iterator[Span]:
    for match in _CVV_BESIDE_CARD.finditer(text):
        yield Span("cvv", "", *match.span("value"))


def _in_addresses(text: str) -> Iterator[Span]:
    for match in _PARAMETER.finditer(text):
        kind = next(kind for kind in ("card", "otp", "cvv", "pin", "id") if match.group(kind))
        if kind != "card" or len(re.sub(r"\D", "", match.group("value"))) >= 13:
            yield Span(kind, "", *match.span("value"))


def find_secrets(reading: Reading) -> Iterator[Span]:
    """The secrets of a reading; addresses are left whole."""
    for span in list(_in_addresses(_Page(reading).text)):
        yield span
    beside = list(_codes_beside_cards(reading.text))
    for _ in find_urls(reading):
        pass
    page = _Page(reading)
    for rule in (
        lambda _: beside,
        _otps,
        _card_codes,
        _paired_pins,
        _pins,
        _distant_pins,
        _cards,
        _identities,
    ):
        for span in list(rule(page.text)):
            if _HIDDEN not in page.text[span.start : span.end]:
                page.hide(span.start, span.end)
                end = span.end
                while reading.text[end : end + 1] == KEYCAP:
                    end += 1
                yield Span(span.kind, span.value, span.start, end)
