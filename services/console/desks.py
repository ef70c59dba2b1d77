"""The desks there are, one for each lane."""

from collections.abc import Mapping

from services.console.desk import Desk
from services.console.lock_parts import lock_parts, named_locks
from services.console.lock_steps import LOCK_STEPS, REASONS
from services.console.plain_desk import PlainDesk
from services.console.report_desk import ReportDesk
from services.locks.lane import LOCK

LOCK_DESK = PlainDesk(
    LOCK,
    LOCK_STEPS,
    shown={
        "issuer": "code",
        "last4": "text",
        "chain": "code",
        "store": "text",
        "bought_at": "time",
        "amount": "money",
        "given_to_scammer": "yes",
        "invoice": "contact",
    },
    choices={"reason": REASONS},
    named=named_locks,
    parts=lock_parts,
)

SITE_DESK, MESSAGE_DESK, APPEAL_DESK = ReportDesk("site"), ReportDesk("message"), ReportDesk("appeal")

DESKS: Mapping[str, Desk] = {desk.lane: desk for desk in (SITE_DESK, MESSAGE_DESK, APPEAL_DESK, LOCK_DESK)}
