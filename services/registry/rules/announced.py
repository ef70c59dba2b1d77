"""What an organisation announced: a message that is exactly that, and one in which only the address is another."""

from collections.abc import Iterator

from lianfang.text.defang import defang
from services.registry.desk.announcements import Announcement
from services.registry.desk.templates import handles_of, squeeze
from services.registry.directory import OrganisationFacts
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts
from services.registry.reading import Link, Message
from services.registry.rules.marks import GOVERNMENT_CODE

SOURCE = "announcement"
LAST3 = 3
# Where one of these stands, two officers have read the very words: what the text model thinks of them adds nothing.
KNOWN_WORDING = frozenset({"announced", "announced_unchecked"})


def announced(message: Message, facts: Facts) -> Iterator[Evidence]:
    """At most one sign: the strongest that any standing announcement of whoever speaks gives."""
    found = (
        sign
        for speaker in message.speakers
        for one in facts.announcements.standing(speaker.id)
        if (sign := _compared(message, speaker, one, facts)) is not None
    )
    strongest = max(found, key=lambda sign: _ORDER.index(sign.code), default=None)
    if strongest is not None:
        yield strongest


_ORDER = ("announced_link_differs", "announced_unchecked", "announced")


def _compared(
    message: Message, speaker: OrganisationFacts, one: Announcement, facts: Facts
) -> Evidence | None:
    words = squeeze(message.bare)
    marked = one.sender == GOVERNMENT_CODE and words[:LAST3].isdigit()
    if not one.template.fits(words, may_skip=LAST3 if marked else 0):
        return None
    params = {
        "organisation": speaker.name_zh,
        "organisation_en": speaker.name_en,
        "on": facts.shown_day(one.announced_on),
        "sender": one.sender,
    }
    strange = next((link for link in message.links if _is_strange(link, one)), None)
    if strange is not None:
        told = {**params, "address": defang(strange.shown())}
        return Evidence("announced_link_differs", Severity.STRONG, told, SOURCE, one.announced_on)
    if not _leads_nowhere_else(message, one):
        return None
    if message.sender.kind == "none" and message.is_sms:
        return Evidence("announced_unchecked", Severity.NOTE, params, SOURCE, one.announced_on)
    if message.sender.digits != one.sender or message.sender.plus or not message.is_sms:
        return None
    return Evidence("announced", Severity.MATCHES, params, SOURCE, one.announced_on)


def _is_strange(link: Link, one: Announcement) -> bool:
    """Nobody's the registry knows, or a page that may be anybody's; another organisation's own accuses nobody."""
    return link.address.host not in one.hosts and (not link.owners or link.shared is not None)


def _leads_nowhere_else(message: Message, one: Announcement) -> bool:
    """Only to announced addresses that are still the organisation's, and to nothing that filled a gap."""
    own = all(_is_own(link, one) for link in message.links)
    as_announced = bool(message.links) == bool(one.template.hosts)
    hidden = bool(message.disguises or message.possible.unread)
    return own and as_announced and not hidden and handles_of(message) <= one.template.handles


def _is_own(link: Link, one: Announcement) -> bool:
    return (
        link.address.host in one.hosts
        and link.shared is None
        and any(domain.confirmed and domain.organisation == one.organisation for domain in link.owners)
    )
