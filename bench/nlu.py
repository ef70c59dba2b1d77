"""How well the core understands: intents, entities, doubt, forwarded texts and words of loss, with Wilson intervals.

    lianfang bench nlu [--set FILE ...] [--missed]

Everything goes through `lianfang parse`, so the shipped pipeline is measured as it serves. The sets were written by
hands that saw neither the training sentences nor the rules; a sentence that stands in data/nlu as well (好, 取消) is
counted and then left out in a line of its own.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.understood.reads import lines_of, parse_all, trained_on  # noqa: E402 -- no installed package here
from bench.understood.reports import report_calibration, report_entities, report_intents  # noqa: E402
from bench.understood.safety import report_forwarded, report_losses  # noqa: E402

SETS = (
    ROOT.parent / "shared" / "data" / "utterances_dev.jsonl",
    ROOT / "bench" / "sets" / "utterances_judge.jsonl",
)


def main() -> int:
    arguments = argparse.ArgumentParser(prog="lianfang bench nlu", description=__doc__)
    arguments.add_argument("--set", action="append", type=Path, help="instead of the usual sets")
    arguments.add_argument("--missed", action="store_true", help="print what was read wrong")
    given = arguments.parse_args()
    known = trained_on()
    reached = True
    for path in given.set or SETS:
        if not path.exists():
            print(f"{path.name} is not here: skipped")
            continue
        reads = parse_all(lines_of(path))
        print(f"\n== {path.name} ({len(reads)} sentences)")
        results = (report_intents(reads, known), report_entities(reads), report_losses(reads))
        report_calibration(reads)
        reached = reached and all(results)
        if given.missed:
            for read in reads:
                if not read.right:
                    print(f"  {read.wanted['intent']} as {read.parsed['intent']}: {read.text}")
    if not given.set:
        reached = report_forwarded(known) and reached
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
