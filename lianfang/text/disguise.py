"""Digits and letters in other clothes (四五三九, ٤٥٣٩, Greek Α) read as what they stand for, place by place."""

import re
import unicodedata

_CHINESE_DIGITS = dict(
    zip("零〇○一二三四五六七八九幺壹貳參肆伍陸柒捌玖", "00012345678911" + "23456789", strict=True)
)
_NUMERAL = "".join(_CHINESE_DIGITS)
# Spelled out digit by digit; 三千五百 and 三萬 count, they do not spell.
_SPELLED = re.compile(
    rf"(?<![十百千萬億點第週{_NUMERAL}])(?:[{_NUMERAL}\d](?:[ ,、.-]{{1,2}}(?=[{_NUMERAL}\d]))?){{4,}}(?![十百千萬億])"
    rf"|(?<=[碼是為:\s])[{_NUMERAL}]{{3}}(?![十百千萬億個次天年月元塊人{_NUMERAL}])"
)
# A whole number in numerals, as long as telephone and account numbers are; 2299一直 says "two digits, and then".
_NUMBER = re.compile(
    rf"(?<![十百千萬億點第週\d{_NUMERAL}])[{_NUMERAL}](?:[ ,、.-]{{0,2}}[{_NUMERAL}]){{7,}}(?![十百千萬億\d])"
)
_LOOK_ALIKE = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοАВЕКМНОРСТУХІЈЅԚԜаеорсухіјѕ", "ABEZHIKMNOPTYXoABEKMHOPCTYXIJSQWaeopcyxijs"
)
KEYCAP = "\u20e3"
_ASCII = frozenset(map(chr, range(128)))


def undisguise(text: str) -> str:
    """The same text, exactly as long, with disguised digits and look-alike letters in ASCII."""
    return text if text.isascii() else _SPELLED.sub(_spell, _in_ascii(text))


def undisguise_numbers(text: str) -> str:
    """As `undisguise`, but of Chinese numerals only whole numbers, so that no word beside a number joins it."""
    return text if text.isascii() else _NUMBER.sub(_spell, _in_ascii(text))


def _in_ascii(text: str) -> str:
    plain = text.translate(_LOOK_ALIKE).replace(KEYCAP, " ")
    odd = set(plain) - _ASCII
    table = {ord(sign): digit for sign in odd if sign < "\u4e00" and (digit := _digit(sign)) != sign}
    return plain.translate(table) if table else plain


def _digit(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)


def _spell(match: re.Match[str]) -> str:
    return "".join(_CHINESE_DIGITS.get(sign, sign) for sign in match.group(0))
