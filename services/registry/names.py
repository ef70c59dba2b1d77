"""Finding organisations in a text: who speaks (brackets, beginning, sender), who is only mentioned."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lianfang.text.normalise import normalise, to_traditional

_BETWEEN_CJK = re.compile(r"(?<=[\u3400-\u9fff])[ \t\u3000]+(?=[\u3400-\u9fff])")
# Characters kept apart by signs or lines, one by one, so that no word can be found: 請*提*供*信*用*卡.
_SEPARATOR = re.compile(r"[^\w\u3400-\u9fff]|_")
_SPREAD = re.compile(
    r"[\u3400-\u9fff](?:(?:[^\w\u3400-\u9fff]|_){1,3}[\u3400-\u9fff](?![\u3400-\u9fff])){3,}"
    r"|(?<![a-z0-9])[a-z](?: [a-z]){2,}(?![a-z0-9])"
)
_HEAD = re.compile(r"^[\s\d,.:;!?~>*\-|/(#]*")
_BRACKET = re.compile(r"[【\[〔《「<『]([^】\]〕》」>』\n]{1,40})[】\]〕》」>』]")
_GREETING = re.compile(
    r"(?:\d{3}\s*)?(?:親愛的?\S{0,8}[,，:：!]?|您好|你好|哈囉|嗨|hi|hello|dear \w+)?[,，!。~\s]*"
    r"(?:我(?:們)?是|這裡是|此為|來自|我司為|本行為|this is)?\s*(?:the )?",
    re.IGNORECASE,
)
_AFTER_SPEAKER = re.compile(
    r"(?:[\s:：,，|｜\-–—~!！。]|$|通知|提醒|客服|關心|感謝|公告|敬告|您好|官方|用戶|會員|卡友|信用卡|銀行|app|監理|"
    r"小編|專員|線上|商城|購物|帳單|帳戶|簡訊|股份|有限|門市|服務|系統|中心|公司|補助|政府|取貨|到貨|貨態|物流|"
    r"繳費|電信|金融|安全|推播|團隊|的?客服|etc|of taiwan|notice|alert|[^\s,。,!?]{1,8}[:：])",
    re.IGNORECASE,
)
_AFTER_AMBIGUOUS = re.compile(
    r"(?:\s?[:：|｜]|通知|提醒您|客服|關心您|信用卡|銀行|卡友|帳單|官方)", re.IGNORECASE
)
# Shorter names are too near to one another: one character makes another bank.
_CHINESE_NAME = re.compile("[\u3400-\u9fff]{5,}")
HEAD_LENGTH = 40


@dataclass(frozen=True)
class Written:
    """One way to write an organisation's name; with `brackets` it counts only where a speaker stands."""

    text: str
    brackets: bool = False


@dataclass(frozen=True)
class Named:
    """One organisation found in a text. `speaks`: the message claims to come from it."""

    organisation: str
    place: int
    length: int
    speaks: bool


def compact(text: str) -> str:
    """The form patterns are matched in: normal, traditional, lower case, no blanks between characters."""
    return fold(normalise(text))


def fold(normal: str) -> str:
    """`compact` of a text that is in normal form already."""
    plain = to_traditional(normal).replace("臺", "台").casefold()
    return _BETWEEN_CJK.sub("", _SPREAD.sub(_together, plain))


def _together(spread: re.Match[str]) -> str:
    return _SEPARATOR.sub("", spread[0])


class NameIndex:
    """All names by their first two characters, so that a text is read once."""

    def __init__(self, names: Iterable[tuple[Written, str]]) -> None:
        index: dict[str, list[tuple[str, bool, str]]] = {}
        for written, organisation in names:
            form = compact(written.text)
            if len(form) < 2:
                continue
            index.setdefault(form[:2], []).append((form, written.brackets, organisation))
        for found in index.values():
            found.sort(key=lambda entry: -len(entry[0]))
        self._index = index
        self._exact = {form for entries in index.values() for form, _, _ in entries}
        self._nearly = {
            blank: organisation
            for entries in index.values()
            for form, _, organisation in entries
            if _CHINESE_NAME.fullmatch(form)
            for blank in _blanked(form)
        }

    def find(self, text: str) -> list[Named]:
        """Every organisation named in `text` (which is in compact form), speakers first."""
        best: dict[str, Named] = {}
        place = 0
        speaking = _speaking_places(text)
        while place < len(text) - 1:
            step = 1
            longest = 0
            for form, brackets, organisation in self._index.get(text[place : place + 2], ()):
                if len(form) < longest or not _stands_alone(text, place, form):
                    continue
                speaks = _speaks(text, place, form, speaking, strict=brackets)
                if brackets and not speaks:
                    continue
                longest = len(form)
                step = longest
                known = best.get(organisation)
                if known is None or (speaks and not known.speaks):
                    best[organisation] = Named(organisation, place, len(form), speaks)
            place += step
        return sorted(best.values(), key=lambda named: (not named.speaks, named.place))

    def misspelt(self, text: str) -> str | None:
        """The organisation whose name stands in the first brackets with one character wrong, or None."""
        bracket = _BRACKET.search(text, 0, HEAD_LENGTH)
        name = "" if bracket is None else bracket[1].strip()
        if name in self._exact or _CHINESE_NAME.fullmatch(name) is None:
            return None
        return next((self._nearly[blank] for blank in _blanked(name) if blank in self._nearly), None)

    def whole(self, name: str) -> list[str]:
        """Organisations whose name `name` is or begins with: for a sender shown as words."""
        return [named.organisation for named in self.find(f"【{compact(name).strip()}】") if named.speaks]


def _blanked(form: str) -> list[str]:
    """The name with each of its characters left open in turn, but for the first: that may be another name."""
    return [f"{form[:place]}?{form[place + 1 :]}" for place in range(1, len(form))]


def _speaking_places(text: str) -> dict[int, tuple[int, int]]:
    """Start -> (start, end) of stretches where a speaker introduces itself."""
    head = _HEAD.match(text)
    start = head.end() if head else 0
    places = {start: (start, -1)}
    greeting = _GREETING.match(text, start)
    if greeting is not None:
        places[greeting.end()] = (greeting.end(), -1)
    for bracket in _BRACKET.finditer(text, 0, 400):
        if bracket.start() > HEAD_LENGTH:
            break
        places[bracket.start(1)] = (bracket.start(1), bracket.end(1))
        break
    return places


def _speaks(text: str, place: int, form: str, speaking: dict[int, tuple[int, int]], *, strict: bool) -> bool:
    end = place + len(form)
    for start, stop in speaking.values():
        if stop >= 0 and start <= place and end <= stop:
            lead = text[start:place].strip(" 0123456789")
            if not strict or lead == "":
                return True
        after = _AFTER_AMBIGUOUS if strict else _AFTER_SPEAKER
        if stop < 0 and place == start and after.match(text, end) is not None:
            return True
    return False


def _stands_alone(text: str, place: int, form: str) -> bool:
    if not text.startswith(form, place):
        return False
    if form[0].isascii() and form[0].isalnum() and place > 0 and _is_word(text[place - 1]):
        return False
    end = place + len(form)
    return not (form[-1].isascii() and form[-1].isalnum() and end < len(text) and _is_word(text[end]))


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "-_@.")
