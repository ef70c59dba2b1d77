"""Bank accounts, the bank's name or code beside them, and banks money was sent to."""

import re
from collections.abc import Iterator

from lianfang.text import banks
from lianfang.text.labels import LabelMap
from lianfang.text.reading import Reading, Span
from lianfang.text.talk import Talk

_RUN = re.compile(r"(?<![A-Za-z0-9.@_-])\d+(?:[ -]\d+)*(?![A-Za-z0-9]|-[A-Za-z0-9]|@)")
# A virtual account as people copy it, in groups of four; a card's serial looks the same.
_IN_FOURS = re.compile(r"\d{4}(?:[ -]\d{4}){3}")
_CODE_BEFORE = re.compile(
    r"(?<!\d)\(?(\d{3})\)?(?:[\s-]{0,2}|\s?的?(?:帳[號戶]|戶頭|account)?[\s:是]{0,3})$", re.IGNORECASE
)
# 「銀行822」 and "bank code 822" anywhere.
_CODE_NAMED = re.compile(
    r"(?:銀行|bank(?:\s?book)?)\s?(?:代[碼號]|code)?[\s:是為]{0,2}(?P<code>\d{3})(?![\d-])", re.IGNORECASE
)
# Names too short to be a bank's anywhere but beside an account.
_SHORT_NAME = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>第一|王道|上海|高雄|瑞興|華泰|京城|板信|安泰|將來|樂天|三信|台企|日盛|花旗)(?=[\s,:]|帳|的|戶|\d)|(?P<union>[\u4e00-\u9fff]{2}[一二三]信(?![用]))"
)
_DATE = re.compile(
    r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:-|\d{0,6}$)|^(?:19|20)\d{2}-\d{1,2}-\d"
)
_SENT_TO = re.compile(
    r"(?:轉|匯|存|撥|付|打)(?:帳|款|錢)?(?:到|去|進|入|給|至|了)?\s?$|從\s?$|到\s?$|銀行\s?[:是為]\s?$"
    r"|(?:戶頭|帳戶|account)(?:[是在為:,\s]){0,3}$|\b(?:from|to|at|with|my|in)\s(?:my\s|a\s|the\s)?$|在\s?$",
    re.IGNORECASE,
)
_SENDING = re.compile(r"(?:臨櫃|匯|轉|帳戶|戶頭|account\b|的?帳號|ATM)", re.IGNORECASE)


_NEAR = 8


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _bank_near(reading: Reading, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in banks.NAME.finditer(reading.text, max(0, start - 16), start):
        found = match
    if found is not None:
        return found
    return banks.NAME.search(reading.text, end, min(len(reading.text), end + 16))


def _split_code(raw: str) -> tuple[str, int]:
    """The leading bank code of `808-0123…` and how many characters belong to it."""
    match = re.match(r"(\d{3})[ -]{1,2}", raw)
    if match is None or match.group(1) not in banks.BANKS or not 10 <= len(_digits(raw[match.end() :])) <= 16:
        return "", 0
    return match.group(1), match.end()


def find_accounts(reading: Reading, labels: LabelMap) -> Iterator[Span]:
    """Ten to sixteen digits that no order, phone or serial claims; grouped digits need a bank beside them."""
    talk = Talk.of(reading.text, labels)
    for match in _RUN.finditer(reading.plain):
        if not reading.free(match.start(), match.end()):
            continue
        start, raw = match.start(), match.group(0)
        code, width = _split_code(raw)
        before = _CODE_BEFORE.search(reading.before(start, 8)) if not code else None
        account = raw[width:]
        digits = _digits(account)
        if not 10 <= len(digits) <= 16:
            continue
        label = labels.before(start) or labels.after(match.end())
        if label in ("order", "serial", "secret", "otp", "code", "case", "tax") and not code:
            continue
        bank = _bank_near(reading, start, match.end())
        spoken_code = before.group(1) if before and before.group(1) in banks.BANKS else ""
        backed = bool(code or spoken_code or bank or label == "account")
        grouped = not talk.cards and (
            _IN_FOURS.fullmatch(account) is not None or (talk.accounts and not talk.delivery)
        )
        if not (account.isdigit() or backed or grouped):
            continue
        if _DATE.match(account) and not backed:
            continue
        if before is not None and spoken_code:
            place = reading.text.rindex(spoken_code, max(0, start - 8), start)
            yield Span("bank", spoken_code, place, place + 3)
            reading.take(place, place + 3)
        if code:
            yield Span("bank", code, start, start + 3)
        yield Span("account", digits, start + width, match.end())
        reading.take(start, match.end())
        if bank is not None and reading.free(bank.start(), bank.end()):
            reading.take(bank.start(), bank.end())
            yield Span("bank", banks.code_of(bank.group(0)) or bank.group(0), bank.start(), bank.end())


def _short_names(reading: Reading, accounts: list[Span]) -> Iterator[Span]:
    """王道 00200113344556: a short name right before its account."""
    for match in _SHORT_NAME.finditer(reading.text):
        near = any(0 <= span.start - match.end() <= _NEAR for span in accounts)
        if (match.group("union") or near) and reading.free(*match.span()):
            reading.take(*match.span())
            yield Span("bank", match.group(), *match.span())


def find_banks(reading: Reading, accounts: list[Span]) -> Iterator[Span]:
    """Banks said to hold or receive the money, without an account beside them."""
    for match in _CODE_NAMED.finditer(reading.text):
        if match.group("code") in banks.BANKS and reading.free(*match.span("code")):
            reading.take(*match.span("code"))
            yield Span("bank", match.group("code"), *match.span("code"))
    yield from _short_names(reading, accounts)
    for match in banks.NAME.finditer(reading.text):
        if not reading.free(match.start(), match.end()):
            continue
        if _SENT_TO.search(reading.before(match.start(), 16)) and (
            _SENDING.search(reading.before(match.start(), 16) + reading.after(match.end(), 8))
        ):
            reading.take(match.start(), match.end())
            yield Span("bank", banks.code_of(match.group(0)) or match.group(0), match.start(), match.end())
