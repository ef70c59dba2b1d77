"""`python -m cli.draft_lookups`: writes the registry's organisations into nlu/lookups, for the core to know by name."""

import csv
import re
import sys
from collections.abc import Iterator

from cli.places import ROOT

SEED = ROOT / "services" / "registry" / "seed" / "organisations.csv"
LOOKUPS = ROOT / "nlu" / "lookups"
# File -> what it says at its top and which categories of the registry it takes. Banks and apps to write in are known
# otherwise: lianfang.text.banks names those, and 「LINE」 is where people talk, not whom they talk of.
FILES: dict[str, tuple[str, frozenset[str]]] = {
    "public_body": ("Public bodies", frozenset({"agency"})),
    "organisation": (
        "Companies and other organisations",
        frozenset(
            "charity convenience crypto ecommerce education etc food hospital insurance logistics parking payment "
            "realestate securities telecom ticket transport travel utility".split()
        ),
    ),
}
SHORTEST_CHINESE, SHORTEST_LATIN = 3, 5
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NO_NAME = re.compile(r"[|(]|165|反詐|airport", re.IGNORECASE)
# Names that are words of everyday speech, and whom people write to (165) or through (TWNIC), not about.
WORDS = frozenset({"生命線", "張老師", "普發現金", "全民普發現金", "賣貨便", "TWNIC"})


def names(row: dict[str, str]) -> list[str]:
    """The name and its aliases that are long enough to be no mere word."""
    given = [row["name_zh"], row["name_en"], *row["aliases"].split(";")]
    return [name for name in dict.fromkeys(map(str.strip, given)) if _is_sure(name)]


def _is_sure(name: str) -> bool:
    shortest = SHORTEST_CHINESE if _CHINESE.search(name) else SHORTEST_LATIN
    return len(name) >= shortest and name not in WORDS and not _NO_NAME.search(name)


def render(file: str) -> str:
    """The whole look-up file from the registry as it ships."""
    heading, categories = FILES[file]
    return "\n".join(
        [f"# {heading} of the registry, made by `python -m cli.draft_lookups`", *_rows(categories), ""]
    )


def _rows(categories: frozenset[str]) -> Iterator[str]:
    with SEED.open(encoding="utf-8", newline="") as seed:
        for row in csv.DictReader(seed):
            known = names(row)
            if row["category"] in categories and known:
                yield " | ".join(known)


def main() -> int:
    for file in FILES:
        (LOOKUPS / f"{file}.txt").write_text(render(file), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
