"""What the console shows of a report beside its course: pictures, the evidence set, what the own list rests on."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from services.registry.desk.listings import Decision
from services.reports.desk import Desk
from services.reports.lanes import LANES
from services.reports.models import Attachment, Report, Target
from services.reports.packages import as_165027, as_176455, package_of, rows_in, text_of

BLOCKED = ("approved", "handed_over")
LAYOUTS = ("165027", "176455")


def pictures_of(session: Session, case: str) -> list[str]:
    """Ids of the pictures kept with a case, oldest first."""
    return list(session.scalars(select(Attachment.id).where(Attachment.case == case).order_by(Attachment.id)))


def is_picture_of(session: Session, case: str, picture: str) -> bool:
    return (
        session.scalar(select(Attachment.id).where(Attachment.id == picture, Attachment.case == case))
        is not None
    )


def takes_pictures(session: Session, case: str) -> bool:
    """Whether a picture can still bear on it: a report or an appeal that has not ended."""
    row = session.get(Report, case)
    return row is not None and row.state not in LANES[row.lane].ends


def evidence_of_report(session: Session, desk: Desk, case: str) -> tuple[dict[str, Any], str] | None:
    """The evidence set as JSON values and as text to hand over; None where the case is no report."""
    row = session.get(Report, case)
    return None if row is None else (package_of(session, desk, row), text_of(session, desk, row))


def blocked_sites(session: Session, desk: Desk, layout: str) -> str:
    """Approved sites as CSV in one of LAYOUTS."""
    rows = rows_in(session, "site", BLOCKED)
    return as_165027(session, desk, rows) if layout == LAYOUTS[0] else as_176455(session, rows)


def decisions_on(session: Session, keys: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Decision]:
    """The case behind each entry of our own list; of several that by which it stands longest."""
    rows = session.execute(
        select(Target.kind, Target.key, Target.until, Report.number)
        .join(Report, Report.case == Target.case)
        .where(tuple_(Target.kind, Target.key).in_(list(keys)), Target.listed)
        .order_by(Target.until, Target.id)
    )
    return {(kind, key): Decision(number, until) for kind, key, until, number in rows}
