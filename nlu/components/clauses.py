"""The clauses of a plain text, and where in each something is set aside: 「不是要鎖卡，是要解鎖」."""

import re
from dataclasses import dataclass

_BORDER = re.compile(
    r"[,，。!！?？;；\n…~～、:：]+|(?<=[a-z])\.(?=\s|$)|\.{2,}|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|\s-\s"
    r"|(?<!不)(?=(?:但是?|可是|不過|只是|而是|然後|結果|所以|是要|我是要)(?=[\u4e00-\u9fff]{2}))|\s(?=(?:but|so|just|then|because|and)\s)"
)
# Not what is wished: everything after it in the clause. 「不要讓他儲」 and 「別人」 wish or say something else.
_SET_ASIDE = re.compile(
    r"(?<!是)不是(?!不|說)|並非|(?<!要)不要(?!讓|被|再讓|給他|怕|緊|臉|命|停)|不用|不必|不需要?|沒有?要|不想(?!讓|被|給)"
    r"|先不|(?<![個分區特])別(?!人|的|讓|被|家|處|停)|\b(?:not|don't|no need to|never mind|rather than|instead of)\b"
)


@dataclass(frozen=True)
class Clause:
    """`[start:end]` of the text; from `aside` on (its end, when nothing is) it speaks of what is not wished."""

    start: int
    end: int
    aside: int


def clauses(plain: str) -> list[Clause]:
    """All clauses with something in them."""
    found: list[Clause] = []
    start = 0
    for match in [*_BORDER.finditer(plain), re.compile("$").search(plain, len(plain))]:
        if match is None:
            continue
        if plain[start : match.start()].strip():
            aside = _SET_ASIDE.search(plain, start, match.start())
            found.append(Clause(start, match.start(), aside.start() if aside else match.start()))
        start = max(start, match.end())
    return found
