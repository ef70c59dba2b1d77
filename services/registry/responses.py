"""The response of a check (design section 7): ids, verdict, reasons, what it found defanged or masked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from lianfang.clock import rfc3339
from lianfang.text.chats import TELEGRAM
from lianfang.text.defang import defang
from services.registry.directory import Directory, OrganisationFacts
from services.registry.evaluate import Outcome
from services.registry.evidence import Evidence
from services.registry.facts import Facts, Hit, address_keys, addressed_keys, line_key
from services.registry.reading import Link, Message
from services.registry.rules import VERSION
from services.registry.rules.lists import mask_account, shown_id, shown_key
from services.registry.senders import mask_number

VALID_FOR = timedelta(hours=24)
MOST_INDICATORS = 20
LONGEST_SHOWN = 120


def build_response(
    check_id: str, message: Message, outcome: Outcome, facts: Facts, now: datetime, *, supersedes: str | None
) -> dict[str, Any]:
    """The answer as JSON values; `campaign` is filled where checks are stored and counted."""
    decision = outcome.decision
    return {
        "id": check_id,
        "version": f"rules-{VERSION}/registry-{facts.directory.version}",
        "verdict": decision.verdict,
        "score": decision.score,
        "reasons": [reason_of(sign) for sign in decision.reasons],
        "indicators": list(_indicators(message, facts))[:MOST_INDICATORS],
        "organisation": _organisation(message, facts.directory),
        "campaign": {"id": None, "askers": None, "first_seen": None},  # of what nobody stored
        "advice": list(outcome.advice),
        "asks": list(outcome.asks),
        "judged_by": outcome.judged_by,
        "checked_at": rfc3339(now),
        "expires_at": rfc3339(now + VALID_FOR),
        "supersedes": supersedes,
    }


def describe(organisation: OrganisationFacts) -> dict[str, Any]:
    """An organisation as the API shows it: only confirmed domains, and how to reach it."""
    return {
        "id": organisation.id,
        "name_zh": organisation.name_zh,
        "name_en": organisation.name_en,
        "category": organisation.category,
        "domains": [d.domain for d in organisation.domains if d.confirmed and d.role == "official"],
        "domains_complete": organisation.domains_complete,
        "phones": [
            {"number": contact.value, "confirmed": contact.confirmed}
            for contact in organisation.contacts
            if contact.kind == "phone"
        ],
        "verified_on": None if organisation.verified_on is None else organisation.verified_on.isoformat(),
    }


def reason_of(sign: Evidence) -> dict[str, Any]:
    """A reason as the API gives it: its words are `reason.<code>` of domain.yml with its params."""
    return {
        "code": sign.code,
        "params": dict(sign.params),
        "source": sign.source,
        "as_of": None if sign.as_of is None else sign.as_of.isoformat(),
    }


def _organisation(message: Message, directory: Directory) -> dict[str, Any] | None:
    for speaker in message.speakers:
        return describe(speaker)
    for link in message.links:
        for domain in link.owners:
            if domain.confirmed and link.shared is None:
                return describe(directory.organisations[domain.organisation])
    return None


def _indicators(message: Message, facts: Facts) -> Iterator[dict[str, Any]]:
    for link in message.links:
        hit = facts.hit(address_keys(link.address, link.shared))
        yield _indicator("url" if link.address.path else "domain", _shown(link), hit)
    for line_id in message.line_ids:
        yield _indicator("line_id", shown_id(line_id), facts.hit([("line_id", line_key(line_id))]))
    for telegram in message.telegrams:
        yield _indicator("telegram", telegram[:40], facts.hit([("chat", f"{TELEGRAM}:{telegram.lower()}")]))
    for phone in message.phones:
        number = phone.partition("#")[0]
        shown = number if _is_public(number, facts.directory) else mask_number(number)
        yield _indicator("phone", shown, facts.hit([("phone", number)]))
    for account in message.accounts:
        yield _indicator("account", mask_account(account), facts.hit([("account", account)]))
    read = set(addressed_keys(message))
    for kind, value in message.possible.keys if facts.hits else ():
        hit = facts.hit([(kind, value)])
        if hit is not None and (kind, value) not in read:
            told = {"host": "domain", "page": "url"}.get(kind, kind)
            yield _indicator(told, shown_key(kind, value)[:LONGEST_SHOWN], hit)
    codes = message.short_codes
    if message.sender.kind == "short_code":
        codes = (message.sender.digits, *codes)
    for code in dict.fromkeys(codes):
        shown = code if code in facts.directory.public_codes else mask_number(code)
        yield _indicator("short_code", shown, None)


def _indicator(kind: str, shown: str, hit: Hit | None) -> dict[str, Any]:
    day = None if hit is None or hit.as_of is None else hit.as_of.isoformat()
    return {
        "kind": kind,
        "shown": shown,
        "listed": hit is not None,
        "source": None if hit is None else hit.source,
        "as_of": day,
    }


def _shown(link: Link) -> str:
    return defang(link.address.host + link.address.path)[:LONGEST_SHOWN]


def _is_public(number: str, directory: Directory) -> bool:
    known = number in directory.public_numbers or number in directory.special_numbers
    return known or (len(number) > 8 and number.startswith("080"))
