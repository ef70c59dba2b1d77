"""The states of a card and what moves them, as a table: crediting and locking can never both come out of it.

`permitted` ends only by the issuer's own report, never by a clock. `credited_by_own_rule` is what an issuer tells
us after our hub could not be reached.
"""

from collections.abc import Mapping

HELD, PERMITTED, CREDITED, SPENT, LOCKED, REFUNDED = (
    "held", "permitted", "credited", "spent", "locked", "refunded",
)  # fmt: skip

TABLE: Mapping[tuple[str, str], str] = {
    (HELD, "permit"): PERMITTED,
    (PERMITTED, "credited"): CREDITED,
    (PERMITTED, "not_credited"): HELD,
    (CREDITED, "spent"): SPENT,
    (HELD, "lock"): LOCKED,
    (LOCKED, "release"): HELD,
    (LOCKED, "refund"): REFUNDED,
    (HELD, "credited_by_own_rule"): CREDITED,
    (PERMITTED, "credited_by_own_rule"): CREDITED,
    (LOCKED, "credited_by_own_rule"): CREDITED,
}
START = HELD
STATES = frozenset({START, *(state for state, _ in TABLE), *TABLE.values()})
EVENTS = frozenset(event for _, event in TABLE)
GONE = frozenset({CREDITED, SPENT})


class OutOfOrder(Exception):
    """The card's state knows no such event: nothing was changed."""

    def __init__(self, state: str, event: str) -> None:
        super().__init__(f"card: no {event} in {state}")
        self.state = state
        self.event = event


def step(state: str, event: str) -> str:
    """The state after it. Raises OutOfOrder."""
    try:
        return TABLE[state, event]
    except KeyError:
        raise OutOfOrder(state, event) from None
