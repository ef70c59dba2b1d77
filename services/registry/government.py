"""The opening of a government message: the receiver's three digits, then at once the agency's name."""

import re
from dataclasses import dataclass

from lianfang.text.normalise import to_traditional
from services.registry.directory import Directory, OrganisationFacts

GOVERNMENT = frozenset({"agency", "utility"})
_OPENING = re.compile(r"^[\s【\[〔《「(]{0,3}(?P<last3>\d{3})(?!\d)[\s】\]〕》」)]{0,3}[【\[〔《「]?\s*")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
# Behind a name: the end, a bracket, a blank, punctuation, or the words a notice goes on with.
_BEHIND = re.compile(r"$|[^\u3400-\u9fffa-z0-9]|通知|提醒|公告|敬告|關心|感謝|您|請", re.IGNORECASE)
_ENDING = re.compile(r"市政府|縣政府|監理站|大隊|[部署局處會院所]")
# Kinds of authorities there really are; 某某處 alone may be anything.
_AUTHORITY = re.compile(
    r"(?:台北市|新北市|桃園市|台中市|台南市|高雄市|基隆市|新竹[市縣]|苗栗縣|彰化縣|南投縣|雲林縣|嘉義[市縣]|屏東縣|宜蘭縣|花蓮縣|台東縣|澎湖縣|金門縣|連江縣)"
    r"|[區鄉鎮市]公所|地方檢察署|地檢署|地方法院|高等法院|監理[站所]|國稅局|警察局|分局|戶政事務所|地政事務所|衛生所|稅務局|稅捐稽徵處|消防局"
)
LONGEST_NAME = 20
# What no name of an authority contains: words of a sentence, private bodies, confessions.
_NO_NAME = re.compile(
    r"[我你您他她它是的了請不要假冒騙詐收說被這那嗎吧]|公司|銀行|醫院|診所|協會|公會|商會|基金|投資|證券|貸款|客服|集團|專員|俱樂部|會所"
)
_OWN_WORDS = re.compile(
    r"^\W*(?:請問|想問|幫我?看|幫忙看|老師|大家|各位)?.{0,8}(?:收到|接到|傳給我|傳來|寄給我|跳出).{0,24}(?:簡訊|訊息|通知|111|[:：「『\"'])"
    r"|^\W*(?:有|這是|這則|這封|這個|那則|我的|我媽|我爸|家人).{0,12}(?:簡訊|訊息)"
    r"|^\W*(?:111|簡訊|訊息)(?!\d).{0,10}(?:傳|寄|說|寫|內容|來)"
    r"|^\W*(?:hi|hello|so|please check|can you check|is this real|help)?\W*(?:i|we|my \w+|someone|this|the|an?)\b"
    r"[^\n]{0,30}\b(?:sms|text|message|111)\b"
    r"|^\W*(?:sms|text|message) from\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Opening:
    """Three digits at the very start; `agency`: an authority's name stands right behind them.

    `organisation`: the one of the directory, None for an authority known only by the form of its name;
    `real_kind`: that form is one that real authorities bear.
    """

    last3: str
    agency: bool
    organisation: OrganisationFacts | None = None
    real_kind: bool = False


def read_opening(normal: str, directory: Directory) -> Opening | None:
    """The opening of a text in normal form, or None when it does not start with three digits."""
    plain = to_traditional(normal).replace("臺", "台").strip()
    match = _OPENING.match(plain)
    if match is None:
        return None
    name = _CHINESE.match(plain, match.end())
    if name is None:
        return Opening(match["last3"], agency=False)
    rest = plain[match.end() :]
    known = _known(name[0], directory)
    end = 0 if known is None else known[1]
    organisation = None if known is None else known[0]
    if end and _BEHIND.match(rest, end):
        return Opening(match["last3"], agency=True, organisation=organisation)
    for ending in _ENDING.finditer(name[0], end):
        stop = ending.end()
        if stop > LONGEST_NAME or _NO_NAME.search(rest, end, stop):
            break
        if stop > 2 and _BEHIND.match(rest, stop):
            kind = _AUTHORITY.search(rest, 0, stop) is not None
            return Opening(match["last3"], agency=True, organisation=organisation, real_kind=kind)
    return Opening(match["last3"], agency=False)


def tells_in_own_words(normal: str) -> bool:
    """Whether the person tells about a message instead of showing it: its opening is then unknown."""
    return _OWN_WORDS.search(to_traditional(normal).strip()[:80]) is not None


def _known(name: str, directory: Directory) -> tuple[OrganisationFacts, int] | None:
    """The authority with the longest name that `name` begins with, and that name's length."""
    for form, organisation in directory.authorities:
        if name.startswith(form):
            return organisation, len(form)
    return None
