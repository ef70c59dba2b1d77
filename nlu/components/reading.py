"""Finds what a message names: patterns of lianfang.text; issuers, stores, agencies, brands by look-up."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from lianfang.text.banks import NAME as BANK_NAME
from lianfang.text.find import find_all
from lianfang.text.forwarded import looks_forwarded
from lianfang.text.normalise import normalise_with_offsets, original_span
from nlu.components.lookups import Words, plain, read_lookup

# Which kinds of lianfang.text.find are entities of the domain.
KINDS = frozenset(
    {"url", "phone", "line_id", "account", "bank", "amount", "serial", "case_id", "order_id", "code"}
)
# Which look-up files hold the names of a kind: what people say, and what the registry knows.
NAME_LISTS = {
    "issuer": ("issuer",),
    "store": ("store",),
    "agency": ("agency", "public_body"),
    "brand": ("brand", "organisation"),
}

# 「Apple」 is an issuer of cards only where cards are spoken of; these always are.
ALWAYS_ISSUERS = frozenset({"MyCard", "GASH", "遊e卡", "Razer Gold", "貝殼幣"})
CARD_WORDS = re.compile(
    r"點數|禮[物品]卡|序號|序列號|鎖|儲值|退費|退款|面額|\d張|[一二兩三四五幾]張|gift|card|serial|code|points|refund"
)
# A public body is a brand (its name is borrowed), unless it writes itself or shall act.
ACTING_BODY = re.compile(r"函[查請復]|偵.{0,3}隊|公文|調閱|officer|讓.{0,8}知道|轉(?:給|知|請)|通報給")
LENGTH_OF_SURE_BANK = 4
FAMILY = re.compile(r"(?:[我他她你咱]們?|祝|闔|害)$")  # 「我們全家」 is no shop
FALSE_ONE = re.compile(r"(?:假的?|仿冒的?|冒充|山寨)$")
BRANCH = re.compile(r"\s?(?:[\u4e00-\u9fff]{2,5}?(?:門市|店(?![員長家裡]))|(?<= )[a-z]{3,}$)")
LONE_BRANCH = re.compile(
    r"(?!購買|原購|各家|任何|哪間|這間|那間|其他|附近|原來)[\u4e00-\u9fff]{2}門市"
    r"|(?<![a-z])ok\s?[\u4e00-\u9fff]{2,4}店(?![員長家裡])"
)
# Merchants name themselves: 店名小禾選物, 我是森林麵包的老闆, our company Formosa Outdoor.
OWN_NAME = re.compile(
    r"(?:店名|公司名稱|商號|商家名稱|賣場名稱|品牌(?=[是叫:「]))[是為叫:\s]*「?(?P<after>[\u4e00-\u9fffa-z0-9&]{2,12})」?"
    r"|(?:我就?是|我們是|本公司[為是])(?P<staff>[\u4e00-\u9fff]{2,8}?)的?(?:員工|老闆|店長|店家|代理商|負責人|客服|小編)"
    r"|商家註冊[:\s]*(?P<new>[\u4e00-\u9fffa-z0-9& ]{2,12})"
    r"|(?:our (?:company|brand|shop|store)|my (?:company|brand|shop|store))(?: is| name is| called)? "
    r"(?P<english>(?!to\b|is\b|has\b|was\b|in\b|on\b|and\b)[a-z0-9&' ]{2,24}?)(?=,|\.|$| tax)"
)


@dataclass(frozen=True)
class Span:
    """One entity: `text` verbatim at `[start:end]` of the message, `value` normalised."""

    entity: str
    text: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Names:
    """All names of a kind and what each stands for."""

    words: Words
    value_of: dict[str, str]


@cache
def names_of(kind: str) -> Names:
    """Of two rows with one name the first counts."""
    rows = [row for file in NAME_LISTS[kind] for row in read_lookup(file)]
    value_of = {plain(alias): row[0] for row in reversed(rows) for alias in row}
    return Names(Words.of(value_of), value_of)


@dataclass(frozen=True)
class Scene:
    """A message prepared once: lower case, Traditional, and whether somebody else wrote it."""

    original: str
    text: str
    offsets: list[int]
    forwarded: bool

    @classmethod
    def of(cls, original: str) -> "Scene":
        normal, offsets = normalise_with_offsets(original)
        return cls(original, plain(normal), offsets, looks_forwarded(original))

    def span(self, entity: str, value: str, start: int, end: int) -> Span:
        first, last = original_span(self.original, self.offsets, start, end)
        return Span(entity, self.original[first:last], value, first, last)


def find_names(scene: Scene) -> Iterator[Span]:
    """Names of the look-ups that their surroundings confirm."""
    for kind in NAME_LISTS:
        names = names_of(kind)
        for match in names.words.find(scene.text):
            span = _in_scene(scene, kind, names.value_of[match.group()], match.start(), match.end())
            if span:
                yield span


def _in_scene(scene: Scene, kind: str, value: str, start: int, end: int) -> Span | None:
    if kind == "issuer" and value not in ALWAYS_ISSUERS and not CARD_WORDS.search(scene.text):
        return None
    if kind == "agency" and (scene.forwarded or not ACTING_BODY.search(scene.text)):
        return scene.span("brand", value, start, end)
    if kind != "store":
        return scene.span(kind, value, start, end)
    before = scene.text[max(0, start - 4) : start]
    if value == "全家" and FAMILY.search(before):
        return None
    branch = BRANCH.match(scene.text, end)
    if branch:
        return scene.span("store", value, start, branch.end())
    return scene.span("brand" if scene.forwarded or FALSE_ONE.search(before) else "store", value, start, end)


def find_other_names(scene: Scene) -> Iterator[Span]:
    """Branches without their chain, banks that are only named, and what merchants call themselves."""
    for match in LONE_BRANCH.finditer(scene.text):
        yield scene.span("store", match.group(), *match.span())
    for match in BANK_NAME.finditer(scene.text):
        if match.group().lower().endswith(("銀行", "bank")) or len(match.group()) >= LENGTH_OF_SURE_BANK:
            yield scene.span("brand", match.group(), *match.span())
    for match in OWN_NAME.finditer(scene.text):
        place = match.span(match.lastgroup or 0)
        found = scene.span("brand", "", *place)
        yield Span("brand", found.text, found.text, found.start, found.end)


def find_patterns(scene: Scene) -> Iterator[Span]:
    """What lianfang.text finds; a bank in somebody else's message without an account is a borrowed name."""
    found = [entry for entry in find_all(scene.original) if entry.kind in KINDS]
    accounts = any(entry.kind == "account" for entry in found)
    for entry in sorted(found, key=lambda entry: entry.kind != "url"):
        borrowed = entry.kind == "bank" and scene.forwarded and not accounts and not entry.text.isdigit()
        yield Span("brand" if borrowed else entry.kind, entry.text, entry.value, entry.start, entry.end)


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The longest wins, then the one given first; sorted by place."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):
        if all(other.end <= span.start or span.end <= other.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def read_entities(text: str) -> list[Span]:
    """All entities of one message."""
    scene = Scene.of(text)
    return without_overlaps([*find_patterns(scene), *find_names(scene), *find_other_names(scene)])
