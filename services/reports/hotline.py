"""165 behind one port: our own desk, a partner's API, or an export; saved first, sent after the commit.

Which of them a report goes to follows from the partner "165": while it has not joined, cases wait in the console.
"""

from datetime import datetime
from typing import Any, Protocol

import structlog
from sqlalchemy.orm import Session

from lianfang.clock import Clock
from lianfang.events import Actor
from lianfang.privacy import Vault
from services.cases.case import Case
from services.cases.walking import ENTITY, lock_case, walk
from services.partners.deliveries import Delivery, Handler, deliver
from services.partners.joining import status_of
from services.reports.desk import Desk
from services.reports.effects import HOTLINE
from services.reports.lanes import LANES
from services.reports.models import Report
from services.reports.packages import package_of
from services.reports.steps import REASONS

log = structlog.get_logger(__name__)

FILED = "report.filed"
LONGEST_NUMBER = 40
UNSAID = "not_enough_evidence"
# What 165 may answer at once, and the step that follows; only "received" leaves the case where it is.
ANSWERS = {"accepted": "accept", "rejected": "reject"}


class Hotline(Protocol):
    """Whoever takes reports in for 165."""

    def file(self, session: Session, desk: Desk, row: Report, case: Case) -> None:
        """Hand over a report that has just been saved, in its transaction."""


class OwnDesk:
    """165's officers read our console: the case waits there, and nothing has to be sent."""

    def file(self, session: Session, desk: Desk, row: Report, case: Case) -> None:
        """The queue has it already."""


class PartnerHotline:
    """165's own system behind an address: signed, repeated until it answers, each report once in effect."""

    def file(self, session: Session, desk: Desk, row: Report, case: Case) -> None:
        evidence = package_of(session, desk, row)
        if not desk.vault.decrypt_json(case.details or b"").get("consent"):
            return  # nobody agreed that it leaves us: it waits at our own desk
        deliver(
            session,
            desk.vault,
            partner=HOTLINE,
            kind=FILED,
            entity=ENTITY,
            entity_id=case.id,
            body=evidence,
            dedupe_key=f"{FILED}:{case.id}",
            now=desk.now,
        )


def hotline_of(session: Session) -> Hotline:
    """The one reports go to now."""
    return OwnDesk() if status_of(session, HOTLINE) == "none" else PartnerHotline()


def handlers(vault: Vault, clock: Clock) -> dict[str, Handler]:
    """What the end of a delivery to 165 means, by kind."""

    def filed(session: Session, delivery: Delivery, _status: int, answer: dict[str, Any] | None) -> None:
        if delivery.state == "answered":
            take_answer(session, vault, delivery.entity_id, answer or {}, clock())
        else:  # refused or given up: it waits at our own desk, where it is late soon
            log.warning("165 did not take a report", case=delivery.entity_id, state=delivery.state)

    return {FILED: filed}


def take_answer(session: Session, vault: Vault, case_id: str, answer: dict[str, Any], now: datetime) -> None:
    """`{"number": 165's own, "state": "received" | "accepted" | "rejected", "reason"?}`; unknown states only note."""
    row, number = session.get_one(Report, case_id), answer.get("number")
    if isinstance(number, str):
        row.hotline_number = number[:LONGEST_NUMBER] or None
    event, lane = ANSWERS.get(str(answer.get("state"))), LANES[row.lane]
    case = lock_case(session, case_id)
    if event is None:
        return
    if case.state != lane.start:  # what comes later is not 165's alone to decide
        log.info("165 answered after the case had moved on", case=case_id, state=case.state)
        return
    reason = str(answer.get("reason"))
    row.reason = (reason if reason in REASONS else UNSAID) if event == "reject" else None
    walk(
        session, vault, lane, case, event,
        actor=Actor("partner", HOTLINE), now=now, reason=row.reason,
        params={"role": HOTLINE, "organisation": HOTLINE},
    )  # fmt: skip
