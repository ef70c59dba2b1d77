"""How the desk's functions are called for a page: the officer's act, and their refusals as the page's."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from services.console.asked import Asked
from services.console.refused import Refused
from services.locks.issuer_records import RECORD, read_issuer, write_issuer
from services.registry.desk.officers import Act, NotFound, officer
from services.registry.desk.outside import Outside, Outsides

T = TypeVar("T")
OUTSIDES: Outsides = {RECORD: Outside(read_issuer, write_issuer)}


async def act_of(asked: Asked) -> Act:
    """For reading. Raises Refused."""
    try:
        async with asked.database.read() as session:
            return await officer(session, asked.officer.person, asked.now)
    except NotFound:
        raise Refused("not_permitted") from None


async def looked(asked: Asked, view: Callable[[AsyncSession, Act], Awaitable[T]]) -> T:
    """Raises Refused for what is not there, or not this officer's to see."""
    try:
        async with asked.database.read() as session:
            return await view(session, await officer(session, asked.officer.person, asked.now))
    except NotFound:
        raise Refused("not_found") from None


async def changed(asked: Asked, change: Callable[[AsyncSession, Act], Awaitable[T]]) -> T:
    """In one transaction with the look at the roles. Raises Refused, or NotAllowed with nothing changed."""
    try:
        async with asked.database.write() as session:
            return await change(session, await officer(session, asked.officer.person, asked.now))
    except NotFound:
        raise Refused("not_found") from None
