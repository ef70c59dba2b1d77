"""What must not go wrong: a loss without the emergency line, a pasted text that opens a goal."""

from collections import Counter
from collections.abc import Sequence

from bench.understood.reads import ROOT, Read, lines_of, parse_all, share
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


def report_losses(reads: Sequence[Read]) -> bool:
    """The emergency line comes by words, whatever the intent, and with the goal that is about a loss."""
    telling = [read for read in reads if read.wanted["intent"] == "already_scammed"]
    others = [read for read in reads if read.wanted["intent"] in TELL_NO_LOSS]
    by_words = [sum(bool(find_distress(read.text).loss) for read in part) for part in (telling, others)]
    shown = [sum(warned(read) for read in part) for part in (telling, others)]
    print(
        f"loss told        emergency line {share(shown[0], len(telling))}; by words alone {share(by_words[0], len(telling))}"
    )
    print(
        f"none told        emergency line {share(shown[1], len(others))}; by words alone {share(by_words[1], len(others))}"
    )
    return shown[0] >= LEAST_WARNED * len(telling) and shown[1] <= MOST_WARNED * len(others)


def warned(read: Read) -> bool:
    return bool(find_distress(read.text).loss) or (
        read.parsed["intent"] == "already_scammed" and not read.parsed["fallback"]
    )


def report_forwarded(known: frozenset[str]) -> bool:
    """Other people's texts, those trained on left out: none may open anything but a check."""
    rows = [row for path in FORWARDED if path.exists() for row in lines_of(path)]
    reads = parse_all([row for row in rows if row["text"].replace("\n", " ") not in known])
    as_check = sum(read.parsed["intent"] in CHECKS for read in reads)
    doubted = sum(read.parsed["fallback"] for read in reads if read.parsed["intent"] not in CHECKS)
    opened = Counter(
        read.parsed["intent"]
        for read in reads
        if read.parsed["intent"] not in CHECKS | OPEN_NOTHING and not read.parsed["fallback"]
    )
    print(f"\n== forwarded texts ({len(reads)}, {len(rows) - len(reads)} more are trained on)")
    print(f"read as a check  {share(as_check, len(reads))}; in doubt, so asked {share(doubted, len(reads))}")
    print(
        f"open a goal      {share(sum(opened.values()), len(reads))}: "
        + ", ".join(f"{a} {n}" for a, n in opened.most_common())
    )
    return not opened
