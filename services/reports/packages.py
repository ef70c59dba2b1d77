"""Export packages of cases: the evidence set as JSON and text, and CSV in the layouts of the official lists."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI
from services.cases.evidence import evidence_of
from services.cases.finding import by_ids
from services.reports.aiming import told_of
from services.reports.desk import Desk
from services.reports.effects import targets_of
from services.reports.evidence_set import Source, evidence_set
from services.reports.evidence_text import evidence_text, our_words
from services.reports.models import Attachment, Report
from services.reports.steps import LEGAL_BASES
from services.reports.subjects import whole_address

STOPPED_165027 = ("網域名稱", "偽冒網址", "停止解析日期", "接獲通報日期", "詐騙網站創建日期")
STOPPED_176455 = ("民國年月", "網域", "網站性質", "法律依據", "聲請單位")
NATURE = "詐騙網站"
ROC_BEGINS = 1911


def package_of(session: Session, desk: Desk, row: Report) -> dict[str, Any]:
    """The evidence set of one matter."""
    told = told_of(session, desk.vault, row)
    case = by_ids(session, [row.case])[row.case]
    pictures = select(Attachment.id).where(Attachment.case == row.case).order_by(Attachment.id)
    source = Source(
        number=row.number,
        kind=row.kind,
        opened_at=row.opened_at,
        told=told[0] if told else {"subject": row.shown},
        others=max(row.reporters - 1, 0),
        brand=row.brand,
        hotline_number=row.hotline_number,
        added=[text for piece, text in evidence_of(session, desk.vault, case) if piece.kind == "text"],
        pictures=list(session.scalars(pictures)),
    )
    return evidence_set(source, desk.directory)


def text_of(session: Session, desk: Desk, row: Report) -> str:
    """The same, ready to be pasted at 165."""
    return evidence_text(package_of(session, desk, row), our_words())


def as_165027(session: Session, desk: Desk, rows: Iterable[Report]) -> str:
    """Approved sites in the layout of data.gov.tw 165027, addresses as they are: for machines that block them."""
    lines = []
    for row in rows:
        told = told_of(session, desk.vault, row)
        address = whole_address(told[0]["subject"]) if told else ""
        lines += [
            (target.key, address, _day(target.blocked_at), _day(row.opened_at), "")
            for target in targets_of(session, row.case)
            if target.kind == "host"
        ]
    return _written(STOPPED_165027, lines)


def as_176455(session: Session, rows: Iterable[Report]) -> str:
    """Approved sites in the layout of data.gov.tw 176455."""
    lines = [
        (
            _roc_month(target.blocked_at),
            target.key,
            NATURE,
            LEGAL_BASES.get(row.legal_basis or "", ""),
            row.unit or "",
        )
        for row in rows
        for target in targets_of(session, row.case)
        if target.kind == "host"
    ]
    return _written(STOPPED_176455, lines)


def rows_in(session: Session, lane: str, states: Sequence[str]) -> list[Report]:
    """The reports of a lane in these states, oldest first: what an export is made of."""
    wanted = select(Report).where(Report.lane == lane, Report.state.in_(states))
    return list(session.scalars(wanted.order_by(Report.case)))


def _written(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(header)
    table.writerows([_harmless(cell) for cell in line] for line in lines)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """Text also for a spreadsheet, which would take it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(TAIPEI):%Y/%m/%d}" if moment else ""


def _roc_month(moment: datetime | None) -> str:
    if moment is None:
        return ""
    taipei = moment.astimezone(TAIPEI)
    return f"{taipei.year - ROC_BEGINS}{taipei.month:02d}"
