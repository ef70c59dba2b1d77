"""The lanes of reports: their tables, deadlines and notices, and what happens beside a step, within its transaction."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.cases.lane import Deadline, Lane, Passage
from services.cases.walking import lock_case, walk
from services.reports.effects import describe, forget_contact, mirror, place, relist, targets_of, until_of
from services.reports.history import history, last_time, opened_with, standing
from services.reports.models import Report
from services.reports.steps import UNDER_APPEAL, back_to, is_listing
from services.reports.tables import (
    EMERGENCIES,
    EMERGENCY_HOLDS,
    OVERDUE,
    TABLES,
    TAKEN_BACK,
    denied_back_to,
    overdue,
)

PROVISIONAL_STEP = "approve_provisionally"
HOLDS = "holds"  # told with the first event of an appeal: whether it holds the case it objects to


def entered(session: Session, passage: Passage) -> None:
    """After every step: the queue's row, what is listed, what follows from it."""
    case, row = passage.case, session.get(Report, passage.case.id)
    if row is None:  # it is being opened: its row comes next
        return
    _end_in_time(session, passage)
    mirror(row, case, late=passage.event == OVERDUE)
    relist(session, row, actor=passage.actor, now=passage.now)
    if passage.event in TAKEN_BACK.values():
        forget_contact(passage.vault, case)
        if row.lane != APPEAL.name:
            _one_reporter_less(session, passage, row)
    if row.lane == APPEAL.name and row.concerns is not None and case.state in APPEAL.ends:
        _answer(session, passage, row.concerns)


def lock_concerned(session: Session, case: str) -> None:
    """A step of an appeal touches the case it objects to and other appeals against it: that case is locked first."""
    row = session.get_one(Report, case)
    if row.concerns is not None:
        lock_case(session, row.concerns)


def _end_in_time(session: Session, passage: Passage) -> None:
    """A listing ends when its decision said, an emergency two days after it began, whatever happened meanwhile."""
    case = passage.case
    if not is_listing(case.lane, case.state):
        return
    if case.state in EMERGENCIES:
        begun = last_time(session, case.id, PROVISIONAL_STEP) or passage.now
        for target in targets_of(session, case.id):
            target.until = begun + EMERGENCY_HOLDS
    until = until_of(session, case.id)
    if until is not None and (case.due_at is None or until < case.due_at):
        case.due_at, case.due_event = until, "lapse" if case.state in EMERGENCIES else "expire"


def _one_reporter_less(session: Session, passage: Passage, row: Report) -> None:
    """A case that others reported too goes on for them."""
    leader = session.get_one(Report, row.leader or row.case, with_for_update=True)
    leader.reporters -= 1
    place(leader)
    if row.leader is None and leader.reporters > 0 and passage.from_state is not None:
        row.left_at = passage.now
        _also(session, passage, row.case, back_to(passage.from_state))


def _answer(session: Session, passage: Passage, concerns: str) -> None:
    """What an appeal's end means for the case it objected to: lifted, or on where it was once none holds it."""
    row = session.get_one(Report, concerns)
    wanted = select(Report.case).where(Report.concerns == concerns, Report.state == APPEAL.start)
    others = list(session.scalars(wanted.order_by(Report.case)))
    if passage.case.state == "upheld":
        if (row.state, "uphold") in TABLES[row.lane]:
            _also(session, passage, concerns, "uphold", tell=is_listing(row.lane, row.state))
            for other in others:
                _also(session, passage, other, "uphold", tell=True)
    elif row.state in UNDER_APPEAL and not any(_holds(session, other) for other in others):
        before = standing(history(session, concerns))[-1].before
        _also(session, passage, concerns, denied_back_to(before or ""))


def _holds(session: Session, appeal: str) -> bool:
    return bool(opened_with(session, appeal).get(HOLDS, True))


def _also(session: Session, passage: Passage, case_id: str, event: str, *, tell: bool = False) -> None:
    """A step that follows from this one."""
    case = passage.case if passage.case.id == case_id else lock_case(session, case_id)
    walk(
        session, passage.vault, LANES[case.lane], case, event,
        actor=passage.actor, now=passage.now, reason=passage.event, trace=passage.trace, tell=tell,
    )  # fmt: skip


SITE = Lane(
    "site",
    start="reported",
    table=TABLES["site"],
    ends=frozenset({"rejected", "withdrawn", "removed", "upheld", "expired"}),
    deadlines={**overdue("site"), **dict.fromkeys(EMERGENCIES, Deadline(EMERGENCY_HOLDS, "lapse"))},
    notices={
        "accepted": "notice.site_accepted",
        "verified": "notice.site_verified",
        "approved_provisionally": "notice.site_approved_provisionally",
        "lapsed": "notice.site_lapsed",
        "approved": "notice.site_approved",
        "handed_over": "notice.site_handed_over",
        "handed_to_platform": "notice.site_handed_to_platform",
        "removed": "notice.site_removed",
        "rejected": "notice.report_rejected",
        "upheld": "notice.report_lifted",
    },
    owner_events=TAKEN_BACK,
    entered=entered,
    describe=describe,
)

MESSAGE = Lane(
    "message",
    start="reported",
    table=TABLES["message"],
    ends=frozenset({"rejected", "withdrawn", "upheld", "expired"}),
    deadlines=overdue("message"),
    notices={
        "accepted": "notice.message_accepted",
        "listed": "notice.message_listed",
        "rejected": "notice.report_rejected",
        "upheld": "notice.report_lifted",
    },
    owner_events=TAKEN_BACK,
    entered=entered,
    describe=describe,
)

APPEAL = Lane(
    "appeal",
    start="filed",
    table=TABLES["appeal"],
    ends=frozenset({"upheld", "denied", "withdrawn"}),
    deadlines=overdue("appeal"),
    notices={"upheld": "notice.appeal_upheld", "denied": "notice.appeal_denied"},
    owner_events={"withdraw": "withdraw"},
    lock_first=lock_concerned,
    entered=entered,
    describe=describe,
)

LANES: Mapping[str, Lane] = {lane.name: lane for lane in (SITE, MESSAGE, APPEAL)}
