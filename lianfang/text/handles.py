"""Names to be reached by in LINE and Telegram, with the many ways of saying LINE."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lianfang.text.reading import Reading, Span

_NAME = r"[a-z0-9._][a-z0-9._-]{2,19}"
# LINE in Latin letters also with dots, strokes or a look-alike letter; in characters that sound like it.
_LINE = r"(?:(?<![a-z])L[\s._-]?[I1l][\s._-]?N[\s._-]?E(?:[\s_-]?@(?=\s?[:=是]))?|[賴瀨籟濑]|ㄌㄞˋ?|ไลน์|綠泡泡|綠色(?:泡泡|軟體|聊天)(?:軟體)?)"
_ID = r"(?:[\s_-]?(?:I\s?D|account)|\s?(?:官方)?(?:帳號|號碼?)|官方|搜尋|搜|[加好]?友)"
# What people put between the word and the name, so that the name begins to stand out.
_POINTS = r"\u2190-\u21ff\u2500-\u27bf\u2900-\u29ff\u2b00-\u2bff\u3008-\u3011\u3014-\u301b\ufe0f\U0001f300-\U0001faff"
_GAP = rf"\s{{0,3}}(?:(?P<colon>[:=是為>「『(\[<\"']|is\b|at\b|[{_POINTS}])(?:[\s:=>「『(\[<\"'{_POINTS}]){{0,8}})?"
_MARKED = re.compile(
    rf"(?:(?P<strong>(?:加(?:入|我)?|找|密|\+|➕|\badd(?:\s(?:me|my))?)\s?(?:我|他|她|老師|助理|客服)?(?:的|on|at)?\s?{_LINE}{_ID}{{0,2}}"
    rf"|{_LINE}\s?{_ID}{{1,2}}|加[來萊徠](?=\s?[@~:]?[a-z0-9_.-]{{0,20}}\d)|(?P<friend>加(?:我|為)?(?:的)?好友)"
    rf"|(?<![a-z員號戶者單案證])(?P<bare>ID))|(?P<weak>{_LINE}(?:\s(?:me|us)(?=\sat\b))?))"
    rf"{_GAP}(?:@\s(?=[a-z0-9]))?(?P<name>[@~]?{_NAME})(?![a-z0-9])",
    re.IGNORECASE,
)
# A list's signs between LINE and a name: only what looks like a name, no word, is one.
_LISTED = re.compile(rf"{_LINE}\s?[,、|/–—-]\s?(?P<name>[@~]?{_NAME})(?![a-z0-9])", re.IGNORECASE)
_LINE_WORD = re.compile(_LINE, re.IGNORECASE)
_BEHIND = re.compile(
    rf"(?<![a-z0-9.@_-])(?P<name>{_NAME})(?![a-z0-9@])"
    rf"(?:[^\s,。!?]{{0,8}}的{_LINE}|\s?\(\s?{_LINE}(?:\s?(?:ID|帳號))?\s?\)|\s?(?:這|就)?是我?的?{_LINE})",
    re.IGNORECASE,
)
_ON_LINE = re.compile(
    rf"\b(?:add|find|search|me|us)\s(?P<name>{_NAME})\s(?:on|in|at)\s(?:my\s)?{_LINE}", re.IGNORECASE
)
# Marks so loose that a word behind them is more likely a word than a name.
_LOOSE = re.compile(r"官方|搜|友", re.IGNORECASE)
_SURE_COLON = re.compile(rf"[:=是為{_POINTS}]|is", re.IGNORECASE)
# 「加我 babe_0611」: whoever shall be added is found by letters with a digit or an underscore.
_ADD = re.compile(
    r"加(?:我|他|她|老師|助理|客服|那個|的那個)?(?:的|好友)?\s?(?P<name>(?=[a-z0-9._-]*[\d_])[a-z][a-z0-9._-]{4,19})(?![a-z0-9])",
    re.IGNORECASE,
)
# "her id was daisy.fx88"
_SOMEBODYS_ID = re.compile(
    r"\b(?:his|her|their|the|its|your|user)\s?(?:name|line|user)?\s?(?:id|name|account)\s(?:is|was|:)\s?(?P<name>(?=[a-z0-9._-]*[\d_.])[a-z0-9][a-z0-9._-]{3,19})(?![a-z0-9])",
    re.IGNORECASE,
)
_UNDERSCORED = re.compile(
    r"(?<![a-z0-9@._/-])(?P<name>[a-z][a-z0-9]*_[a-z0-9_]{2,16})(?![a-z0-9@./-])", re.IGNORECASE
)
_AT = re.compile(r"(?<![a-z0-9._%+@-])@(?P<name>[a-z0-9][a-z0-9._-]{2,19})(?![a-z0-9])", re.IGNORECASE)
_SHORT_LINK = re.compile(r"lin\.ee/(?P<name>[\w-]+)", re.IGNORECASE)
_LINE_LINK = re.compile(
    r"line(?:\.me|\.naver\.jp|(?=://(?:R/+)?ti/))(?::?/+)(?:R/+)?(?:ti/+p/+|oaMessage/+)(?P<person>[\w.@~%-]+)"
    r"|page\.line\.me/+(?:\?accountId=)?(?P<page>[\w.@%-]+)",
    re.IGNORECASE,
)
_APP_LINK = re.compile(
    r"(?<![a-z])line:/{1,3}(?:R/+)?(?:ti/+p/+|oaMessage/+)(?P<name>[\w.@~%-]+)", re.IGNORECASE
)
_TELEGRAM_LINK = re.compile(
    r"(?:^|//|\.)(?:t\.me|telegram\.me|telegram\.dog)/(?:s/|joinchat/|\+)?(?P<name>[\w-]{3,40})",
    re.IGNORECASE,
)
_TELEGRAM = re.compile(
    r"(?:telegram|(?<![a-z0-9])TG|飛機|紙飛機|電報)\s?(?:ID|帳號|號|群)?\s?[:=是]?\s{0,2}@?(?P<name>[a-z][a-z0-9_]{4,31})(?![a-z0-9])",
    re.IGNORECASE,
)
_OTHER_NETWORK = re.compile(
    r"(?:(?<![a-z])(?:IG|instagram|twitter|threads|telegram|TG|youtube|YT|tiktok|discord|DC|github|fb|facebook|twitch|weibo|wechat|x)"
    r"|推特|脆|小紅書|飛機|電報|抖音|臉書|粉專|頻道|微信|微博|蝦皮)(?:上的?|的)?\s?(?:帳號|ID|account)?\W{0,3}$",
    re.IGNORECASE,
)
# Words that follow "LINE" or an @ without being anyone's name.
_COMMON = frozenset(
    "line pay group groups chat chats today official account accounts shop shopping store bank call calls app apps"
    " friend friends message messages messenger user users music points point tv taxi stickers sticker here this that"
    " from with link links number name was and the they who scam fraud group_chat open openchat help everyone all"
    " admin team service support customer online offline taiwan japan news id ids on in is it to of for me my".split()
)
# Followed by a number, names of things people write beside LINE.
_PRODUCTS = frozenset("iphone ipad ipod android ios windows mac pay bank galaxy pixel covid omicron".split())
# Words that lead to a LINE id although LINE is not named.
_LINELESS = re.compile(r"加[來萊徠]|好友|ID", re.IGNORECASE)
SHORTEST_NUMBER = 7


def _acceptable(name: str, *, marked: bool) -> bool:
    plain = name.lstrip("@~").rstrip("._-").lower()
    if (
        plain in _COMMON
        or not any(sign.isalnum() for sign in plain)
        or len(plain) < (3 if name.startswith("@") else 4)
    ):
        return False
    if marked:
        return True
    word = plain.rstrip("0123456789")
    if word in _COMMON or word in _PRODUCTS or (not word and len(plain) < SHORTEST_NUMBER):
        return False
    return any(not sign.isalpha() for sign in plain)


def line_id_of_link(link: str) -> str | None:
    """The id inside a LINE link in any of its forms; of a business account with its @."""
    match = _SHORT_LINK.search(link)
    if match is not None:
        return match.group("name")
    match = _LINE_LINK.search(link)
    if match is None:
        return None
    if match.group("page"):
        return "@" + unquote(match.group("page")).lstrip("@").lower()
    name = unquote(match.group("person")).lstrip("~")
    return name.lower() if name.startswith("@") else name


def find_links(urls: list[Span]) -> Iterator[Span]:
    """Ids inside LINE and Telegram links; the link itself stays an address."""
    for url in urls:
        name = line_id_of_link(url.value)
        if name:
            yield Span("line_id", name, url.start, url.end)
        telegram = _TELEGRAM_LINK.search(url.value)
        if telegram is not None:
            yield Span("telegram", telegram.group("name").lower(), url.start, url.end)


def _telegrams(reading: Reading) -> Iterator[re.Match[str]]:
    for match in _TELEGRAM.finditer(reading.text):
        name = match.group("name").lower()
        told = not name.isalpha() or re.search(r"[:=@是]\s{0,2}$", reading.before(match.start("name"), 3))
        if told and name not in _COMMON:
            yield match


def _line_ids(reading: Reading) -> Iterator[re.Match[str]]:
    text = reading.plain
    yield from _APP_LINK.finditer(text)
    said = _LINE_WORD.search(text) is not None
    for match in _MARKED.finditer(text) if said or _LINELESS.search(text) else ():
        if _is_marked(match, text, said=said):
            yield match
    for pattern in (_LISTED, _BEHIND, _ON_LINE) if said else ():
        for match in pattern.finditer(text):
            if _acceptable(match.group("name"), marked=False) and not match.group("name").isdigit():
                yield match
    for match in _AT.finditer(text):
        if _acceptable("@" + match.group("name"), marked=True) and not _OTHER_NETWORK.search(
            text, max(0, match.start() - 14), match.start()
        ):
            yield match
    yield from _ADD.finditer(text)
    yield from _SOMEBODYS_ID.finditer(text)
    for match in _UNDERSCORED.finditer(text):
        if not _OTHER_NETWORK.search(text, max(0, match.start() - 14), match.start()):
            yield match


def _is_marked(match: re.Match[str], text: str, *, said: bool) -> bool:
    strong, colon = match.group("strong"), match.group("colon")
    if match.group("bare") and not said:
        return False
    if match.group("friend") and _OTHER_NETWORK.search(text, max(0, match.start() - 14), match.start()):
        return False
    sure = bool(colon and _SURE_COLON.fullmatch(colon)) or bool(strong and not _LOOSE.search(strong))
    return _acceptable(match.group("name"), marked=sure)


def _spans(reading: Reading) -> Iterator[tuple[str, re.Match[str]]]:
    yield from (("telegram", match) for match in _telegrams(reading))
    yield from (("line_id", match) for match in _line_ids(reading))


def find_handles(reading: Reading) -> Iterator[Span]:
    """Ids said in words: `@abc`, 加賴 abc, LINE ID: abc, TG @abc."""
    for kind, match in _spans(reading):
        start, end = match.span("name")
        if start and reading.text[start - 1] == "@":
            start -= 1
        while reading.text[end - 1] in ".-":
            end -= 1
        if reading.free(start, end):
            reading.take(start, end)
            name = unquote(reading.plain[start:end]).lower()
            yield Span(kind, name.lstrip("@~") if kind == "telegram" else name.lstrip("~"), start, end)
