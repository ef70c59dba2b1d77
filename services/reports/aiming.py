"""At what a step aims: the addresses, ids and numbers an officer names, each of which somebody must have reported."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.privacy import Vault
from services.cases.finding import by_ids
from services.registry.directory import Directory
from services.registry.hosts import Address, read_address
from services.reports.effects import targets_of
from services.reports.given import Given
from services.reports.guard import Aim, Objection, Scope
from services.reports.models import Report
from services.reports.subjects import MESSAGES, Indicator, indicators_in, is_official, read_target

Told = Mapping[str, Any]  # what one reporter told: the details of a case
MOST_READ = 50


def told_of(session: Session, vault: Vault, row: Report) -> list[Told]:
    """What was told by the first reporter, then by those who joined, the newest first."""
    joined = select(Report.case).where(Report.leader == row.case).order_by(Report.case.desc())
    cases = [row.case, *session.scalars(joined.limit(MOST_READ))]
    found = by_ids(session, cases)
    details = [found[one].details for one in cases if one in found]
    return [vault.decrypt_json(one) for one in details if one is not None]


def aims_anew(
    session: Session, row: Report, told: Sequence[Told], given: Given, directory: Directory
) -> tuple[list[Aim], list[Objection]]:
    """What is named with this step, and what of it cannot be."""
    named = given.targets or tuple(each["subject"] for each in told[:1])
    reported = reported_in(told, row.kind, directory)
    sites = {address.site for one in reported if (address := _address_of(one)) is not None}
    spared = _spared_before(session, row)
    from_picture = bool(told) and all(each.get("from_picture") for each in told)
    aims: list[Aim] = []
    faults = [] if given.targets else _unnamed(row.kind, reported, directory)
    for text in named:
        one = read_target(row.kind, text, directory)
        address = None if one is None else _address_of(one)
        if one is None:
            faults.append(Objection("not_listable"))
        elif one not in reported and (address is None or address.site not in sites):
            faults.append(Objection("not_in_this_case", about=one.shown))
        else:
            aims.append(_aim(one, given, from_picture=from_picture, spared=spared))
    return aims, faults if named else [Objection("nothing_to_list")]


def aims_before(session: Session, row: Report, given: Given) -> list[Aim]:
    """What the case decided in an earlier step."""
    return [
        Aim(
            target.kind,
            target.key,
            cast("Scope", target.scope),
            typed=given.typed,
            spared_before=_spared_before(session, row),
        )
        for target in targets_of(session, row.case)
    ]


def reported_in(told: Sequence[Told], kind: str, directory: Directory) -> list[Indicator]:
    """Everything that the reports of one matter name."""
    found: list[Indicator] = []
    for each in told:
        first = read_target(kind, each["subject"], directory)
        found += [] if first is None else [first]
        for text in (each["subject"], each.get("text"), each.get("sender")):
            found += indicators_in(text or "", directory)
    return list(dict.fromkeys(found))


def _unnamed(kind: str, reported: Sequence[Indicator], directory: Directory) -> list[Objection]:
    """Of a message that names several things nobody lists one without saying which: another may be an innocent's."""
    could_be = [one for one in reported if not is_official(one, directory)]
    return [Objection("targets_needed", never=False)] if kind in MESSAGES and len(could_be) > 1 else []


def _aim(one: Indicator, given: Given, *, from_picture: bool, spared: bool) -> Aim:
    address = _address_of(one)
    if address is None:
        return Aim(one.kind, one.value, "exact", None, from_picture, given.typed, spared)
    if one.kind == "page" or given.scope == "page":
        scope: Scope | None = "page" if given.scope else None  # narrower than what was said, never wider
        return Aim("page", address.page(), scope, None, from_picture, given.typed, spared)
    value = address.site if given.scope == "domain" else address.host
    return Aim("host", value, given.scope, address.host, from_picture, given.typed, spared)


def _address_of(one: Indicator) -> Address | None:
    return read_address(one.value) if one.kind in ("host", "page") else None


def _spared_before(session: Session, row: Report) -> bool:
    """Whether an appeal about the same matter was upheld once."""
    upheld = select(Report.case).where(
        Report.subject_key == row.subject_key, Report.lane == row.lane, Report.state == "upheld"
    )
    return session.scalar(upheld.limit(1)) is not None
