"""One message judged over a snapshot: pure, no IO, the same answer every time."""

from dataclasses import dataclass, replace
from typing import Literal

from services.registry.decide import Decision, decide
from services.registry.facts import Facts
from services.registry.reading import Message
from services.registry.rules import judge
from services.registry.senders import Sender, read_sender

Ask = Literal["sender", "receiver_last3", "app"]

# What the person might tell us, tried one by one: only a question that could change the verdict is asked.
_POSSIBLE_APPS = ("sms", "imessage")
_POSSIBLE_SENDERS = ("0800000000", "+85260000000")
_NOT_THE_MARK = "***"


@dataclass(frozen=True)
class Outcome:
    """What `POST /v1/checks` answers, before it is written down."""

    decision: Decision
    asks: tuple[Ask, ...]
    advice: tuple[str, ...]


def evaluate(message: Message, facts: Facts) -> Outcome:
    """Verdict, reasons, what to ask and what to advise."""
    decision = decide(judge(message, facts))
    asks = () if decision.verdict == "fraud" else tuple(_asks(message, facts, decision))
    return Outcome(decision, asks, tuple(_advice(message, decision)))


def _asks(message: Message, facts: Facts, decision: Decision) -> list[Ask]:
    asks: list[Ask] = []
    if message.told and message.is_sms and message.names_agency:
        asks += ["sender"] if message.sender.kind == "none" else []
        asks += ["receiver_last3"] if message.last3 is None else []
        return asks
    if message.sender.kind == "unclear_code" and message.is_sms:
        asks.append("sender")
    if message.sender.kind == "none" and _is_message(message) and message.is_sms:
        variants = [replace(message, sender=read_sender(sender)) for sender in _POSSIBLE_SENDERS]
        if _changes(variants, facts, decision):
            asks.append("sender")
    if message.last3 is None and message.marks:
        variants = [replace(message, last3=digits) for digits in (*message.marks[:1], _NOT_THE_MARK)]
        if message.sender.kind == "none":
            government = Sender("short_code", "111", "111")
            variants = [replace(variant, sender=government) for variant in variants if message.names_agency]
        if _changes(variants, facts, decision):
            asks.append("receiver_last3")
    if message.app is None and (message.speakers or message.sender.kind in ("toll_free", "landline")):
        variants = [replace(message, app=app) for app in _POSSIBLE_APPS]
        if _changes(variants, facts, decision):
            asks.append("app")
    return asks


def _changes(variants: list[Message], facts: Facts, decision: Decision) -> bool:
    return any(decide(judge(variant, facts)).verdict != decision.verdict for variant in variants)


def _is_message(message: Message) -> bool:
    """More than a bare address or number that somebody wants to look up."""
    return bool(message.speakers) or len(message.rest) > 12


def _advice(message: Message, decision: Decision) -> list[str]:
    codes = {sign.code for sign in decision.reasons}
    advice: list[str] = []
    if decision.verdict == "official":
        return ["forgery_looks_same"]
    bad = decision.verdict in ("fraud", "suspicious")
    if message.links and (bad or any(not link.owners for link in message.links)):
        advice.append("do_not_tap")
    if "asks_otp" in codes:
        advice.append("keep_code")
    if bad:
        advice.append("do_not_pay")
        if message.line_ids or message.telegrams or not message.links:
            advice.append("do_not_reply")
    if message.speakers:
        advice.append("open_app_yourself" if decision.verdict == "unknown" else "call_organisation")
    if decision.verdict == "unknown":
        advice.append("call_organisation")
    if decision.verdict != "fraud":
        advice.append("ask_165")
    return list(dict.fromkeys(advice))
