"""What a bank or an office is in a message: imitated, keeper of the money, or somebody to turn to."""

import re

# 「自稱國泰」, "a text from HSBC", 「玉山的簡訊」: somebody claims to be it.
_CLAIMED_BEFORE = re.compile(
    r"(?:自稱|假冒|冒充|偽冒|冒用|仿冒|假扮|裝成|假的?|山寨|仿|盜用|佯稱|謊稱|號稱|說(?:他|她|自己)?們?是|(?:標題|上面|署名|內容)寫|顯示|收到|「您?的?|\"your )(?:了|一封|一則|一通|來自|是|個|的)?\s?$"
    r"|\b(?:fake|phishing|spoof\w*|pretend\w* to be|impersonat\w+|posing as|imitat\w+|mimic\w*|lookalike of|claim\w* to be|copy of|clone of|copies|copied|looks like|named|supposedly"
    r"|(?:text|sms|e-?mail|message|letter|call|link|notice|someone|caller|guy|woman|man|lady|person)s? (?:\w+ )?from|(?:says?|said) (?:it's|it is|he's|he is|she's|she is|they're|they are|from)(?: from)?)\s(?:the |my |a |our )?\"?$"
)
_CLAIMED_AFTER = re.compile(
    r"(?:\S{0,4}?的?(?:客服|簡訊|通知|訊息|電郵|e-?mail|網[站址頁]|官網|登入頁|名義|名字|app(?![a-z])|連結|標誌|logo|活動頁)|\S{0,3}(?:寄|傳|發)(?:來|給|信|的)|[」】])"
    r"|\s?(?:bank'?s?\s)?(?:text|sms|e-?mail|message|page|site|website|login|app|notice|alert|link)\b|'s (?:page|site|website|app|logo|name)\b"
)
# 「我在玉山的戶頭」, 「匯到合庫」, "my E.SUN card", 「我是華南的行員」.
_KEPT_BEFORE = re.compile(
    r"(?:我(?:們|司|家)?的?|我(?:在|有|是|用|從)|本人|在|從|去|到|給|進|用|(?:轉|匯|存|領|提|刷|打)(?:款|帳|錢)?(?:到|去|給|進|了|至)?|戶頭[是在:]?|帳戶[是在:]?|銀行[是:]?|behalf of|officer (?:of|at|from)|work (?:at|for)|\b(?:my|at|in|to|into|with)(?: the)?)\s?$"
)
_KEPT_AFTER = re.compile(
    r"\s?的?(?:帳[戶號]|戶頭|信用卡|金融卡|提款卡|卡被|卡突然|簽帳|卡片|存摺|存簿|網銀|分行|臨櫃|ATM|櫃[員檯台]|行員|法遵|防詐|風控|虛擬|定存|存款|約定)|(?:的)?(?:專員|理專)?(?:,|\s)?帳號|\s(?:account|card|branch|compliance|bank book|savings|staff|officer|teller)\b",
    re.IGNORECASE,
)
_TURNED_TO_BEFORE = re.compile(
    r"(?:找|向|去|跟|和|與|到|送|報|通報|通知|[聯連][絡繫]|打給|問|打去|陳情|申訴|告訴|轉給?|(?:報|交|送|傳|寄|呈|提)給|讓|請|我是|我們是|這裡是|本)\s?$|\b(?:call|contact|ask|tell|to|at|with|i'm from|i am from|this is|from)(?: the)?\s$"
)
_TURNED_TO_AFTER = re.compile(
    r"[^,。]{0,8}?(?:函[查請復]|書記官|偵查佐|偵[^,]{0,3}[大分]?隊|公文|調閱|來文|可以(?:處理|查|管|幫)|有用|管不管|報案|備案|窗口|臨櫃|受理|知道|要開)|\s(?:officer|here)\b"
)
_NEAR = 24


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - _NEAR) : start], text[end : end + _NEAR]


def is_imitated(text: str, start: int, end: int) -> bool:
    """Whether a message is said to come from what is named at `[start:end]`, or to copy it."""
    before, after = _around(text, start, end)
    return _CLAIMED_BEFORE.search(before) is not None or _CLAIMED_AFTER.match(after) is not None


def keeps_money(text: str, start: int, end: int) -> bool:
    """Whether the bank named at `[start:end]` is somebody's own, or where money went."""
    before, after = _around(text, start, end)
    alone = not (text[:start] + text[end:]).strip(" ,.!?。")
    return alone or _KEPT_AFTER.match(after) is not None or _KEPT_BEFORE.search(before) is not None


def is_turned_to(text: str, start: int, end: int) -> bool:
    """Whether the office named at `[start:end]` speaks here itself, or shall be asked or told."""
    before, after = _around(text, start, end)
    return _TURNED_TO_BEFORE.search(before) is not None or _TURNED_TO_AFTER.match(after) is not None
