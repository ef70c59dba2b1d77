"""Asks the check service about a text and makes its verdict the answer."""

from dataclasses import replace
from typing import Any

from actions.clicked import CLICKED, tells_of_click
from actions.content import is_somebody_elses
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import CALL_165, Reply, Say
from lianfang.verdicts import BAD, verdict_reply

# The gateway knows this card: it asks the check service itself, and holds the person until it answers.
UNAVAILABLE = Outcome(
    Reply([Say("utter_check_unavailable")], [CALL_165], {"kind": "check_unavailable"}, urgent=False)
)

LONGEST_KEPT = 2000


async def check_text(services: Services, turn: Turn, text: str) -> Outcome:
    """Show the check service's verdict on this text, or say honestly that it could not be asked."""
    is_forwarded = turn.intent == "forward_message" or is_somebody_elses(text)
    try:
        check = await services.registry.check(
            text,
            via="forwarded" if is_forwarded else "typed",
            lang=turn.language,
            person=turn.person,
            event=turn.event,
        )
    except (ServiceUnavailable, ServiceRefused):
        return UNAVAILABLE
    reply = verdict_reply(check)
    if not is_forwarded and tells_of_click(text):
        reply = replace(reply, say=[*reply.say, CLICKED])
    return Outcome(reply, {**remembered(check), "checked": text[:LONGEST_KEPT]})


def remembered(check: dict[str, Any]) -> dict[str, Any]:
    """What the session keeps of a check, so that an answer to its questions finds it."""
    sites = [one["shown"] for one in check["indicators"] if one["kind"] in {"domain", "url"}]
    return {
        "check": check["id"],
        "verdict": check["verdict"],
        "asks": list(check["asks"]),
        "site": next(iter(sites), None),
        "imitated": (check["organisation"] or {}).get("name_zh") if check["verdict"] in BAD else None,
    }
