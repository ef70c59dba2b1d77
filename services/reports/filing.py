"""Files a report: a number at once, joined to the first one on the same matter, placed in the queue by what weighs."""

import contextlib
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lianfang.events import Actor, append
from lianfang.text.redact import redact
from services.cases.case import Case
from services.cases.evidence import TooMuchEvidence, add_evidence
from services.cases.finding import by_ids
from services.cases.joining import join
from services.cases.walking import ENTITY, lock_case, open_case
from services.people.roles import bound_to
from services.reports.desk import Desk, take_turn
from services.reports.effects import JOINED, place
from services.reports.hotline import hotline_of
from services.reports.lanes import LANES
from services.reports.models import Report
from services.reports.subjects import Subject, read_subject
from services.reports.told import Contact, Told, details_of

A_DAY = timedelta(days=1)
MOST_A_DAY = {"merchant": 200, "anybody": 30}
MERCHANT = "merchant"
MOST_MONEY = 2_000_000_000  # an integer column of PostgreSQL holds no more


class TooManyReports(Exception):
    """This person has filed as many today as anybody may."""


@dataclass(frozen=True)
class Filing:
    """`report`: the person's own row; `state`: of the case whose course counts; `again`: it was there already."""

    report: Report
    case: Case
    state: str
    others: int
    again: bool


def file_report(session: Session, desk: Desk, person: str, told: Told) -> Filing:
    """Save one report. Raises subjects.Unreadable or TooManyReports."""
    subject = read_subject(told.kind, told.subject, desk.directory, desk.vault)
    lane = LANES["site" if told.kind == "site" else "message"]
    take_turn(session, subject.keys[0])
    leader = _lock_matter(session, lane.name, subject)
    own = None if leader is None else _own_of(session, leader, person)
    if leader is not None and own is not None:
        return _again(session, desk, own, leader, told)
    brand = _brand(told.brand, desk)
    merchant = _is_merchant(session, person, brand)
    _limit(session, desk, person, merchant=merchant)
    actor = Actor("person", person)
    case = open_case(
        session, desk.vault, lane,
        person=person, channel=told.channel, details=details_of(told), actor=actor, now=desk.now,
        trace=desk.trace, params={"kind": told.kind},
    )  # fmt: skip
    row = _row(case, subject, told, brand=brand, merchant=merchant)
    if leader is not None:
        join(
            session,
            case,
            by_ids(session, [leader.case])[leader.case],
            actor=actor,
            now=desk.now,
            trace=desk.trace,
        )
        row.leader, row.state, row.due_at = leader.case, JOINED, None
        _weigh_in(leader, row)
    session.add(row)
    session.flush()
    if leader is None:
        hotline_of(session).file(session, desk, row, case)
    others = (leader or row).reporters - 1
    return Filing(row, case, (leader or row).state, others, again=False)


def add_contact(session: Session, desk: Desk, case: Case, contact: Contact, actor: Actor) -> None:
    """Keep with an own report how its reporter may be reached; what is given replaces what was."""
    details: dict[str, Any] = desk.vault.decrypt_json(case.details) if case.details else {}
    given = {name: value for name, value in asdict(contact).items() if value}
    case.details = desk.vault.encrypt_json(
        {**details, "contact": {**(details.get("contact") or {}), **given}}
    )
    append(
        session,
        at=desk.now,
        actor=actor,
        entity=ENTITY,
        entity_id=case.id,
        from_state=case.state,
        to_state=case.state,
        reason="contact_given",
        trace=desk.trace,
    )


def _lock_matter(session: Session, lane: str, subject: Subject) -> Report | None:
    """The report that leads this matter, while it is neither over nor taken back; its case is locked first."""
    wanted = select(Report).where(
        Report.subject_key.in_(subject.keys),
        Report.lane == lane,
        Report.leader.is_(None),
        Report.state.not_in(LANES[lane].ends),
    )
    found = session.scalar(wanted.order_by(Report.case).limit(1))
    if found is None:
        return None
    lock_case(session, found.case)
    session.refresh(found, with_for_update=True)
    return None if found.state in LANES[lane].ends else found


def _own_of(session: Session, leader: Report, person: str) -> Report | None:
    mine = select(Report).where(
        or_(Report.case == leader.case, Report.leader == leader.case),
        Report.person == person,
        Report.state != "withdrawn",
        Report.left_at.is_(None),
    )
    return session.scalar(mine.limit(1))


def _again(session: Session, desk: Desk, own: Report, leader: Report, told: Told) -> Filing:
    """The number of the first time; what is new is kept as evidence."""
    case = by_ids(session, [own.case])[own.case]
    news = redact("\n".join(filter(None, (told.subject, told.text))))[:2000]
    if case.person is not None:
        with contextlib.suppress(TooMuchEvidence):
            add_evidence(
                session, desk.vault, case,
                kind="text", body=news, actor=Actor("person", case.person), now=desk.now, trace=desk.trace,
            )  # fmt: skip
    return Filing(own, case, leader.state, leader.reporters - 1, again=True)


def _weigh_in(leader: Report, row: Report) -> None:
    leader.reporters += 1
    leader.merchant = leader.merchant or row.merchant
    leader.money_lost = min(leader.money_lost + row.money_lost, MOST_MONEY)
    place(leader)


def _row(case: Case, subject: Subject, told: Told, *, brand: str | None, merchant: bool) -> Report:
    row = Report(
        case=case.id,
        number=case.number,
        lane=case.lane,
        kind=told.kind,
        state=case.state,
        subject_key=subject.keys[0],
        shown=subject.shown,
        person=case.person,
        brand=brand,
        merchant=merchant,
        money_lost=told.money_lost or 0,
        reporters=1,
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        due_at=case.due_at,
        late=False,
    )
    place(row)
    return row


def _brand(brand: str | None, desk: Desk) -> str | None:
    """The registered organisation of this name."""
    named = desk.directory.names.whole(brand) if brand else []
    return named[0] if named else None


def _is_merchant(session: Session, person: str, brand: str | None) -> bool:
    return brand is not None and (MERCHANT, brand) in bound_to(session, [person]).get(person, frozenset())


def _limit(session: Session, desk: Desk, person: str, *, merchant: bool) -> None:
    filed = session.scalar(
        select(func.count()).where(Report.person == person, Report.opened_at > desk.now - A_DAY)
    )
    if (filed or 0) >= MOST_A_DAY["merchant" if merchant else "anybody"]:
        raise TooManyReports
