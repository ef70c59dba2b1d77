"""The course of a lock as a lane of cases: the case's state is the lock's state."""

from sqlalchemy.orm import Session

from services.cases.lane import Deadline, Lane, Passage
from services.locks import effects
from services.locks import lock_states as states
from services.locks.describing import describe


def entered(session: Session, passage: Passage) -> None:
    """What a step means for the card, its issuer, and those who wait for the card."""
    effects.apply(session, LOCK, passage)


LOCK = Lane(
    name="lock",
    start=states.REQUESTED,
    table=states.TABLE,
    ends=states.ENDS,
    deadlines={
        states.REQUESTED: Deadline(states.REQUEST_KEPT, "lapse"),
        states.PROVISIONAL: Deadline(states.UNCONFIRMED_FOR, "expire"),
    },
    notices={
        states.PROVISIONAL: "notice.lock_placed",
        states.CONFIRMED: "notice.lock_confirmed",
        states.REFUNDED: "notice.lock_refunded",
        states.RELEASED: "notice.lock_released",
        states.EXPIRED: "notice.lock_expired",
        states.TOO_LATE: "notice.lock_too_late",
        states.OBJECTED: "notice.lock_objected",
    },
    urgent=frozenset({states.TOO_LATE, states.PROVISIONAL}),
    owner_events={"withdraw": "withdraw", "wrong": "release"},
    entered=entered,
    describe=describe,
    owners=frozenset({"until", "basis"}),
)
