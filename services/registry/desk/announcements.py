"""The announcements that stand, by organisation, so that a check looks at those of whoever speaks only; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from services.registry.desk.overlay import ANNOUNCEMENT
from services.registry.desk.templates import BadTemplate, Template, read_template
from services.registry.records import Key, Record, Records


@dataclass(frozen=True)
class Announcement:
    """What an organisation says it sends; `hosts` are all that an address in it may lead to."""

    id: str
    organisation: str
    template: Template
    sender: str
    hosts: frozenset[str]
    starts_at: datetime
    ends_at: datetime
    announced_on: date


@dataclass(frozen=True)
class Announcements:
    """All that are read now; `at` is the moment of the check."""

    by_organisation: Mapping[str, tuple[Announcement, ...]] = field(default_factory=dict)
    at: datetime | None = None

    def standing(self, organisation: str) -> Iterator[Announcement]:
        for one in self.by_organisation.get(organisation, ()):
            if self.at is not None and one.starts_at <= self.at < one.ends_at:
                yield one


def announcements_of(records: Records, at: datetime | None = None) -> Announcements:
    """Out of the records as the desk's decisions left them."""
    found: dict[str, tuple[Announcement, ...]] = {}
    for key, record in records.items():
        if key[0] != ANNOUNCEMENT:
            continue
        try:
            made = announcement_of(key, record)
        except BadTemplate:
            continue  # approved under the rules of an earlier version
        found[made.organisation] = (*found.get(made.organisation, ()), made)
    return Announcements(found, at)


def announcement_of(key: Key, record: Record) -> Announcement:
    """Raises BadTemplate."""
    _, organisation, one = key
    return Announcement(
        id=one,
        organisation=organisation,
        template=read_template(record["text"]),
        sender=record["sender"],
        hosts=frozenset(record["domains"]),
        starts_at=datetime.fromisoformat(record["starts_at"]),
        ends_at=datetime.fromisoformat(record["ends_at"]),
        announced_on=date.fromisoformat(record["announced_on"]),
    )
