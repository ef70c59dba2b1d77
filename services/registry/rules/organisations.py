"""What particular organisations always or never do in their messages, as they have said themselves."""

import re
from collections.abc import Iterator

from lianfang.text.defang import defang
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts
from services.registry.reading import Link, Message

UTILITY_SOURCE = "taisounds.com 132650; health.ftvnews.com.tw 2025912W0380"
ETC_SOURCE = "ltn 5361215"
VEHICLE_SOURCE = "ettoday.net 20250825/3021580"
NAME_SOURCE = "registry"
_VEHICLE_OFFICES = frozenset({"highway-bureau", "motor-vehicle-driver-information-service"})
_PLATE = re.compile(r"(?<![a-z0-9])(?:[a-z]{2,3}-?\d{3,4}|\d{3,4}-?[a-z]{2,3})(?![a-z0-9])|車號|車牌")


def utility_link(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Taipower's and Taiwan Water's reminders hold no link at all; an e-bill one has ordered links to their site."""
    if "utility" in message.categories and "debt" in message.cues:
        yield from _not_own(message, "utility_link", UTILITY_SOURCE)


def vehicle_link(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """The motor vehicle offices' messages remind and never link to a payment."""
    if "debt" in message.cues and any(one.id in _VEHICLE_OFFICES for one in message.speakers):
        yield from _not_own(message, "vehicle_link", VEHICLE_SOURCE)


def etc_without_plate(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """A genuine toll notice names the plate."""
    if "etc" in message.categories and "debt" in message.cues and _PLATE.search(message.plain) is None:
        yield Evidence("etc_without_plate", Severity.WEAK, {}, ETC_SOURCE)


def misspelt_name(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """An organisation that cannot spell its own name."""
    for organisation in message.misspelt:
        params = {"organisation": organisation.name_zh, "organisation_en": organisation.name_en}
        yield Evidence("misspelt_name", Severity.WEAK, params, NAME_SOURCE, organisation.verified_on)


def _not_own(message: Message, code: str, source: str) -> Iterator[Evidence]:
    speakers = {speaker.id: speaker for speaker in message.speakers}
    strange = next((link for link in message.links if not _is_own(link, frozenset(speakers))), None)
    if strange is None:
        return
    speaker = message.speakers[0]
    params = {
        "organisation": speaker.name_zh,
        "organisation_en": speaker.name_en,
        "address": defang(strange.shown()),
    }
    yield Evidence(code, Severity.STRONG, params, source)


def _is_own(link: Link, speakers: frozenset[str]) -> bool:
    return any(domain.organisation in speakers for domain in link.owners)
