"""Who may do what at the desk: officers of the desk everything, an organisation's own staff its own announcements."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.people.roles import CHAT_ROLES, CONSOLE_ROLES, organisations_of
from services.registry.desk.models import DeskProposal
from services.registry.desk.overlay import ANNOUNCEMENT
from services.registry.desk.standing import SEPARATOR

DESK_ROLES = frozenset({"registry_desk"})
# Whose word is their organisation's; the id of its binding is that of the registry.
STAFF_ROLES = frozenset({"165", "authority", "bank", "issuer", "merchant", "police", "store"})


class NotFound(Exception):
    """No such proposal, or nobody who may see it: both look the same."""


class NotAllowed(Exception):
    """An officer asked for what cannot be; `code` says why, `more` what a page may add to it."""

    def __init__(self, code: str, *more: str) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


@dataclass(frozen=True)
class Act:
    """Who acts, when, in which request. `desk`: the organisations an officer of the desk acts for; `staff`: one's own."""

    person: str
    desk: frozenset[str]
    staff: frozenset[str]
    at: datetime
    trace: str | None = None

    def for_whom(self, kind: str, organisation: str) -> str:
        """The organisation a proposal is made for. Raises NotFound for whoever may not propose it."""
        if self.desk:
            return min(self.desk)
        if kind == ANNOUNCEMENT and organisation in self.staff:
            return organisation
        raise NotFound

    def may_see(self, proposal: DeskProposal) -> bool:
        own = proposal.key.partition(SEPARATOR)[0] in self.staff
        return bool(self.desk) or (proposal.kind == ANNOUNCEMENT and own)


async def officer(session: AsyncSession, person: str | None, at: datetime, trace: str | None = None) -> Act:
    """Raises NotFound for whoever is bound to none of these roles."""
    desk = await organisations_of(session, person, DESK_ROLES)
    staff = await organisations_of(session, person, STAFF_ROLES)
    if person is None or not (desk or staff):
        raise NotFound
    return Act(person, desk, staff, at, trace)


async def all_organisations(session: AsyncSession, person: str) -> frozenset[str]:
    """Every organisation a person is bound to, in whatever role."""
    return await organisations_of(session, person, CONSOLE_ROLES | CHAT_ROLES)
