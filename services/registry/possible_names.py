"""LINE ids, telephone and account numbers a text may mean, however written: looked up in lists, judged by nothing else.

An id needs a word that leads to one; a number is looked up with its signs left out. Linear in the text and pure.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lianfang.text.banks import BANKS
from lianfang.text.normalise import to_traditional
from lianfang.text.phones import is_taiwanese

_CHINESE_DIGITS = str.maketrans("零〇○一二三四五六七八九壹貳參肆伍陸柒捌玖", "000123456789123456789")
_STROKES = re.compile("[\u2010-\u2015\u2043\u2212\u02d7\u30fc\u2500]")
_NUMERAL = "[零〇○一二三四五六七八九壹貳參肆伍陸柒捌玖]"
_NUMERALS = re.compile(rf"(?<=[a-z0-9._-]){_NUMERAL}+|{_NUMERAL}{{1,20}}(?=[a-z0-9._-])")
_LEADS = re.compile(
    r"[賴瀨籟濑]|l[\s._-]?[i1l][\s._-]?n[\s._-]?e(?![a-z])|ㄌㄞ|加[來萊徠我]|[加好]友|綠泡泡|綠色軟體|聯[繫絡]|(?<![a-z])i\s?d(?![a-z])|@(?=\s)"
)
_FILL = (
    r"(?:[^a-z0-9\u3400-\u9fff]|是|為|搜尋|搜|官方|帳號|號|i\s?d(?![a-z])|account|is(?![a-z])|me(?![a-z])|at(?![a-z])|我|的|加|請)"
    r"{0,14}"
)
_BEHIND = re.compile(rf"{_FILL}(?P<name>[a-z0-9_][a-z0-9._-]{{1,29}}(?:[ ]?[a-z0-9._-]{{1,8}}){{0,3}})")
_SPACED = re.compile(rf"{_FILL}(?P<name>[a-z0-9](?:[ ._-]{{1,2}}[a-z0-9]){{3,19}})(?![a-z0-9])")
_LETTERS_AFTER = re.compile(r"(?<![信依仰無抵倚])[賴瀨籟濑ㄌ]")
_BEFORE = re.compile(
    r"(?<![a-z0-9._@-])(?P<name>[a-z0-9][a-z0-9._-]{3,19})(?=[^a-z0-9]{0,6}(?:[這就]?是?[我他她]?的?(?P<word>[賴瀨]|line(?![a-z./:]))|@line))"
)
# Only such as the reader of ids does not take: the others it has judged by their surroundings.
_AT = re.compile(
    r"(?<![a-z0-9._%+-])@(?P<name>_[a-z0-9._-]{3,19}|[a-z0-9][a-z0-9._-]{2,18}[._-])(?![a-z0-9@])"
)
_ID_ITSELF = re.compile(
    r"(?:line|[賴瀨])[^a-z0-9]{0,6}(?:i\s?d)?[^a-z0-9]{0,6}(?P<name>(?:id|pin)[a-z0-9._-]{2,18})(?![a-z0-9])"
)
_DIGITS = re.compile(r"\d(?:[\s./·・~*_,、()—-]{0,3}\d)*")
_GROUP = re.compile(r"\d+")
_O_FOR_ZERO = re.compile(r"(?<![a-z0-9])[o0][0-9oil]{9}(?![a-z0-9])")
SHORTEST_ID = 4
LONGEST_ID = 20
MOST_IDS = 500
MOST_NUMBERS = 240
MOST_GROUPS = 24
ACCOUNTS = range(10, 17)


def possible_line_ids(plain: str) -> list[str]:
    """`plain`: the normal form of a text, with look-alike letters and digits in ASCII. Keys as lists keep them."""
    text = _NUMERALS.sub(
        lambda run: run[0].translate(_CHINESE_DIGITS), _STROKES.sub("-", to_traditional(plain).lower())
    )
    found = dict.fromkeys(islice(_line_ids(text), MOST_IDS))
    return [name for name in found if SHORTEST_ID <= len(name) <= LONGEST_ID and re.search("[a-z]", name)]


def _line_ids(text: str) -> Iterator[str]:
    for lead in _LEADS.finditer(text):
        letters = _LETTERS_AFTER.match(text, lead.start()) is not None
        for pattern in (_BEHIND, _SPACED):
            match = pattern.match(text, lead.end())
            if match is None:
                continue
            joined = ""
            for part in match["name"].split():
                first, joined = not joined, joined + part
                # An id may end with the sign that ends a sentence: lists hold both kinds.
                for name in dict.fromkeys((joined.strip(".-"), joined)):
                    if not name.isalpha() or (letters and first):
                        yield name
            whole = re.sub(r"[._-]", "", joined)
            if not whole.isalpha():
                yield whole
    yield from _marked(text)


def _marked(text: str) -> Iterator[str]:
    """Ids that carry their mark with them: @id, LINE ID id…, id and then the word."""
    for pattern in (_AT, _ID_ITSELF):
        for match in islice(pattern.finditer(text), MOST_IDS):
            yield match["name"]
    for match in _BEFORE.finditer(text):
        if not match["name"].isalpha() or match["word"] in ("賴", "瀨"):
            yield match["name"].strip(".-")


def possible_numbers(plain: str) -> tuple[list[str], list[str]]:
    """Telephone and account numbers."""
    text = _STROKES.sub("-", plain.lower())
    phones: dict[str, None] = {}
    accounts: dict[str, None] = {}
    for match in _O_FOR_ZERO.finditer(text):
        number = match[0].translate(str.maketrans("oil", "011"))
        if is_taiwanese(number):
            phones[number] = None
    for run in _DIGITS.finditer(text):
        for number in _windows(_GROUP.findall(run[0])):
            if len(phones) + len(accounts) >= MOST_NUMBERS:
                return list(phones), list(accounts)
            national = "0" + number.removeprefix("00")[3:].lstrip("0") if "886" in number[:5] else number
            if is_taiwanese(national):
                phones[national] = None
            if len(number) in ACCOUNTS:
                accounts[number] = None
            if number[:3] in BANKS and len(number) - 3 in ACCOUNTS:
                accounts[number[3:]] = None
    return list(phones), list(accounts)


def _windows(groups: list[str]) -> Iterator[str]:
    """Neighbouring groups put together, as long as they could be one number."""
    longest = ACCOUNTS[-1] + 3
    starts = range(len(groups)) if len(groups) <= MOST_GROUPS else range(0)
    for start in starts:
        number = ""
        for group in groups[start:]:
            number += group
            if len(number) > longest:
                break
            if len(number) >= SHORTEST_NUMBER:
                yield number


SHORTEST_NUMBER = 9
