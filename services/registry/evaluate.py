"""One message judged over a snapshot: pure, no IO, the same answer every time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from services.registry.decide import Decision, decide
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts
from services.registry.reading import Message
from services.registry.rules import judge
from services.registry.rules.announced import KNOWN_WORDING
from services.registry.rules.spoilers import spoilers
from services.registry.rules.wording import wording
from services.registry.senders import Sender, read_sender

Ask = Literal["sender", "receiver_last3", "app"]
JudgedBy = Literal["rules", "model", "officer"]

# What the person might tell us, tried one by one: only a question that could change the verdict is asked.
_POSSIBLE_APPS = ("sms", "imessage")
_POSSIBLE_SENDERS = ("0800000000", "+85260000000")
_NOT_THE_MARK = "***"
BAD = ("fraud", "suspicious")


@dataclass(frozen=True)
class Outcome:
    """What `POST /v1/checks` answers, before it is written down."""

    decision: Decision
    asks: tuple[Ask, ...]
    advice: tuple[str, ...]
    judged_by: JudgedBy = "rules"


def evaluate(message: Message, facts: Facts, more: Sequence[Evidence] = ()) -> Outcome:
    """Verdict, reasons, what to ask and what to advise; `more` is what officers found about the same case."""
    signs = _signs(message, facts, more)
    decision = decide(signs)
    # Rules decide first: where they are sure enough, the model has nothing to add.
    sure = decision.verdict in BAD or any(sign.code in KNOWN_WORDING for sign in signs)
    worded = [] if sure else list(wording(message, signs, facts.model))
    if worded:
        decision = decide([*signs, *worded])
    beside = [*more, *worded]
    asks = () if decision.verdict == "fraud" else tuple(_asks(message, facts, decision, beside))
    judged_by: JudgedBy = "model" if worded else "rules"
    if more and decide([*judge(message, facts), *worded]).verdict != decision.verdict:
        judged_by = "officer"
    return Outcome(decision, asks, tuple(_advice(message, decision)), judged_by)


def _signs(message: Message, facts: Facts, more: Sequence[Evidence]) -> list[Evidence]:
    """What the rules see, behind what officers found; beside an official finding the spoilers are weighed too."""
    signs = judge(message, facts)
    matches = any(sign.severity is Severity.MATCHES for sign in more)
    if matches and not any(sign.severity is Severity.MATCHES for sign in signs):
        signs += spoilers(message, facts)
    return [*more, *signs]


def _asks(message: Message, facts: Facts, decision: Decision, more: Sequence[Evidence]) -> list[Ask]:
    asks: list[Ask] = []
    if message.told and message.is_sms and message.names_agency:
        asks += ["sender"] if message.sender.kind == "none" else []
        asks += ["receiver_last3"] if message.last3 is None else []
        return asks
    if message.sender.kind == "unclear_code" and message.is_sms:
        asks.append("sender")
    if message.sender.kind == "none" and _is_message(message) and message.is_sms:
        # Where nothing is known, who sent it is the best next question.
        variants = [replace(message, sender=read_sender(sender)) for sender in _POSSIBLE_SENDERS]
        if decision.verdict == "unknown" or _changes(variants, facts, decision, more):
            asks.append("sender")
    if message.last3 is None and message.marks:
        variants = [replace(message, last3=digits) for digits in (*message.marks[:1], _NOT_THE_MARK)]
        if message.sender.kind == "none":
            government = Sender("short_code", "111", "111")
            variants = [replace(variant, sender=government) for variant in variants if message.names_agency]
        if _changes(variants, facts, decision, more):
            asks.append("receiver_last3")
    if message.app is None and (message.speakers or message.sender.kind in ("toll_free", "landline")):
        variants = [replace(message, app=app) for app in _POSSIBLE_APPS]
        if _changes(variants, facts, decision, more):
            asks.append("app")
    return asks


def _changes(variants: list[Message], facts: Facts, decision: Decision, more: Sequence[Evidence]) -> bool:
    return any(decide(_signs(variant, facts, more)).verdict != decision.verdict for variant in variants)


def _is_message(message: Message) -> bool:
    """More than a bare address or number that somebody wants to look up."""
    return bool(message.speakers) or len(message.rest) > 12


def _advice(message: Message, decision: Decision) -> list[str]:
    codes = {sign.code for sign in decision.reasons}
    advice: list[str] = []
    if decision.verdict == "official":
        return ["forgery_looks_same"]
    bad = decision.verdict in BAD
    if message.links and (bad or any(not link.owners for link in message.links)):
        advice.append("do_not_tap")
    if "asks_otp" in codes:
        advice.append("keep_code")
    if bad:
        advice.append("do_not_pay")
        if message.line_ids or message.telegrams or not message.links:
            advice.append("do_not_reply")
    if decision.verdict == "unknown":
        advice.append("watch_for")
    if message.speakers:
        advice.append("call_organisation")
    elif decision.verdict == "unknown":
        advice.append("look_it_up")
    if decision.verdict != "fraud":
        advice.append("ask_165")
    return list(dict.fromkeys(advice))
