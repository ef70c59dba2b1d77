"""What somebody wrote, as it is shown back: readable, short, and with no address that can be tapped. Pure."""

import unicodedata

from lianfang.text.defang import defang
from lianfang.text.find import find_all

LONGEST = 60


def shown(text: str, longest: int = LONGEST) -> str:
    """In one line; ends in … where something was left out."""
    line = " ".join(defanged(text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def defanged(text: str) -> str:
    """With every address broken, and without signs that cannot be seen."""
    plain = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign)[0] != "C")
    plain = plain.replace("[.]", ".")
    for found in reversed([one for one in find_all(plain) if one.kind == "url"]):
        plain = plain[: found.start] + defang(found.text) + plain[found.end :]
    return plain
