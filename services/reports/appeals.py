"""Appeals against a verdict, a listing or a block: a number and a clock; what we listed stays listed until one is upheld."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from lianfang.events import Actor
from lianfang.text.redact import redact
from services.cases.case import Case
from services.cases.finding import by_ids
from services.cases.walking import lock_case, open_case, walk
from services.registry.facts import address_keys
from services.registry.hosts import read_address
from services.registry.own_list import asked_keys
from services.reports.desk import Desk, take_turn
from services.reports.effects import place
from services.reports.filing import A_DAY, TooManyReports
from services.reports.history import history
from services.reports.lanes import APPEAL, HOLDS, LANES
from services.reports.models import Report, Target
from services.reports.steps import STANDING
from services.reports.subjects import Subject, read_any_subject, read_subject

MOST_A_DAY = 10


@dataclass(frozen=True)
class Objected:
    """What a person objects to, as `ReportsClient.appeal` says it; `kind` None: as the subject reads."""

    about: str
    subject: str
    why: str
    channel: str | None = None
    check: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Filed:
    """`found`: something of ours is listed or blocked there."""

    case: Case
    found: bool
    again: bool


def file_appeal(session: Session, desk: Desk, person: str, objected: Objected) -> Filed:
    """Save an appeal. Raises subjects.Unreadable or filing.TooManyReports."""
    subject = _read(desk, objected)
    take_turn(session, "officers decide on reports")
    concerned = _concerned(session, desk, subject)
    earlier = _own_open(session, person, subject, concerned)
    if earlier is not None:
        case = by_ids(session, [earlier.case])[earlier.case]
        return Filed(case, earlier.concerns is not None, again=True)
    _limit(session, desk, person)
    concerned, against = _locked(session, concerned)
    holds = concerned is not None and _may_hold(session, person, concerned)
    actor = Actor("person", person)
    details = {
        "about": objected.about,
        "kind": objected.kind,
        "subject": redact(objected.subject),
        "why": redact(objected.why),
        "check": objected.check,
    }
    case = open_case(
        session, desk.vault, APPEAL,
        person=person, channel=objected.channel, details=details, actor=actor, now=desk.now,
        trace=desk.trace,
        params={"about": objected.about, "concerns": concerned.number if concerned else None, HOLDS: holds},
    )  # fmt: skip
    session.add(_row(case, subject, objected.about, concerned))
    session.flush()
    if against is not None and holds and against.state in STANDING[against.lane]:
        walk(
            session, desk.vault, LANES[against.lane], against, "appeal",
            actor=actor, now=desk.now, reason=objected.about, params={"appeal": case.number}, trace=desk.trace,
        )  # fmt: skip
    return Filed(case, concerned is not None, again=False)


def _read(desk: Desk, objected: Objected) -> Subject:
    if objected.kind is None:
        return read_any_subject(objected.subject, desk.directory, desk.vault)
    return read_subject(objected.kind, objected.subject, desk.directory, desk.vault)


def _own_open(session: Session, person: str, subject: Subject, concerned: Report | None) -> Report | None:
    """The person's open appeal about this, or, by whatever name, against the same case."""
    same: ColumnElement[bool] = Report.subject_key.in_(subject.keys)
    if concerned is not None:
        same = or_(same, Report.concerns == concerned.case)
    mine = select(Report).where(
        Report.person == person, Report.lane == APPEAL.name, Report.state == APPEAL.start, same
    )
    return session.scalar(mine.limit(1))


def _may_hold(session: Session, person: str, concerned: Report) -> bool:
    """A person holds a case once, and after a denied appeal it goes on until its next step: no row of them stops it."""
    steps = [deed.at for deed in history(session, concerned.case) if deed.in_office]
    earlier = select(Report.case).where(Report.concerns == concerned.case)
    denied = earlier.where(
        Report.state == "denied", Report.changed_at >= max(steps, default=concerned.opened_at)
    )
    either = select(or_(earlier.where(Report.person == person).exists(), denied.exists()))
    return not session.scalar(either)


def _concerned(session: Session, desk: Desk, subject: Subject) -> Report | None:
    """The report by which this, what it stands under, or a name below it is listed."""
    if not subject.indicators:
        return None
    one = subject.indicators[0]
    address = read_address(one.value) if one.kind in ("host", "page") else None
    if address is not None and address.registrable is None and not address.is_ip:
        return None  # nobody's name: what stands below it belongs to many
    if address is None:
        named: ColumnElement[bool] = tuple_(Target.kind, Target.key).in_(
            asked_keys(desk.vault, one.kind, one.value)
        )
    else:
        above = address_keys(address, desk.directory.shared(address))
        below = Target.key.endswith(f".{address.host}", autoescape=True)
        named = or_(tuple_(Target.kind, Target.key).in_(above), and_(Target.kind == "host", below))
    listed = select(Target.case).where(Target.listed, named).order_by(Target.case).limit(1)
    case = session.scalar(listed)
    return None if case is None else session.get(Report, case)


def _locked(session: Session, concerned: Report | None) -> tuple[Report | None, Case | None]:
    """As it is now, for this transaction alone: another appeal against it may just end."""
    if concerned is None:
        return None, None
    case = lock_case(session, concerned.case)
    session.refresh(concerned)
    return concerned, case


def _row(case: Case, subject: Subject, about: str, concerned: Report | None) -> Report:
    row = Report(
        case=case.id,
        number=case.number,
        lane=case.lane,
        kind=about,
        state=case.state,
        subject_key=subject.keys[0],
        shown=subject.shown,
        concerns=None if concerned is None else concerned.case,
        person=case.person,
        merchant=False,
        money_lost=0,
        reporters=1,
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        due_at=case.due_at,
        late=False,
    )
    place(row)
    return row


def _limit(session: Session, desk: Desk, person: str) -> None:
    filed = select(func.count()).where(
        Report.person == person, Report.lane == APPEAL.name, Report.opened_at > desk.now - A_DAY
    )
    if (session.scalar(filed) or 0) >= MOST_A_DAY:
        raise TooManyReports
