"""Many reported sites with their history, written straight into the tables, chained as the product chains them."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from lianfang.database import Database
from lianfang.events import Event, hash_of
from lianfang.ids import new_id
from lianfang.privacy import Vault
from services.cases.models import Case
from services.cases.numbers import new_number
from services.reports.models import Report
from services.reports.priority import rank

AT_ONCE = 2000
Row = dict[str, Any]
Written = tuple[Row, Row, list[Row]]  # the case, its report, its events
WAYS = (
    (("open", None, "reported"),),
    (("open", None, "reported"), ("accept", "reported", "accepted")),
    (("open", None, "reported"), ("accept", "reported", "accepted"), ("verify", "accepted", "verified")),
    (("open", None, "reported"), ("reject", "reported", "rejected")),
)
WEIGHTS = (4, 2, 2, 2)


async def fill(database: Database, vault: Vault, count: int, now: datetime) -> list[str]:
    """Numbers of some of the cases."""
    chance = random.Random(6)  # noqa: S311 -- the same cases each time, no secret
    taken: set[str] = set()
    details = vault.encrypt_json(
        {
            "kind": "site",
            "subject": "https://water-tw.top/pay?id=1",
            "brand": "台灣自來水公司",
            "text": "點進去要刷卡",
        }
    )
    for start in range(0, count, AT_ONCE):
        batch = list(_batch(chance, taken, details, min(AT_ONCE, count - start), now))

        def write(session: Session, batch: list[Written] = batch) -> None:
            session.execute(insert(Case), [case for case, _, _ in batch])
            session.execute(insert(Report), [report for _, report, _ in batch])
            session.execute(insert(Event), [event for one in batch for event in one[2]])

        await database.together(write)
    return sorted(taken)[:200]


def _batch(
    chance: random.Random, taken: set[str], details: bytes, count: int, now: datetime
) -> Iterator[Written]:
    for _ in range(count):
        number = new_number()
        while number in taken:
            number = new_number()
        taken.add(number)
        way = chance.choices(WAYS, WEIGHTS)[0]
        opened = now - timedelta(minutes=chance.randint(0, 60 * 24 * 180))
        changed = opened + timedelta(hours=len(way))
        due = None if way[-1][2] == "rejected" else changed + timedelta(hours=24)
        case, money = new_id("cs"), chance.choice((0, 0, 0, 30000))
        common = {"state": way[-1][2], "opened_at": opened, "changed_at": changed, "due_at": due}
        report = {
            "case": case, "number": number, "lane": "site", "kind": "site", "subject_key": f"host:{case}",
            "shown": f"evil-{len(taken)}[.]top", "merchant": False, "money_lost": money, "reporters": 1,
            "rank": rank(merchant=False, reporters=1, money_lost=money, late=False), "late": False, **common,
        }  # fmt: skip
        yield (
            {"id": case, "number": number, "lane": "site", "due_event": "overdue" if due else None,
             "details": details, **common},
            report,
            list(_history(case, way, opened)),
        )  # fmt: skip


def _history(
    case: str, way: tuple[tuple[str, str | None, str], ...], opened: datetime
) -> Iterator[dict[str, Any]]:
    previous = ""
    for number, (name, before, after) in enumerate(way, start=1):
        event = Event(
            id=new_id("ev"), number=number, at=opened + timedelta(hours=number), actor_kind="officer", actor="p_bench",
            entity="case", entity_id=case, from_state=before, to_state=after, reason=None,
            params={"lane": "site", "event": name, "organisation": "bench"}, trace=None, prev_hash=previous, hash="",
        )  # fmt: skip
        event.hash = previous = hash_of(event)
        yield {
            column.name: getattr(event, column.name)
            for column in Event.__table__.columns
            if column.name != "seal"
        }
