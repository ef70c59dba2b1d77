"""The history for auditors: who did what when, one entity's chain, and whether all chains and seals hold."""

from datetime import date, datetime, time, timedelta

from aiohttp import web
from sqlalchemy.orm import Session

from lianfang import events
from lianfang.clock import TAIPEI
from lianfang.history import AT_ONCE, Sought, chain_of, find_events, first_break
from services.console.asked import Asked
from services.console.drawing import draw
from services.console.refused import Refused
from services.console.routing import Pages
from services.people.accounts.showing import names_of

pages = Pages()
MOST_BREAKS_SHOWN = 50


@pages.get("/audit", "audit.search")
async def search(asked: Asked) -> web.StreamResponse:
    sought = Sought(
        entity=asked.query("entity"),
        entity_id=asked.query("id"),
        actor=asked.query("actor"),
        since=_day(asked.query("since")),
        until=_day(asked.query("until"), after=1),
        before=_place(asked.query("before")),
    )

    def view(session: Session) -> tuple[list[events.Event], dict[str, str]]:
        found = find_events(session, sought)
        return found, names_of(session, {event.actor for event in found if event.actor})

    found, names = await asked.look(view)
    last = found[AT_ONCE - 1] if len(found) > AT_ONCE else None
    return draw(
        asked,
        "audit.html",
        found=found[:AT_ONCE],
        names=names,
        further=f"{last.at.isoformat()} {last.id}" if last else None,
        asked_for={name: asked.query(name) for name in ("entity", "id", "actor", "since", "until")},
    )


@pages.get("/audit/{entity}/{id}", "audit.search")
async def chain(asked: Asked) -> web.StreamResponse:
    entity, entity_id = asked.part("entity"), asked.part("id")

    def view(session: Session) -> tuple[list[events.Event], dict[str, str]]:
        found = chain_of(session, entity, entity_id)
        return found, names_of(session, {event.actor for event in found if event.actor})

    found, names = await asked.look(view)
    if not found:
        raise Refused("not_found")
    return draw(
        asked,
        "chain.html",
        found=found,
        names=names,
        entity=entity,
        entity_id=entity_id,
        broken=first_break(found),
    )


@pages.post("/audit/check", "audit.search")
async def check_all(asked: Asked) -> web.StreamResponse:
    """Every chain and every seal, which takes its time: on asking only."""
    async with asked.database.read() as session:
        breaks = await events.verify(session)
    return draw(asked, "audit_check.html", breaks=breaks[:MOST_BREAKS_SHOWN], count=len(breaks))


def _day(text: str, *, after: int = 0) -> datetime | None:
    """The beginning of a day in Taipei, `after` so many more; None for what is no day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day + timedelta(days=after), time(), TAIPEI)


def _place(text: str) -> tuple[datetime, str] | None:
    at, _, last = text.partition(" ")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, last) if last and moment.tzinfo else None
