"""Which report an officer sees first: a rule without IO."""

MOST_COUNTED = 99
_TEN_THOUSAND = 10_000


def rank(*, merchant: bool, reporters: int, money_lost: int, late: bool) -> int:
    """The place in the queue, lowest first; within one rank the oldest comes first.

    Money gone weighs as one report for each NT$10,000; the imitated merchant's own report as a hundred.
    """
    weight = min(reporters, MOST_COUNTED) - 1
    if money_lost > 0:
        weight += 10 + min(money_lost // _TEN_THOUSAND, MOST_COUNTED)
    weight += 100 if merchant else 0
    weight += 50 if late else 0
    return -weight
