"""How many checks gave which verdict, for figures: counts only."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.registry.models import Check


def count_verdicts(session: Session, since: datetime, until: datetime) -> dict[str, int]:
    """Verdict -> checks stored from `since` to before `until`."""
    counted = select(Check.verdict, func.count()).where(Check.checked_at >= since, Check.checked_at < until)
    return {row[0]: row[1] for row in session.execute(counted.group_by(Check.verdict))}
