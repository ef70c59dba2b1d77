"""Words that say what the token beside them is: an order number, a card's serial, an account, a secret."""

import re
from bisect import bisect_right
from dataclasses import dataclass

# The first alternative that fits wins at a place, so longer and more telling words stand first.
_LABELS: tuple[tuple[str, str], ...] = (
    (
        "otp",
        r"(?:驗\s?證|認\s?證|校\s?驗|授\s?權|確\s?認)\s?碼|OTP|(?:動態|一次性|簡訊)密碼|verification\s?code",
    ),
    ("secret", r"密\s?碼|通行碼|帳密|\bPIN\s?碼?|passwords?|passcode|網頁識別碼"),
    (
        "serial",
        (
            r"(?:點數卡?|遊戲卡?|禮物卡|卡片|卡)?\s?(?:的)?(?:序\s?[號列]號?|卡號)|serial(?:\s?(?:no|number|code)s?)?\b|"
            r"s/n|nomor\sseri|số\ssê-?ri|ซีเรียล"
        ),
    ),
    (
        "order",
        (
            r"(?:訂位?|托運|託運|出貨|貨|運|寄件|物流|配送|包裹|取件|取貨|繳費|繳款|交易|付款|訂購|購物|發票|快遞|宅配)(?:單|條碼)?\s?(?:編號|號碼|單號|號|"
            r"代碼|代號)|繳款代碼|(?:下|新|同一張|這張|那張|換|重開)單(?:了)?(?=\s?(?:是|:)?\s?[A-Z0-9])|包裹(?=\s?[A-Z]{0,3}\d)|(?:訂|託運|出貨|貨運|運|繳費|繳款|取貨)單|訂購?單|單號|超商代碼|\border\s?(?:no\b\.?|number|id|\#)?|"
            r"\btracking(?:\s?(?:no\b\.?|number|id))?|\b(?:parcel|package|shipment)\b|訂單"
        ),
    ),
    (
        "account",
        (
            r"(?:虛擬|匯款|轉帳|收款|對方|受款|人頭|銀行|公司|郵局|代收|監管|警示)?\s?(?:帳\s?[號戶]|戶頭)|\baccount\b|\bacct\b|"
            r"\bVA\b|代收號碼|漲號"
        ),
    ),
    ("phone", r"電話|手機|門號|來電|號碼是|撥打|請撥|專線|\b(?:phone|call|tel|mobile)\b"),
    (
        "code",
        (
            r"物流隱碼|隱\s?碼|隱私號碼?|隱私碼|遮蔽(?:號碼|碼|號)|分\s?機\s?碼?|代\s?碼|代\s?號|\b(?:proxy|hidden|masked|"
            r"relay)\s?(?:code|number)|\bcode\b|(?<![驗認證簡訊安全密條編號一二三四五六七八九十幾位末後\d])碼(?=[\s:是為]{0,2}[a-z0-9])|轉接|碼是|[他她的]的?碼|\bcourier\b|\bext\b"
        ),
    ),
    ("case", r"案\s?號|案件(?:編號|號碼)?|報案(?:編號|號碼)|給我的編號|\bcase\b"),
    ("tax", r"發票(?![號編])|統\s?一?\s?編\s?號?|\bVAT\b|\btax\b"),
    ("bind", r"綁定(?:碼|代碼)|邀請碼"),
)
# Looking at the first character alone skips most places at once.
_FIRST = (
    "下新同這那換重報給驗認校授確簡一動密通帳網點遊禮卡片的序訂托託運出貨寄物配包取繳交付購發快宅超單虛匯轉收對受人銀公郵代監警漲戶"
    "電手門來號撥請專隱遮分碼他她案統綁邀ซsonptavcmhre"
)
_LABEL = re.compile(
    f"(?=[{_FIRST}])(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS) + ")", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[。!?;\n]")
_COMMA = re.compile(r"[,，、]")
# How far a label reaches; a secret's word claims only what stands right beside it.
_REACH = {"secret": 6, "otp": 6, "order": 10}


@dataclass(frozen=True)
class Label:
    """One such word and where it stands."""

    kind: str
    start: int
    end: int


class LabelMap:
    """All labels of a text, to ask which of them speaks of a given place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.labels = [Label(str(m.lastgroup), m.start(), m.end()) for m in _LABEL.finditer(text)]
        self._ends = [label.end for label in self.labels]
        self._starts = [label.start for label in self.labels]

    def before(self, place: int, reach: int = 14) -> str | None:
        """The kind of the nearest label ending within `reach` before `place`, in the same sentence."""
        index = bisect_right(self._ends, place) - 1
        if index < 0:
            return None
        label = self.labels[index]
        gap = self._text[label.end : place]
        if len(gap) > min(reach, _REACH.get(label.kind, reach)) or _SENTENCE_END.search(gap.lstrip(" \n:")):
            return None
        if len(gap) > 3 and _COMMA.search(gap):
            return None
        return label.kind

    def after(self, place: int, reach: int = 6) -> str | None:
        """The kind of the nearest label beginning within `reach` after `place`, in the same sentence."""
        index = bisect_right(self._starts, place - 1)
        if index >= len(self.labels):
            return None
        label = self.labels[index]
        gap = self._text[place : label.start]
        if len(gap) > reach or re.search(r"[。!?;\n,、]", gap):
            return None
        return label.kind

    def any(self, *kinds: str) -> bool:
        return any(label.kind in kinds for label in self.labels)
