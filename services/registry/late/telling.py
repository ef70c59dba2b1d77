"""The words of a verdict that changed after its answer: which message, what was said, what is true now, what was found."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lianfang.clock import TAIPEI
from lianfang.verdicts import date_words, verdict_reply
from services.registry.models import Check

MOST_TOLD = 4


def changed_late(
    before: Check, response: Mapping[str, Any], *, asked_at: datetime, now: datetime
) -> dict[str, Any]:
    """Parameters of `notice.verdict_changed_late`, words within words; nothing the message said."""
    asked = asked_at.astimezone(TAIPEI)
    known = [(reason["code"], reason["params"]) for reason in before.reasons]
    news = [one for one in response["reasons"] if (one["code"], one["params"]) not in known]
    reply = verdict_reply({**response, "reasons": (news or response["reasons"])[:MOST_TOLD]})
    lines = [line.as_json() for line in reply.say]
    return {
        "asked": f"{date_words(asked, now.astimezone(TAIPEI))} {asked:%H:%M}",
        "before": {"key": f"utter_verdict_{before.verdict}"},
        "now": {"key": f"utter_verdict_{response['verdict']}"},
        "found": [one for one in lines if one["key"].startswith("reason.")],
        "basis": [one for one in lines if one["key"].startswith("utter_basis_")],
    }
