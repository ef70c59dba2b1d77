"""What an organisation may announce: its own words, from its own number, with its own addresses."""

from datetime import datetime, timedelta

from lianfang.clock import TAIPEI
from services.registry.desk.announcements import Announcement, Announcements, announcement_of
from services.registry.desk.officers import NotAllowed
from services.registry.desk.overlay import Change
from services.registry.desk.templates import SAMPLES, BadTemplate, sample_of
from services.registry.directory import Directory, OrganisationFacts
from services.registry.evaluate import Outcome, evaluate
from services.registry.facts import Facts
from services.registry.government import GOVERNMENT
from services.registry.hosts import read_address
from services.registry.reading import Message, read_message
from services.registry.rules.marks import GOVERNMENT_CODE

LONGEST = timedelta(days=92)
LAST3 = SAMPLES["digits"]


def refusal_of_announcement(change: Change, directory: Directory, now: datetime) -> None:
    """Raises NotAllowed for what no two officers may announce."""
    organisation = directory.organisations.get(change.key[1])
    if organisation is None:
        raise NotAllowed("no_such_organisation")
    try:
        one = announcement_of(change.key, dict(change.values))
    except BadTemplate as bad:
        raise NotAllowed(bad.code) from None
    if not one.starts_at < one.ends_at <= one.starts_at + LONGEST:
        raise NotAllowed("times_do_not_fit")
    if one.ends_at <= now:
        raise NotAllowed("over")
    if not _is_own_sender(one.sender, organisation):
        raise NotAllowed("sender_not_own")
    _own_addresses(one, directory)
    message, outcome = judged_sample(change, directory)
    if organisation not in message.speakers:
        raise NotAllowed("does_not_name_organisation")
    if outcome.decision.verdict != "official":
        raise NotAllowed("signs_speak_against", *(sign.code for sign in outcome.decision.reasons))


def judged_sample(change: Change, directory: Directory) -> tuple[Message, Outcome]:
    """A copy as a receiver would show it, within the time, and its verdict with nothing but the registry known."""
    one = announcement_of(change.key, dict(change.values))
    text = sample_of(str(change.values["text"]))
    government = one.sender == GOVERNMENT_CODE
    if government and not text.startswith(LAST3):
        text = LAST3 + text
    message = read_message(
        text, sender=one.sender, last3=LAST3 if government else None, app="sms", directory=directory
    )
    announcements = Announcements({one.organisation: (one,)}, one.starts_at)
    today = one.starts_at.astimezone(TAIPEI).date()
    return message, evaluate(message, Facts(directory, today, announcements=announcements))


def _is_own_sender(sender: str, organisation: OrganisationFacts) -> bool:
    if sender == GOVERNMENT_CODE:
        return organisation.category in GOVERNMENT
    return any(
        contact.kind in ("short_code", "phone")
        and contact.confirmed
        and contact.value.replace("-", "") == sender
        for contact in organisation.contacts
    )


def _own_addresses(one: Announcement, directory: Directory) -> None:
    """Every announced host is the organisation's own, and every address of the text is announced."""
    if one.template.hosts - one.hosts:
        raise NotAllowed("link_not_announced", *sorted(one.template.hosts - one.hosts))
    if one.hosts and not one.template.hosts:
        raise NotAllowed("no_link_in_text")
    for host in sorted(one.hosts):
        address = read_address(host)
        owners = [] if address is None else directory.owners(address)
        own = any(domain.confirmed and domain.organisation == one.organisation for domain in owners)
        if address is None or address.host != host or not own or directory.shared(address) is not None:
            raise NotAllowed("domain_not_own", host)
