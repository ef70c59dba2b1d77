"""Names an imported ranking calls popular: whoever lists or blocks is stopped by them; they prove nothing good."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.registry.models import Current, Indicator

KIND = "popular"


def popular_among(session: Session, names: Collection[str]) -> frozenset[str]:
    """Those of `names` that stand in the ranking that is read now."""
    if not names:
        return frozenset()
    found = session.scalars(
        select(Indicator.value)
        .join(Current, Current.generation_id == Indicator.generation_id)
        .where(Current.kind == KIND, Indicator.kind == KIND, Indicator.value.in_(names))
    )
    return frozenset(found)
