"""A report of something that can be looked up gets the verdict on it first, then its own answer."""

from dataclasses import replace

from actions.outcome import LISTEN, Outcome
from lianfang.replies import CALL_165, Json

REPORTS = frozenset({"report_site", "report_message", "report_account"})
# After these verdicts there is nothing to ask: nothing was judged, or it is the organisation's own.
ENOUGH = frozenset({"official", None})


def verdict_then(verdict: Outcome, own: Outcome) -> Outcome:
    """The verdict with the goal's sentences below; its button for reporting would only say them again."""
    if verdict.reply is None:
        return own
    if own.then != LISTEN and (verdict.reply.card or {}).get("verdict") in ENOUGH:
        return verdict
    buttons: list[Json] = [button for button in verdict.reply.buttons if button.get("goal") not in REPORTS]
    if not any(button.get("tel") == "165" for button in buttons):
        buttons.append(CALL_165)
    below = own.reply.say if own.reply else []
    both = replace(verdict.reply, say=[*verdict.reply.say, *below], buttons=buttons)
    return Outcome(both, {**verdict.slots, **own.slots}, own.then)
