"""How the reports of the demo go, as data: so many cases, how old, and which steps by whom after how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

BRIEFLY = 20  # days


@dataclass(frozen=True)
class Step:
    """An officer's step; `days`: how long what it lists is to stand; by `undo` the last one is taken back."""

    role: str
    event: str
    hours: tuple[float, float]
    given: Mapping[str, Any] = field(default_factory=dict)
    days: int | None = None


@dataclass(frozen=True)
class Course:
    """`days`: how old; `owner`: what the reporter does at the end; `appeal`: how the one against it ends (or open)."""

    cases: int
    days: tuple[float, float]
    steps: tuple[Step, ...] = ()
    owner: str | None = None
    appeal: str | None = None

    @property
    def stays(self) -> bool:
        """Whether the case is still there for whoever reports the same."""
        over = any(step.event in ("reject", "removed") or step.days == BRIEFLY for step in self.steps)
        return self.owner is None and self.appeal != "uphold" and not over


_BLOCK = {"legal_basis": "fraud_act_42", "unit": "數位發展部"}
_EMERGENCY = {
    "reason": "property_at_risk",
    "scope": "host",
    "legal_basis": "emergency_self_regulation",
    "unit": "數位發展部數位產業署",
}
ACCEPT = Step("165", "accept", (0.2, 3))
VERIFY = Step("association", "verify", (1, 16), {"scope": "host"})
APPROVE = Step("authority", "approve", (1, 16), _BLOCK, days=180)
APPROVE_BRIEFLY = Step("authority", "approve", (1, 16), _BLOCK, days=BRIEFLY)
HAND_OVER = Step("authority", "hand_over", (0.3, 3))
TO_PLATFORM = Step("association", "hand_to_platform", (1, 12))
REMOVED = Step("association", "removed", (3, 20))
AT_ONCE = Step("authority", "approve_provisionally", (0.2, 1), _EMERGENCY)
AFTER_ALL = Step("association", "confirm", (4, 30), days=180)
UNDO = Step("association", "undo", (0.2, 1))


def _reject(role: str, reason: str, hours: tuple[float, float] = (0.5, 3)) -> Step:
    return Step(role, "reject", hours, {"reason": reason})


_WHOLE = (ACCEPT, VERIFY, APPROVE, HAND_OVER)
SITES = (
    Course(11, (0.005, 0.16)),
    Course(4, (0.2, 0.7)),  # nobody looked in time
    Course(9, (0.15, 0.8), (ACCEPT,)),
    Course(3, (1.2, 2.2), (ACCEPT,)),
    Course(9, (0.8, 1.4), (ACCEPT, VERIFY)),
    Course(3, (0.8, 1.5), (ACCEPT, VERIFY, UNDO)),
    Course(4, (1.5, 1.9), (ACCEPT, VERIFY, APPROVE)),
    Course(30, (3, 58), _WHOLE),
    Course(3, (1.5, 1.9), (ACCEPT, VERIFY, TO_PLATFORM)),
    Course(7, (4, 50), (ACCEPT, VERIFY, TO_PLATFORM, REMOVED)),
    Course(5, (2, 55), (_reject("165", "not_fraud"),)),
    Course(4, (2, 55), (_reject("165", "unreachable"),)),
    Course(5, (3, 50), (ACCEPT, _reject("association", "not_enough_evidence", (2, 20)))),
    Course(2, (4, 40), (ACCEPT, VERIFY, _reject("authority", "not_enough_evidence", (2, 20)))),
    Course(5, (1, 45), owner="wrong"),
    Course(1, (0.3, 0.9), (ACCEPT, AT_ONCE)),
    Course(1, (1.2, 1.6), (ACCEPT, AT_ONCE), appeal="open"),
    Course(2, (10, 30), (ACCEPT, AT_ONCE, AFTER_ALL, HAND_OVER)),
    Course(1, (2.5, 2.6), (ACCEPT, AT_ONCE)),  # nobody confirmed it: it lapsed
    Course(3, (5, 20), _WHOLE, appeal="open"),
    Course(2, (12, 40), _WHOLE, appeal="uphold"),
    Course(2, (12, 40), _WHOLE, appeal="deny"),
    Course(2, (40, 55), (ACCEPT, VERIFY, APPROVE_BRIEFLY, HAND_OVER)),
)
SITES_AGAIN = 32  # further reports of the same

_LIST = {"scope": "host"}
TAKE, CONFIRM = Step("165", "accept", (0.5, 12)), Step("165", "confirm", (1, 24))
LIST = Step("registry_desk", "list", (1, 24), _LIST, days=180)
LIST_BRIEFLY = Step("registry_desk", "list", (1, 24), _LIST, days=BRIEFLY)
MESSAGES = (
    Course(12, (0.02, 0.9)),
    Course(3, (1.1, 1.8)),
    Course(9, (0.6, 1.8), (TAKE,)),
    Course(2, (3, 3.5), (TAKE,)),
    Course(8, (1.6, 2.6), (TAKE, CONFIRM)),
    Course(27, (4, 58), (TAKE, CONFIRM, LIST)),
    Course(5, (2, 50), (_reject("165", "not_fraud", (1, 20)),)),
    Course(4, (3, 50), (TAKE, _reject("registry_desk", "private_quarrel", (2, 30)))),
    Course(3, (1, 40), owner="withdraw"),
    Course(2, (7, 15), (TAKE, CONFIRM, LIST), appeal="open"),
    Course(1, (20, 30), (TAKE, CONFIRM, LIST), appeal="uphold"),
    Course(2, (40, 55), (TAKE, CONFIRM, LIST_BRIEFLY)),
)
MESSAGES_AGAIN = 22
KINDS = ("sms", "sms", "sms", "line_id", "line_id", "phone", "account", "ad")
