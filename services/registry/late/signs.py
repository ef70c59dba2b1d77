"""From what was found late to evidence for the same decision, and the message with the links it hid; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lianfang.text.defang import defang
from services.registry.decide import MOST_REASONS, VERDICT_ORDER
from services.registry.directory import Directory
from services.registry.evaluate import JudgedBy, Outcome, evaluate
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts
from services.registry.hosts import read_address
from services.registry.late.port import DOMAIN_AGE, SAFE_BROWSING, SHORT_LINK
from services.registry.reading import MOST_HANDLES, MOST_LINKS, Message, read_message

YOUNG = timedelta(days=30)
EARLIEST = timedelta(days=-2)  # a registry whose clock is ahead of ours
MOST_EXPANDED = 2
LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Found:
    """One finding as it was stored: `told` as in `port.Finding`, `day` when the source said it."""

    kind: str
    asked: str
    told: str
    day: date


def with_targets(message: Message, found: Sequence[Found], directory: Directory) -> Message:
    """The message as if it also showed where its short links lead; nothing else of its reading changes."""
    behind = " ".join(one.told for one in found if one.kind == SHORT_LINK)
    if not behind:
        return message
    read = read_message(behind, sender=None, last3=None, app=None, directory=directory)
    there = {(link.address.host, link.address.path) for link in message.links}
    new = [link for link in read.links if (link.address.host, link.address.path) not in there]
    return replace(
        message,
        links=(*message.links, *new)[:MOST_LINKS],
        line_ids=_joined(message.line_ids, read.line_ids),
        telegrams=_joined(message.telegrams, read.telegrams),
        chats=_joined(message.chats, read.chats),
    )


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))[:MOST_HANDLES]


def judge_late(
    message: Message, shown: Message, facts: Facts, found: Sequence[Found], officers: Sequence[Evidence]
) -> Outcome:
    """The verdict on a message beside all that was found (`shown`: with its targets); says which links were opened.

    Never better than without: a link that shows us an official page proves nothing about what it shows others.
    """
    plain = evaluate(message, facts, officers)
    if not found:
        return plain
    late = tuple(signs(shown, found, facts))
    outcome = evaluate(shown, facts, (*officers, *late))
    if rank(outcome.decision.verdict) < rank(plain.decision.verdict):
        return plain
    first, rest = outcome.decision.reasons[:1], outcome.decision.reasons[1:]
    told = (*first, *expanded(found)[:MOST_EXPANDED], *rest)[:MOST_REASONS]
    return replace(
        outcome,
        decision=replace(outcome.decision, reasons=told),
        judged_by=_judged_by(message, shown, facts, late, outcome),
    )


def rank(verdict: str) -> int:
    """Worse verdicts are higher."""
    return [str(one) for one in VERDICT_ORDER].index(verdict)


def _judged_by(
    message: Message, shown: Message, facts: Facts, late: Sequence[Evidence], outcome: Outcome
) -> JudgedBy:
    """Late evidence is weighed by rules; officers judged only if the verdict needs what they said."""
    alone = evaluate(message, facts)
    if alone.decision.verdict == outcome.decision.verdict:
        return alone.judged_by
    beside = evaluate(shown, facts, late)
    return "rules" if beside.decision.verdict == outcome.decision.verdict else "officer"


def signs(message: Message, found: Sequence[Found], facts: Facts) -> Iterator[Evidence]:
    """A young domain means little alone and much when an organisation speaks; a third party's list proves nothing."""
    for one in found:
        if one.kind == DOMAIN_AGE:
            registered = date.fromisoformat(one.told)
            if EARLIEST <= facts.today - registered < YOUNG:
                severity = Severity.STRONG if message.speakers else Severity.WEAK
                params = {"address": defang(one.asked), "on": facts.shown_day(registered)}
                yield Evidence("young_domain", severity, params, "rdap", one.day)
        elif one.kind == SAFE_BROWSING:
            params = {"address": _shown(one.asked), "on": facts.shown_day(one.day)}
            yield Evidence("safe_browsing_listed", Severity.STRONG, params, "google-safe-browsing", one.day)


def expanded(found: Sequence[Found]) -> tuple[Evidence, ...]:
    """Which short link led where, said beside whatever it changed."""
    return tuple(
        Evidence(
            "expanded_link",
            Severity.NOTE,
            {"from": _shown(one.asked), "to": _shown(one.told)},
            "redirect",
            one.day,
        )
        for one in found
        if one.kind == SHORT_LINK
    )


def _shown(url: str) -> str:
    address = read_address(url)
    return "" if address is None else defang((address.host + address.path).rstrip("/"))[:LONGEST_SHOWN]
