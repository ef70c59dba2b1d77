"""Who may do what: an operation that this table does not name, nobody may do.

A lane's operations are `<lane>.see`, `<lane>.contact` (how to reach the owner), `<lane>.picture` (add one as evidence),
`<lane>.export`, and each step of its officers as `<lane>.<state>.<event>`.
"""

from collections.abc import Collection, Mapping

from services.console.desk import StepOffered
from services.console.lock_steps import LOCK_STEPS
from services.console.report_steps import steps_of
from services.people.roles import CONSOLE_ROLES

EVERYBODY = CONSOLE_ROLES
DESKS = frozenset({"165", "association", "authority", "registry_desk"})
STAFF = frozenset({"165", "authority", "issuer", "store"})  # who announce what their own organisation sends
_REGISTRY = frozenset({"registry_desk"})
_ADMIN, _AUDITOR, _HOTLINE = frozenset({"admin"}), frozenset({"auditor"}), frozenset({"165"})

_PAGES: Mapping[str, frozenset[str]] = {
    "home": EVERYBODY,
    "me": EVERYBODY,
    "figures": DESKS | _ADMIN | _AUDITOR,
    "campaign.see": frozenset({"165", "registry_desk", "auditor"}),
    "campaign.judge": frozenset({"165", "registry_desk"}),
    "indicator.search": DESKS | _AUDITOR,
    "registry.see": DESKS | _AUDITOR,
    "registry.propose": _REGISTRY,
    "proposal.see": _REGISTRY | STAFF,
    "proposal.decide": _REGISTRY,
    "proposal.take_back": _REGISTRY | STAFF,
    "announcement.see": _REGISTRY | STAFF,
    "account.see": _ADMIN | _AUDITOR,
    "account.change": _ADMIN,
    "partner.see": _ADMIN | _AUDITOR,
    "partner.change": _ADMIN,
    "limit.see": DESKS | _ADMIN | _AUDITOR,
    "limit.release": _ADMIN,
    "audit.search": _AUDITOR,
    "site.see": DESKS | _ADMIN | _AUDITOR,
    "site.contact": DESKS,
    "site.picture": frozenset({"165", "association", "authority"}),
    "site.layouts": frozenset({"authority", "auditor"}),
    "site.export": DESKS | _AUDITOR,
    "message.see": DESKS | _ADMIN | _AUDITOR,
    "message.contact": frozenset({"165"}),
    "message.picture": frozenset({"165", "association", "registry_desk"}),
    "message.export": DESKS | _AUDITOR,
    "appeal.see": DESKS | _AUDITOR,
    "appeal.contact": DESKS,
    "appeal.picture": frozenset({"association", "authority", "registry_desk"}),
    "appeal.export": DESKS | _AUDITOR,
    "lock.see": _HOTLINE | _AUDITOR,
    "lock.contact": _HOTLINE,
    "lock.export": _HOTLINE | _AUDITOR,
}


def _steps(lane: str, steps: Mapping[tuple[str, str], StepOffered]) -> dict[str, frozenset[str]]:
    return {f"{lane}.{state}.{event}": step.roles for (state, event), step in steps.items()}


OPERATIONS: Mapping[str, frozenset[str]] = {
    **_PAGES,
    **_steps("site", steps_of("site")),
    **_steps("message", steps_of("message")),
    **_steps("appeal", steps_of("appeal")),
    **_steps("lock", LOCK_STEPS),
}


def allowed(operation: str, roles: Collection[str]) -> bool:
    """Whether one of the roles may do it."""
    return not OPERATIONS.get(operation, frozenset()).isdisjoint(roles)
