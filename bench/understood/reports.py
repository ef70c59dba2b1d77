"""Intents with their confusions, how far confidence can be trusted, and entities by exact span."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bench.understood.reads import Read, rate, share, told

LEAST_RIGHT, LEAST_HARD, LEAST_F1 = 0.90, 0.85, 0.90
BINS = (0.0, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 1.0)
APART = "case_id"


def report_intents(reads: Sequence[Read], known: frozenset[str]) -> bool:
    hard = [read for read in reads if read.wanted["hard"]]
    print(f"intents          {told(reads)}")
    print(f"  hard           {told(hard)}")
    print(f"  easy           {told([read for read in reads if not read.wanted['hard']])}")
    print(f"  not in data/   {told([read for read in reads if read.text not in known])}")
    print(f"fallbacks        {share(sum(read.parsed['fallback'] for read in reads), len(reads))}")
    for lang in sorted({read.wanted["lang"] for read in reads}):
        print(f"  {lang:<15}{told([read for read in reads if read.wanted['lang'] == lang])}")
    for intent in sorted({read.wanted["intent"] for read in reads}):
        print(f"  {intent:<20}{told([read for read in reads if read.wanted['intent'] == intent])}")
    mixed = Counter((read.wanted["intent"], read.parsed["intent"]) for read in reads if not read.right)
    print("mixed up         " + ", ".join(f"{a} as {b} {n}" for (a, b), n in mixed.most_common(12) if n > 1))
    return rate(reads) >= LEAST_RIGHT and rate(hard) >= LEAST_HARD


def report_calibration(reads: Sequence[Read]) -> None:
    gap = 0.0
    for low, high in pairwise(BINS):
        inside = [read for read in reads if low < max(read.parsed["confidence"], 1e-9) <= high]
        if inside:
            mean = sum(read.parsed["confidence"] for read in inside) / len(inside)
            gap += abs(mean - rate(inside)) * len(inside) / len(reads)
            print(f"  sure {low:.2f} to {high:.2f}: says {mean:.2f}, right {told(inside)}")
    print(f"calibration      expected error {gap:.3f}")


def found(entities: Iterable[dict[str, str]], text: str) -> Counter[tuple[str, str]]:
    return Counter((one["entity"], one[text]) for one in entities)


def report_entities(reads: Sequence[Read], *, misses: bool) -> bool:
    """Exact spans; people's own case ids apart."""
    hit, read_wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for read in reads:
        gold, seen = found(read.wanted["entities"], "value"), found(read.parsed["entities"], "text")
        for counts, pairs in ((hit, gold & seen), (read_wrong, seen - gold), (missed, gold - seen)):
            for (kind, _), count in pairs.items():
                counts[kind] += count
        if misses and gold != seen:
            print(f"  missed {sorted(gold - seen)}, wrong {sorted(seen - gold)}: {read.text}")
    for kind in sorted(hit | read_wrong | missed):
        print(f"  {kind:<15}{quality(hit, read_wrong, missed, {kind})}")
    kinds = set(hit | read_wrong | missed) - {APART}
    print(f"entities         {quality(hit, read_wrong, missed, kinds)} (micro, exact span, {APART} apart)")
    return f1(hit, read_wrong, missed, kinds) >= LEAST_F1


def quality(hit: Counter[str], wrong: Counter[str], missed: Counter[str], kinds: set[str]) -> str:
    """`F1 0.950, precision 40/42 = …, recall 40/42 = …`."""
    right, more, fewer = (sum(counts[kind] for kind in kinds) for counts in (hit, wrong, missed))
    return (
        f"F1 {f1(hit, wrong, missed, kinds):.3f}, precision {share(right, right + more)}, "
        f"recall {share(right, right + fewer)}"
    )


def f1(hit: Counter[str], wrong: Counter[str], missed: Counter[str], kinds: set[str]) -> float:
    right, errors = (sum(counts[kind] for kind in kinds) for counts in (hit, wrong + missed))
    return 2 * right / (2 * right + errors) if right + errors else 1.0
