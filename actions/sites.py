"""Reads what a report of a website tells: its addresses, whom it imitates, where it was met. Pure rules."""

import re

from actions.goal import Heard, Values
from actions.saying import asks_back
from lianfang.text.find import find_all
from lianfang.text.normalise import normalise, to_traditional

LONGEST_NAME = 30
MOST_ADDRESSES = 5

_NO_NAME = frozenset({"affirm", "deny", "cancel"})
_IMITATES = re.compile(
    r"(?:假冒|冒充|假裝成?|仿冒|冒用|冒名|偽冒|偽裝成?|山寨|自稱|說(?:它|他|她)?是)(?:是|了)?\s?(?:我們|本)?[「『\"]?"
    r"(?P<name>[A-Za-z0-9&.\u4e00-\u9fff]{2,20}?)"
    r"(?=[」』\"]|的(?!士)|[說叫騙打跟向]|要我?|官網|網站|網頁|網銀|頁面|購物網|登入|名義|名字|客服|[\s,，、。;；!！?？]|$)"
    r"|\b(?:pretend(?:s|ing)? to be|impersonat\w+|cop(?:y|ies|ying)|imitat\w+|posing as|clone[sd]? of)\s(?:the |our |an? )?"
    r"(?P<english>[A-Za-z0-9&.' -]{2,30}?)(?=[,.;!?]|\s(?:and|at|on|from|website|site|page)\b|$)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:是|我們?|公司|品牌|銀行|官方|官網|網站|購物|投資|別人|人家|他人|政府機?關?|our|us|my|company|brand|shop|bank)$",
    re.IGNORECASE,
)
_AROUND_A_NAME = re.compile(
    r"^(?:(?:它|他|她|這個?|網站|應該|好像|可能|就|是|說|自稱|假裝|假冒|冒充|仿冒|冒用|冒名|偽裝|模仿|成|叫做?|了|\s)+"
    r"|(?:it|they|(?:it)?'?s|its|is|was|are|pretends?|pretending|to|be|copies|impersonat\w+|the|a|an|as|like|\s)+\b)+"
    r"|(?:的(?:網站|官網|網頁|樣子)?|官網|網站|啦|喔|吧|\s)+$",
    re.IGNORECASE,
)
_NOT_IN_A_NAME = re.compile(r"[^\w\s&'.+·-]|_")
_LONG_NUMBER = re.compile(r"\d{5}")

# The first that applies: an advertisement on Google is an advertisement.
_PLACES = (
    (
        "ad",
        r"廣告|臉書|\bfb\b|facebook|\big\b|instagram|threads|抖音|tiktok|youtube|貼文|社團|\bads?\b|\bpost\b|advert",
    ),
    ("sms", r"簡訊|\bsms\b|text message|\ba text\b"),
    (
        "chat",
        r"(?<![a-z])line(?![a-z])|賴|telegram|whatsapp|messenger|群組|群裡|聊天|私訊|朋友|家人|同事|\bchat\b|\bgroup\b|friend",
    ),
    ("search", r"搜[尋到]|google|yahoo|search"),
    ("other", r"其他|別的|信箱|郵件|電話|傳單|e-?mail|\bother\b|somewhere else|phone call"),
)
_FOUND = tuple((place, re.compile(pattern, re.IGNORECASE)) for place, pattern in _PLACES)
PLACES = tuple(place for place, _ in _PLACES)
_MET = re.compile(
    r"看到|收到|傳來|傳給我|點進|點到|連到|連過去|推播|跳出來|滑到|\b(?:found|saw|seen|received|got|came)\b",
    re.IGNORECASE,
)
_NAMED = frozenset({"url", "phone", "line_id", "telegram", "account"})
_THAT_ONE = re.compile(r"它|這個|那個|剛剛|剛才|上面|\b(?:it|this|that)\b(?! (?:is|was))", re.IGNORECASE)


def address_meant(heard: Heard) -> Values:
    """That of the message that was checked last, when a button of that check or 檢舉它 means it."""
    return heard.about.get("site", ()) if means_the_last(heard) else ()


def imitated_meant(heard: Heard) -> Values:
    """The organisation whose name that message borrowed."""
    return heard.about.get("imitated", ()) if means_the_last(heard) else ()


def means_the_last(heard: Heard) -> bool:
    """Whether the last check is meant, by a button of it or in words (檢舉它)."""
    check = heard.entities.get("check")
    if check:
        return check == heard.about.get("check")
    names_another = any(found.kind in _NAMED for found in find_all(heard.text))
    return not names_another and bool(_THAT_ONE.search(normalise(heard.text)))


def find_addresses(heard: Heard) -> Values:
    """Those in the sentence; a name that is said to be imitated is none (假冒 Booking.com)."""
    imitated = " ".join(find_imitated(Heard(heard.text))).lower()
    named = [found.value for found in find_all(heard.text) if found.kind == "url"]
    others = [address for address in named if address.lower() not in imitated]
    return tuple(dict.fromkeys(others))[:MOST_ADDRESSES]


def find_imitated(heard: Heard) -> Values:
    """Said to be imitated, or a name that fraud often borrows."""
    plain = normalise(heard.text)
    said = [next(filter(None, match.groupdict().values())) for match in _IMITATES.finditer(plain)]
    names = [clean_name(name) for name in said]
    known = [name for name in names if name and not _NOBODY.search(name)]
    return tuple(known or heard.named.get("brand", ()))


def take_imitated(heard: Heard) -> Values:
    """The answer to "whom does it imitate": a name as it was typed, without the words around it."""
    if heard.intent in _NO_NAME or asks_back(heard.text):
        return ()
    name = clean_name(_AROUND_A_NAME.sub("", normalise(heard.text).strip()))
    return (name,) if name and not _NOBODY.search(name) else ()


def clean_name(text: str) -> str | None:
    """What may be shown again: letters, figures and what stands in names; no markup, no long number."""
    name = " ".join(_NOT_IN_A_NAME.sub(" ", normalise(text)).split()).removeprefix("的")
    return name if 0 < len(name) <= LONGEST_NAME and not _LONG_NUMBER.search(name) else None


def take_place(heard: Heard) -> Values:
    plain = to_traditional(normalise(heard.text))
    return next(((place,) for place, pattern in _FOUND if pattern.search(plain)), ())


def find_place(heard: Heard) -> Values:
    """Only beside a word of meeting it: 在臉書看到的, I got it by SMS."""
    return take_place(heard) if _MET.search(normalise(heard.text)) else ()
