"""Who looks at a page: a person in a session, with the roles they are bound to at this moment."""

from dataclasses import dataclass

from lianfang.events import Actor
from services.console.permissions import OPERATIONS, allowed
from services.people.accounts.sessions import LoggedIn


@dataclass(frozen=True)
class Visitor:
    """A person who is logged in; what they may do follows from the table of permissions alone."""

    who: LoggedIn

    @property
    def person(self) -> str:
        return self.who.person

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role for role, _ in self.who.roles)

    @property
    def actor(self) -> Actor:
        return Actor("officer", self.who.person)

    def may(self, operation: str) -> bool:
        return allowed(operation, self.roles)

    def organisations(self, operation: str) -> frozenset[str]:
        """Those for which this person may do it."""
        roles = OPERATIONS.get(operation, frozenset())
        return frozenset(organisation for role, organisation in self.who.roles if role in roles)
