"""The decision on a report as its page shows it: what exactly is listed or blocked, until when, on which ground."""

from collections.abc import Iterator
from datetime import datetime

from services.console.desk import Field, Part
from services.reports.decided import Decided


def decision_part(decided: Decided, number: str) -> Part:
    """On the page of case `number`, which need not be the one that was decided on."""
    return Part("decision", list(_fields(decided, number)))


def _fields(decided: Decided, number: str) -> Iterator[Field]:
    if decided.number != number:
        yield Field("decided_on", "case", decided.number)
    for one in decided.named:
        yield Field(one.standing, "address", one.shown, one.scope)
    ended, until = _first(decided, ended=True), _first(decided, ended=False)
    if ended:
        yield Field("ended_at", "time", ended)
    if until:
        yield Field("until", "time", until)
    if decided.legal_basis:
        yield Field("legal_basis", "choice", decided.legal_basis)
    if decided.unit:
        yield Field("unit", "text", decided.unit)


def _first(decided: Decided, *, ended: bool) -> datetime | None:
    """With the first of what it names a decision ends."""
    times = (one.until for one in decided.named if one.until and (one.standing == "ended") is ended)
    return min(times, default=None)
