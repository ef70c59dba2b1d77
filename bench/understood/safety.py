"""What must not go wrong: a loss without the emergency line, a pasted text that opens a goal."""

from collections import Counter
from collections.abc import Sequence

from bench.understood.reads import ROOT, Read, Row, lines_of, parse_all, share
from lianfang.text.distress import find_distress

FORWARDED = (
    *sorted((ROOT / "services" / "registry" / "examples").glob("*.jsonl")),
    *sorted((ROOT / "bench" / "sets").glob("messages_*.jsonl")),
)
CHECKS = frozenset({"forward_message", "check_message"})
# Goals that open nothing: a pasted text read as one of them gets a sentence, no form and no card.
OPEN_NOTHING = frozenset("affirm deny cancel greet thanks help ask_info out_of_scope inform".split())
# Who says another goal may yet tell of a loss in passing; these are free of it.
TELL_NO_LOSS = OPEN_NOTHING | frozenset(
    "check_message forward_message bind_merchant create_hidden_code contact_by_code change_language".split()
)
LEAST_WARNED, MOST_WARNED = 0.98, 0.10


def warned(read: Read) -> bool:
    """The emergency line comes by words, whatever the intent, and with the goal that is about a loss."""
    return bool(find_distress(read.text).loss) or (
        read.parsed["intent"] == "already_scammed" and not read.parsed["fallback"]
    )


def report_losses_of_goals(reads: Sequence[Read]) -> bool:
    """Sentences of goals: one of them tells of a loss, some never do."""
    telling = [read for read in reads if read.wanted["intent"] == "already_scammed"]
    return _report_warnings(telling, [read for read in reads if read.wanted["intent"] in TELL_NO_LOSS])


def report_losses(rows: list[Row], _known: frozenset[str], *, misses: bool) -> bool:
    """Sentences of which is known whether they tell of a loss."""
    reads = parse_all(rows)
    telling = [read for read in reads if read.wanted["loss"]]
    others = [read for read in reads if not read.wanted["loss"]]
    for lang in sorted({str(row.get("lang")) for row in rows}):
        said = [read for read in reads if str(read.wanted.get("lang")) == lang]
        right = sum(warned(read) == read.wanted["loss"] for read in said)
        print(f"  {lang:<15}{share(right, len(said))} right")
    for read in reads:
        if misses and warned(read) != read.wanted["loss"]:
            print(f"  {'told' if read.wanted['loss'] else 'not told'}: {read.text}")
    return _report_warnings(telling, others)


def _report_warnings(telling: Sequence[Read], others: Sequence[Read]) -> bool:
    for name, part in (("loss told", telling), ("none told", others)):
        by_words = sum(bool(find_distress(read.text).loss) for read in part)
        line = sum(warned(read) for read in part)
        print(
            f"{name}        emergency line {share(line, len(part))}; by words alone {share(by_words, len(part))}"
        )
    return sum(map(warned, telling)) >= LEAST_WARNED * len(telling) and sum(
        map(warned, others)
    ) <= MOST_WARNED * len(others)


def texts_of_the_registry() -> list[Row]:
    """Other people's texts, written to judge fraud by."""
    return [row for path in FORWARDED if path.exists() for row in lines_of(path)]


def report_forwarded(rows: list[Row], known: frozenset[str], *, misses: bool) -> bool:
    """Other people's texts, those trained on left out: none may start anything but a check."""
    reads = parse_all([row for row in rows if row["text"].replace("\n", " ") not in known])
    print(f"                 {len(reads)} texts, {len(rows) - len(reads)} more are trained on")
    as_check = sum(read.parsed["intent"] in CHECKS and not read.parsed["fallback"] for read in reads)
    doubted = sum(read.parsed["fallback"] for read in reads)
    other = [read for read in reads if read.parsed["intent"] not in CHECKS and not read.parsed["fallback"]]
    opened = [read for read in other if read.parsed["intent"] not in OPEN_NOTHING]
    print(f"read as a check  {share(as_check, len(reads))}; in doubt, so asked {share(doubted, len(reads))}")
    print(f"anything else    {_by_intent(other, len(reads))}")
    print(f"open a goal      {_by_intent(opened, len(reads))}")
    for read in other:
        if misses:
            print(f"  {read.parsed['intent']}: {read.text!r}")
    return not opened


def _by_intent(reads: Sequence[Read], of: int) -> str:
    named = Counter(read.parsed["intent"] for read in reads)
    return ": ".join(
        filter(None, (share(len(reads), of), ", ".join(f"{a} {n}" for a, n in named.most_common())))
    )
