"""Join for an organisation by the one-time code of an invitation: a merchant, or staff of a bank, the police, an issuer."""

from actions.goal import Field, Goal, Heard, Told, Values, first
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import CALL_165, HELP, Reply, Say, goal_button, says
from lianfang.text.join_code import find_join_code
from lianfang.text.normalise import normalise

ROLES = ("merchant", "bank", "police", "issuer", "store")
REFUSED = {"invitation_not_found": "utter_join_not_valid", "too_many_tries": "utter_join_too_many"}
REPORT = goal_button("btn.report_site", "report_site")


def join_code_in(text: str) -> str | None:
    """The code of an invitation, however it was typed; words that merely look like one have no figure in them."""
    plain = normalise(text)
    code = find_join_code(plain)
    is_typed_so = any(map(str.isdigit, plain)) or "JOIN-" in plain.upper()
    return code if is_typed_so else None


def _find(heard: Heard) -> Values:
    code = join_code_in(heard.text)
    return (code,) if code else ()


async def _join(services: Services, turn: Turn, told: Told) -> Outcome:
    code = first(told, "join_code")
    if code is None:
        return Outcome(says("utter_join_how", buttons=[REPORT, HELP]))
    if turn.in_group:
        return Outcome(says("utter_join_not_here"))
    try:
        joined = await services.people.join(turn.person or "", code, event=turn.event)
    except ServiceRefused as refused:
        return Outcome(says(REFUSED.get(refused.code, "utter_join_failed")))
    except ServiceUnavailable:
        return Outcome(says("utter_join_failed", buttons=[CALL_165]))
    role = {"key": f"utter_role_{joined.role}"} if joined.role in ROLES else joined.role
    names = {"organisation": joined.name_zh, "organisation_en": joined.name_en}
    say = [Say("utter_joined", {**names, "role": role})]
    is_merchant = joined.role == "merchant"
    say += [Say("utter_joined_merchant")] if is_merchant else []
    return Outcome(Reply(say, [REPORT, HELP] if is_merchant else [HELP]))


BIND_MERCHANT = Goal(
    "bind_merchant",
    _join,
    fields=(Field("join_code", find=_find, required=False),),
    interrupts=True,
)
