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
_LOOK_ALIKE = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТУХІЈЅԚԜаеорсухіјѕ", "ABEZHIKMNOPTYXABEKMHOPCTYXIJSQWaeopcyxijs"
)
KEYCAP = "\u20e3"


def undisguise(text: str) -> str:
    """The same text, exactly as long, with disguised digits and look-alike letters in ASCII."""
    if text.isascii():
        return text
    plain = text.translate(_LOOK_ALIKE).replace(KEYCAP, " ")
    plain = "".join(sign if sign.isascii() or sign >= "\u4e00" else _digit(sign) for sign in plain)
    return _SPELLED.sub(_spell, plain)


def _digit(sign: str) -> str:
    value = unicodedata.digit(sign, None)
    return sign if value is None else str(value)


def _spell(match: re.Match[str]) -> str:
    return "".join(_CHINESE_DIGITS.get(sign, sign) for sign in match.group(0))
