"""Issuers, stores, offices, brands and banks by name: the look-ups, confirmed by what stands around a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lianfang.text.banks import NAME as BANK_NAME
from lianfang.text.banks import code_of
from nlu.components.lookups import Words, plain, read_lookup
from nlu.components.roles import is_imitated, is_turned_to, keeps_money
from nlu.components.scene import Scene, Span
from nlu.components.self_named import called, capitals, head

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
    r"點數|點卡|(?:steam|apple|蘋果|google play|xbox|ps|任天堂)\s?卡|禮[物品]卡|序號|序列號|鎖|儲值|退費|退款|面額|\d張|[一二兩三四五幾]張|gift|card|serial|code|points|refund"
)
LENGTH_OF_SURE_BANK = 4
FAMILY = re.compile(r"(?:[我他她你咱]們?|祝|闔|害)$")  # 「我們全家」 is no shop
BRANCH = re.compile(r"\s?(?:[\u4e00-\u9fff]{2,6}?(?:門市|店(?![員長家裡]))|(?<= )[a-z]{3,}$)")
# Answered to "which store?": 全家 永吉.
BARE_BRANCH = re.compile(r"\s(?![一二兩三四五六七八九十百千萬幾])[\u4e00-\u9fff]{2,4}$")
LONE_BRANCH = re.compile(
    r"(?!購買|原購|各家|任何|哪間|這間|那間|其他|附近|原來)[\u4e00-\u9fff]{2}門市"
    r"|(?<![a-z])ok\s?[\u4e00-\u9fff]{2,4}店(?![員長家裡])"
)
# A branch written in Latin letters: Hi-Life Xinyi, FamilyMart Da-an.
LATIN_BRANCH = re.compile(
    r" (?!I\b|The\b|They\b|My\b|In\b|On\b|At\b|LINE\b)[A-Z][a-z]+(?:-[a-z]+)?(?: [A-Z][a-z]+)?(?: (?:[Bb]ranch|[Ss]tore))?(?![A-Za-z])"
)
OFFICE = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[是找到跟向]))(?!我[們在去]|這個|附近|哪個|其他|各地|在|去)[\u4e00-\u9fff]{2,3}(?:分局|市刑大|刑警大隊)|[新台臺桃高][北中南園雄]市?(?:刑大|刑警大隊)"
)
# Named as where people talk, and seldom as who is talked about.
PLACES_TO_TALK = frozenset(
    {"Facebook", "Instagram", "WhatsApp", "Telegram", "TikTok", "Meta", "Tinder", "Pairs", "Dcard"}
)
# English words that are names only with a capital.
COMMON_WORDS = frozenset({"booking", "apple", "google", "trip", "meta", "max", "uber", "asus"})


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
    if kind == "issuer" and value not in ALWAYS_ISSUERS and _claims(scene, start, end):
        return scene.span("brand", value, start, end)
    if kind == "agency":
        turned_to = (
            not scene.forwarded
            and not is_imitated(scene.text, start, end)
            and is_turned_to(scene.text, start, end)
        )
        return scene.span("agency" if turned_to else "brand", value, start, end)
    if kind == "brand" and not _is_borrowed(scene, value, start, end):
        return None
    return _shop(scene, value, start, end) if kind == "store" else scene.span(kind, value, start, end)


def _is_borrowed(scene: Scene, value: str, start: int, end: int) -> bool:
    """Whether a name is meant at all: not a word, and not merely the place where people talk."""
    if scene.normal[start:end] in COMMON_WORDS:
        return False
    return value not in PLACES_TO_TALK or scene.forwarded or is_imitated(scene.text, start, end)


def _claims(scene: Scene, start: int, end: int) -> bool:
    """「Apple 通知您的帳號鎖定」: a company that also issues cards, where no card of its is meant."""
    borrowed = scene.forwarded or is_imitated(scene.text, start, end)
    return borrowed and not re.match(
        r"\s?(?:禮[物品]卡|點數|卡|gift|card|code|pin)", scene.text[end : end + 8]
    )


def _shop(scene: Scene, value: str, start: int, end: int) -> Span | None:
    """A chain with its branch; in somebody else's message, or imitated, it is a brand."""
    if value == "全家" and FAMILY.search(scene.text[max(0, start - 4) : start]):
        return None
    branch = BRANCH.match(scene.text, end) or LATIN_BRANCH.match(scene.normal, end)
    if not branch and start == 0:
        branch = BARE_BRANCH.match(scene.text, end)
    if branch:
        return scene.span("store", value, start, branch.end())
    borrowed = scene.forwarded or is_imitated(scene.text, start, end)
    return scene.span("brand" if borrowed else "store", value, start, end)


def find_other_names(scene: Scene) -> Iterator[Span]:
    """Branches without their chain, banks that are only named, offices, and names no list knows."""
    for match in LONE_BRANCH.finditer(scene.text):
        yield scene.span("store", match.group(), *match.span())
    yield from _banks(scene)
    for match in OFFICE.finditer(scene.text):
        if is_turned_to(scene.text, *match.span()) and not is_imitated(scene.text, *match.span()):
            yield scene.span("agency", match.group(), *match.span())
    heads = [head(scene.text)] if scene.forwarded else []
    for place in (*called(scene.text), *capitals(scene.normal), *(one for one in heads if one)):
        found = scene.span("brand", "", *place)
        yield Span("brand", found.text, found.text, found.start, found.end)


def _banks(scene: Scene) -> Iterator[Span]:
    for match in BANK_NAME.finditer(scene.text):
        name, place = match.group(), match.span()
        sure = name.lower().endswith(("銀行", "bank")) or len(name) >= LENGTH_OF_SURE_BANK
        if scene.forwarded or is_imitated(scene.text, *place):
            yield scene.span("brand", name, *place)
        elif keeps_money(scene.text, *place):
            yield scene.span("bank", code_of(name) or name, *place)
        elif sure:
            yield scene.span("brand", name, *place)
