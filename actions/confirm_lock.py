"""Add what confirms a lock: the invoice number with its total, or the number of a report to 165."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions.cards import find_invoice, take_invoice
from actions.goal import Field, Goal, Heard, Seen, Told, Values, first
from actions.lock_words import CALLS, outcome_reply
from actions.outcome import Outcome
from actions.own_locks import CASES, act_on, looks_at_own
from actions.services import Services
from actions.turn import Turn
from lianfang.replies import CALL_165, Reply, Say, says
from lianfang.text.find import find_all
from lianfang.text.normalise import normalise
from services.locks.client import CardCase, Receipt

# A lock in one of these ways can be given a receipt.
CONFIRMABLE = frozenset({"locked", "requested", "asked", "waiting", "objected", "recorded"})
# What is said above the state of the case, by the service's `outcome`.
SAID = {
    "pending": "utter_confirm_pending",
    "differs": "utter_confirm_differs",
    "recorded": "utter_confirm_recorded",
    "not_open": "utter_confirm_not_open",
}
_REPORT = re.compile(
    r"(?:165|報案|受理|三聯單|police)[^A-Za-z0-9]{0,4}(?:案|單|編)?[號碼件]{0,4}"
    r"(?:(?:case|report|receipt) ?(?:no\.?|number)?)?[^A-Za-z0-9]{0,4}(?:is )?(?P<number>(?=[A-Z]*\d)[A-Z0-9-]{5,30})",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:金額|總[共計額]|一共|共|合計|total|amount|sum)[^\d]{0,6}(?P<sum>\d{1,3}(?:,\d{3})+|\d{2,7})(?!\d)",
    re.IGNORECASE,
)
_SUM = re.compile(r"(?<![A-Z0-9,-])(?:\d{1,3}(?:,\d{3})+|\d{2,7})(?![\d,A-Z-])", re.IGNORECASE)


def find_report(heard: Heard) -> Values:
    """The number of a report to 165 or the police, called so."""
    match = _REPORT.search(normalise(heard.text))
    return (match["number"].upper(),) if match and not match["number"].upper().startswith("LF-") else ()


def find_total(heard: Heard) -> Values:
    """TWD as figures: called the total, or written as money."""
    named = _TOTAL.search(normalise(heard.text))
    if named:
        return (named["sum"].replace(",", ""),)
    return tuple(
        found.value for found in find_all(heard.text) if found.kind == "amount" and found.value.isdigit()
    )[:1]


def take_total(heard: Heard) -> Values:
    """A bare sum as the answer to "what total"."""
    sums = [match[0].replace(",", "") for match in _SUM.finditer(normalise(heard.text))]
    return find_total(heard) or tuple(sums[:1])


def _has_report(told: Told, _seen: Seen) -> bool:
    return bool(told.get("report"))


def _has_no_invoice(told: Told, _seen: Seen) -> bool:
    return bool(told.get("report")) or not told.get("invoice")


INVOICE = Field(
    "invoice",
    "utter_ask_receipt",
    why="utter_why_receipt",
    find=find_invoice,
    take=take_invoice,
    takes_anywhere=True,
    required=False,
    needless=_has_report,
)
TOTAL = Field(
    "total",
    "utter_ask_total",
    why="utter_why_receipt",
    find=find_total,
    take=take_total,
    required=False,
    needless=_has_no_invoice,
)
REPORT = Field("report", find=find_report, required=False)


async def _confirm(services: Services, turn: Turn, told: Told) -> Outcome:
    total = first(told, "total")
    receipt = Receipt(first(told, "invoice"), int(total) if total else None, None, first(told, "report"))
    if receipt.invoice is None and receipt.report_165 is None:
        return Outcome(says("utter_confirm_nothing", buttons=CALLS))
    cases = await act_on(
        told["case_id"],
        lambda number: services.locks.confirm(turn.person or "", number, receipt, event=turn.event),
    )
    return cases if isinstance(cases, Outcome) else Outcome(_told(cases))


def _told(cases: list[CardCase]) -> Reply:
    """What became of it for each outcome, then how the cards stand."""
    now = outcome_reply([replace(case, again=False) for case in cases])
    said = list(dict.fromkeys(key for case in cases if (key := _became(case))))
    is_told = any(case.confirmed_by == "report_165_told" for case in cases)
    as_told = [Say("utter_confirmed_as_told")] if is_told else []
    return Reply([*map(Say, said), *now.say, *as_told], now.buttons, now.card)


def _became(case: CardCase) -> str | None:
    """None where the state says it; a lock that is objected to keeps its state, so what was proven is said."""
    if case.outcome == "confirmed" and case.words == "objected":
        return "utter_confirm_proven" if case.confirmed_by == "receipt" else SAID["recorded"]
    return SAID.get(case.outcome or "")


def _none_open(_locks: Sequence[CardCase]) -> Reply:
    return says("utter_confirm_none", buttons=[CALL_165])


CONFIRM_LOCK = Goal(
    "confirm_lock",
    _confirm,
    fields=(CASES, INVOICE, TOTAL, REPORT),
    look=looks_at_own(CONFIRMABLE, _none_open),
    not_done="utter_confirm_not_done",
    stuck="",
    left=(CALL_165,),
    loss_first=False,
)
