"""A report of something that can be looked up gets the verdict on it first, then its own answer."""

from collections.abc import Sequence
from dataclasses import replace

from actions.outcome import LISTEN, Outcome
from lianfang.replies import CALL_165, Json

REPORTS = frozenset({"report_site", "report_message", "report_account"})
# After these verdicts there is nothing to ask: nothing was judged, or it is the organisation's own.
ENOUGH = frozenset({"official", None})


# What an answer to a question of a form is worth interrupting it for.
WORTH_SAYING = frozenset({"fraud", "suspicious", "official"})


def told_along_the_way(verdict: Outcome) -> Outcome:
    """The verdict on what a report's answer tells, above the next question; nothing when nothing was found."""
    if verdict.reply is None or (verdict.reply.card or {}).get("verdict") not in WORTH_SAYING:
        return Outcome()
    return replace(verdict, reply=replace(verdict.reply, buttons=_without_reports(verdict.reply.buttons)))


def ends_the_report(verdict: Outcome) -> bool:
    """The organisation's own address is nothing to report."""
    return verdict.reply is not None and (verdict.reply.card or {}).get("verdict") == "official"


def verdict_then(verdict: Outcome, own: Outcome) -> Outcome:
    """The verdict with the goal's sentences below; its button for reporting would only say them again."""
    if verdict.reply is None:
        return own
    if own.then != LISTEN and (verdict.reply.card or {}).get("verdict") in ENOUGH:
        return verdict
    buttons = _without_reports(verdict.reply.buttons)
    if not any(button.get("tel") == "165" for button in buttons):
        buttons.append(CALL_165)
    below = own.reply.say if own.reply else []
    both = replace(verdict.reply, say=[*verdict.reply.say, *below], buttons=buttons)
    return Outcome(both, {**verdict.slots, **own.slots}, own.then)


def _without_reports(buttons: Sequence[Json]) -> list[Json]:
    return [button for button in buttons if button.get("goal") not in REPORTS]
