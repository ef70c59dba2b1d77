"""How well the core understands: intents, entities, doubt, forwarded texts and words of loss, with Wilson intervals.

    lianfang bench nlu [--set FILE ...] [--sets DIR] [--misses]

Everything goes through `lianfang parse`, so the shipped pipeline is measured as it serves. The sets were written by
hands that saw neither the training sentences nor the rules; a sentence that stands in data/nlu as well (好, 取消) is
counted and then left out in a line of its own. A set's rows tell what it is: `intent` and `entities`, `loss` (does the
writer tell of one), or neither (somebody else's texts). No sentence is printed unless `--misses` asks for it.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.understood.reads import Row, lines_of, parse_all, trained_on  # noqa: E402 -- no package here
from bench.understood.reports import report_calibration, report_entities, report_intents  # noqa: E402
from bench.understood.safety import (  # noqa: E402
    report_forwarded,
    report_losses,
    report_losses_of_goals,
    texts_of_the_registry,
)

SETS = (
    ROOT.parent / "shared" / "data" / "utterances_dev.jsonl",
    *(
        ROOT / "bench" / "sets" / f"{name}.jsonl"
        for name in "utterances_judge utterances_k losses_k losses_l forwarded_k forwarded_l forwarded_u".split()
    ),
)


def report_sentences(rows: list[Row], known: frozenset[str], *, misses: bool) -> bool:
    """Everything about sentences whose intents and entities are known."""
    reads = parse_all(rows)
    results = (
        report_intents(reads, known),
        report_entities(reads, misses=misses),
        report_losses_of_goals(reads),
    )
    report_calibration(reads)
    for read in reads:
        if misses and not read.right:
            print(f"  {read.wanted['intent']} as {read.parsed['intent']}: {read.text}")
    return all(results)


def report_of(row: Row) -> Callable[..., bool]:
    """What a set's first row says it is for."""
    if "intent" in row:
        return report_sentences
    return report_losses if "loss" in row else report_forwarded


def main() -> int:
    arguments = argparse.ArgumentParser(prog="lianfang bench nlu", description=__doc__)
    arguments.add_argument("--set", action="append", type=Path, help="a file instead of the usual sets")
    arguments.add_argument("--sets", type=Path, help="a folder of such files instead of the usual sets")
    arguments.add_argument("--misses", action="store_true", help="print what was read wrong")
    given = arguments.parse_args()
    known = trained_on()
    reached = True
    chosen = given.set or (sorted(given.sets.glob("*.jsonl")) if given.sets else SETS)
    for path in chosen:
        if not path.exists():
            print(f"{path.name} is not here: skipped")
            continue
        rows = lines_of(path)
        print(f"\n== {path.name} ({len(rows)})")
        reached = report_of(rows[0])(rows, known, misses=given.misses) and reached
    if not (given.set or given.sets):
        print("\n== texts of the registry")
        reached = report_forwarded(texts_of_the_registry(), known, misses=given.misses) and reached
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
