"""Sums of money, in figures, Chinese numerals and the mixtures people type."""

import re
from collections.abc import Iterator

from lianfang.text.reading import Reading, Span

_DIGITS = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "兩": 2,
    "俩": 2,
    "倆": 2,
}
_DIGITS |= {sign: value for value, sign in enumerate("零壹貳參肆伍陸柒捌玖")}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"萬": 10**4, "億": 10**8}

_FIGURE = r"(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,3})?"
_CURRENCY = r"(?:NT\s?\$?|NTD\s?\$?|TWD|新?[台臺]幣|美[金元]|日[圓幣]|港幣|人民幣|US\$|USD|HK\$|RMB|\$)"
_MONEY = r"(?:元|塊錢|塊|圓|円|NTD?\b|TWD\b|dollars?\b|bucks\b|tệ\b|บาท)"
# 2000-5000元 is one sum, worth its end.
_RANGE = re.compile(
    rf"(?<![a-z\d./-])(?<!\d,){_CURRENCY}?\s?\d[\d,]{{0,8}}\s?[-~到至]\s?(?P<figure>{_FIGURE})\s?(?P<unit>[百千萬億]|k(?![a-z0-9]))?\s?{_MONEY}",
    re.IGNORECASE,
)
_PREFIXED = re.compile(
    rf"(?<![a-z\d]){_CURRENCY}\s?(?P<figure>{_FIGURE})\s?(?:(?P<unit>[千萬億]|k(?![a-z0-9])|ribu\b)(?P<rest>[一二兩三四五六七八九\d]千?)?)?"
    rf"(?:\s?{_MONEY})?",
    re.IGNORECASE,
)
_SUFFIXED = re.compile(
    rf"(?<![a-z\d./-])(?<!\d,)(?P<figure>{_FIGURE})\s?(?:多|幾)?(?:(?P<unit>[百千萬億]|k(?![a-z0-9])|ribu\b)"
    rf"(?P<rest>[一二兩三四五六七八九\d]千?(?!\d))?)?(?:多|幾)?\s?(?P<money>{_MONEY}|點(?!\d|半|多|鐘|前|後|左右|整|到))?",
    re.IGNORECASE,
)
_NUMERAL = re.compile(
    r"[零一二兩三四五六七八九十百千萬億幾數半壹貳參肆伍陸柒捌玖拾佰仟]{1,14}(?:多(?:萬|億)?)?(?P<money>塊錢|元|塊|圓)?"
)
# Counted things: 三百個人 and 兩千年 are no money.
_COUNTED = re.compile(
    r"\s?多?(?:個|人|位|次|則|家|名|張(?!卡)|片|戶|筆|年|天|日|分|字|件|支|組|本|則|倍|度|公|坪|米|克|里|歲|號|樓|輛|台|台|班|種|題|頁|株|口|隻|篇|秒|小時|週|點鐘|點半|步|輩|事|全|萬分|貨|科|姓|合)"
)
_IDIOM = re.compile(
    r"十萬火急|十萬八千里|百分|千萬(?!元|塊)|萬一|萬分|萬能|萬事|十分|十全|百貨|一半|千元|百元|萬元|百般|一千零一夜"
)
_MARKED = re.compile(
    r"(?:面額|MyCard|GASH|點數卡?|遊e卡|貝殼幣|Razer(?:\sGold)?)\s?(?P<figure>[1-9]\d{1,4})(?![\d-])",
    re.IGNORECASE,
)


def _whole(figure: str) -> float:
    plain = figure.replace(",", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})", plain):
        return float(plain.replace(".", ""))  # NT$88.000 as written in Vietnam and Indonesia
    return float(plain)


_SCALE = {"百": 100, "千": 1000, "萬": 10**4, "億": 10**8, "k": 1000, "ribu": 1000}


def _figure_value(figure: str, unit: str | None, rest: str | None) -> int:
    scale = _SCALE[unit.lower()] if unit else 1
    total = _whole(figure) * scale if not unit else float(figure.replace(",", "")) * scale
    if rest and scale >= 100:
        digit = rest[0]
        total += (int(digit) if digit.isdigit() else _DIGITS[digit]) * scale // 10
    return round(total)


def numeral_value(numeral: str) -> int:
    """兩萬五 -> 25000, 六十幾萬 -> 600000, 三千二百 -> 3200; 0 when it says no number."""
    total = section = digit = 0
    last_unit = 1
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            if digit == 0:
                last_unit = 1
        elif sign in _UNITS:
            section += (digit or (1 if section == 0 else 0)) * _UNITS[sign]
            digit, last_unit = 0, _UNITS[sign]
        elif sign in _GROUPS:
            total += (section + digit) * _GROUPS[sign]
            section, digit, last_unit = 0, 0, _GROUPS[sign]
        elif sign == "半" and last_unit > 1:
            digit = 5
    return total + section + digit * (last_unit // 10 if last_unit >= 100 and digit else 1)


def _in_numerals(reading: Reading) -> Iterator[Span]:
    for match in _NUMERAL.finditer(reading.text):
        raw = match.group(0)
        money = match.group("money")
        numeral = raw[: -len(money)] if money else raw
        has_digit = any(sign in _DIGITS or sign == "十" for sign in numeral)
        has_unit = any(sign in "百佰千仟萬億" for sign in numeral)
        value = numeral_value(numeral)
        if not has_digit or value <= 0 or not (money or has_unit):
            continue
        end = match.end()
        if (
            not money
            and numeral[-1] == "一"
            and numeral[-2] in "百千萬"
            and _COUNTED.match(reading.text, end)
        ):
            numeral, end = numeral[:-1], end - 1  # 一千一張: the last 一 counts the cards
            value = numeral_value(numeral)
        elif not money and (
            _COUNTED.match(reading.text, match.end())
            or _IDIOM.match(reading.text, match.start())
            or _IDIOM.match(reading.text, match.end() - 1)
        ):
            continue
        if numeral[0] in "百千萬億" or reading.before(match.start(), 1) in ("第", "之", "零", "星", "週"):
            continue
        if money == "塊" and value == 1:
            continue  # 「只缺一塊」
        if (
            money == "塊"
            and value <= 10
            and reading.after(match.end(), 1) in ("肉", "豆", "錶", "地", "蛋", "玻")
        ):
            continue
        yield Span("amount", str(value), match.start(), end)


def _in_figures(reading: Reading) -> Iterator[Span]:
    for match in _RANGE.finditer(reading.text):
        value = _figure_value(match.group("figure"), match.group("unit"), None)
        yield Span("amount", str(value), match.start(), match.end())
    for match in _PREFIXED.finditer(reading.text):
        value = _figure_value(match.group("figure"), match.group("unit"), match.group("rest"))
        yield Span("amount", str(value), match.start(), match.end())
    for match in _SUFFIXED.finditer(reading.text):
        figure, unit, money = match.group("figure"), match.group("unit"), match.group("money")
        grouped = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", figure) is not None
        if not (money or unit or grouped) or (
            unit and not money and _COUNTED.match(reading.text, match.end())
        ):
            continue
        if (
            grouped
            and not (money or unit)
            and re.match(r"[\d,-]|\s?[個人次位件名筆家]", reading.after(match.end(), 2))
        ):
            continue
        if money == "點" and float(figure.replace(",", "")) < 50:
            continue
        yield Span(
            "amount", str(_figure_value(figure, unit, match.group("rest"))), match.start(), match.end()
        )
    for match in _MARKED.finditer(reading.text):
        if int(match.group("figure")) % 10 == 0:
            yield Span("amount", match.group("figure"), match.start("figure"), match.end("figure"))


def find_amounts(reading: Reading) -> Iterator[Span]:
    """Every sum of money; `value` is an integer as text."""
    for finder in (_in_figures, _in_numerals):
        for span in finder(reading):
            end = span.end
            while end > span.start and reading.text[end - 1].isspace():
                end -= 1
            if reading.free(span.start, end):
                reading.take(span.start, end)
                yield Span(span.kind, span.value, span.start, end)
