"""Whose addresses are in the message, and do they fit who it says it is."""

import re
from collections.abc import Iterator

from lianfang.text.defang import defang
from services.registry.directory import Domain, OrganisationFacts
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts, line_key
from services.registry.reading import Link, Message
from services.registry.rules.lists import shown_id

# Their notices come from themselves; a stranger's address in one is no partner's.
FORMAL = frozenset(
    {
        "agency",
        "utility",
        "etc",
        "bank",
        "insurance",
        "securities",
        "telecom",
        "payment",
        "logistics",
        "hospital",
    }
)
_NEVER_BY_PRIVATE_ID = frozenset({"agency", "utility", "etc", "bank", "securities", "insurance", "telecom"})
_BLANKS = re.compile(r"[\s\W_]+")
_PERSON = re.compile(r"專員|顧問|老師|助理|經理|理專|襄理|承辦|線上客服|私訊|貸款|核貸|投資|飆股")
# All that may stand beside an address somebody asks about: a question and nothing else.
_QUESTION = re.compile(
    r"(?:請問|想問|想知道|幫我?|麻煩|看看?|一下|查詢?|確認|這|那|此|個|是|不是|還是|真的?|假的?|嗎|呢|吧|喔|啊|官網|官方|網站|網址|連結|網頁|可以|能|"
    r"點|信|相信|的|了|有|沒有|問題|is|this|that|it|the|a|an|real|legit|site|website|web|official|link|url|check|please|ok|can|you|i|trust)*"
)
_LEADS_ON = re.compile(
    r"https?[:%]|//|%2f%2f|[?&](?:u|url|to|next|redirect|target|dest|continue|r)=", re.IGNORECASE
)
EARLY = 12


def foreign_address(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """An organisation speaks, but the address is not its own nor anybody's the registry knows."""
    if not message.speakers:
        return
    for link in message.links:
        if link.is_foreign:
            yield _foreign(message, link, proves=True)
    mailbox = message.mailbox
    if mailbox is not None and mailbox.is_foreign and message.categories & FORMAL:
        yield _foreign(message, mailbox, proves=False)


def _foreign(message: Message, link: Link, *, proves: bool) -> Evidence:
    speakers = message.speakers
    speaker = next((one for one in speakers if one.domains_complete), speakers[0])
    official = speaker.official_domain()
    params = {
        "organisation": speaker.name_zh,
        "organisation_en": speaker.name_en,
        "address": defang(link.shown()),
        "official": official or "",
    }
    if official is None or not message.to_reader:
        return Evidence("address_not_known", Severity.WEAK, params, "registry", speaker.verified_on)
    if speaker.domains_complete and proves:
        source = speaker.complete_evidence or "registry"
        return Evidence("foreign_address_proven", Severity.PROOF, params, source, speaker.verified_on)
    return Evidence("foreign_address", Severity.STRONG, params, "registry", speaker.verified_on)


def look_alike(message: Message, facts: Facts) -> Iterator[Evidence]:
    """An address that imitates an official one, whoever speaks."""
    for official, real in message.disguises:
        if real != official:
            yield Evidence(
                "lookalike_prefix",
                Severity.STRONG,
                {"address": defang(real), "official": official},
                "registry",
            )
    links = (*message.links, message.mailbox) if message.mailbox else message.links
    for link in links:
        if not link.is_foreign:
            continue
        imitation = facts.directory.lookalikes.imitated(link.address)
        if imitation is None:
            continue
        shown = link.address.site if imitation.code == "lookalike_prefix" else link.shown()
        params = {"address": defang(shown), "official": imitation.official}
        yield Evidence(imitation.code, imitation.severity, params, "registry")


def personal_line_id(message: Message, facts: Facts) -> Iterator[Evidence]:
    """An agency, bank or broker that wants to be added under a private LINE ID, no official account."""
    speaker = next(
        (one for one in _at_the_start(message, facts) if one.category in _NEVER_BY_PRIVATE_ID), None
    )
    if speaker is None:
        return
    own = {line_key(contact.value) for contact in speaker.contacts if contact.kind == "line_id"}
    for line_id in message.line_ids:
        official = line_id.startswith(("@", "%40")) and not _of_a_person(line_id, message, facts)
        if official or line_key(line_id) in own or _is_short_link(line_id, message):
            continue
        params = {
            "organisation": speaker.name_zh,
            "organisation_en": speaker.name_en,
            "what": shown_id(line_id),
        }
        yield Evidence("personal_line_id", Severity.STRONG, params)
        return


def _at_the_start(message: Message, facts: Facts) -> list[OrganisationFacts]:
    """Who speaks, else who is named before anything else is said."""
    named = [one.organisation for one in message.named if one.place < EARLY]
    return [*message.speakers, *(facts.directory.organisations[one] for one in named)]


def _of_a_person(line_id: str, message: Message, facts: Facts) -> bool:
    """An account with @ for "our specialist", whose name only borrows the organisation's: `@namebank88`."""
    bare = line_key(line_id.replace("%40", "@"))
    borrowed = bare.rstrip("0123456789_.-") != bare and facts.directory.lookalikes.is_famous(
        bare.rstrip("0123456789_.-")
    )
    return borrowed and _PERSON.search(message.plain) is not None


def _is_short_link(line_id: str, message: Message) -> bool:
    return any(
        link.address.host == "lin.ee" and link.address.path.strip("/") == line_id for link in message.links
    )


def bare_ip_link(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """A link that is only a number."""
    for link in message.links:
        if link.address.is_ip:
            yield Evidence("bare_ip_link", Severity.WEAK, {"address": defang(link.address.host)})


def hidden_target(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """A public short link: proves nothing, but from an organisation that never sends one it is a sign."""
    for link in message.links:
        if not link.hides_target:
            continue
        never = any(one.domains_complete or one.category == "agency" for one in message.speakers)
        yield Evidence(
            "hidden_target", Severity.WEAK if never else Severity.NOTE, {"address": defang(link.address.host)}
        )


def own_address(message: Message, facts: Facts) -> Iterator[Evidence]:
    """The address is the speaker's own: said, although it does not prove who sent the message."""
    speakers = {speaker.id for speaker in message.speakers}
    for link in message.links:
        for domain in link.owners:
            if domain.confirmed and domain.organisation in speakers and link.shared is None:
                owner = facts.directory.organisations[domain.organisation]
                yield Evidence("own_address", Severity.NOTE, _owner(owner, link), domain.source, domain.as_of)
                return


def official_site(message: Message, facts: Facts) -> Iterator[Evidence]:
    """Somebody asks about nothing but an address, and it is an official one."""
    words = _BLANKS.sub("", message.bare)
    nobody_else = not (message.line_ids or message.telegrams or message.phones or message.accounts)
    if message.possible.unread:
        return
    if not message.links or not nobody_else or message.sender.kind != "none":
        return
    if _QUESTION.fullmatch(words) is None:
        return
    confirmed = [_official(link, facts) for link in message.links]
    first = confirmed[0]
    if first is None or not all(confirmed):
        return
    owner = facts.directory.organisations[first.organisation]
    yield Evidence(
        "official_site", Severity.MATCHES, _owner(owner, message.links[0]), first.source, first.as_of
    )


def _official(link: Link, facts: Facts) -> Domain | None:
    """The confirmed owner, unless the page may be anybody's or leads on to another address."""
    if link.shared is not None or _LEADS_ON.search(link.address.path):
        return None
    for domain in link.owners:
        formal = facts.directory.organisations[domain.organisation].category in FORMAL
        if domain.confirmed and (formal or not link.address.path.strip("/")):
            return domain
    return None


def _owner(owner: OrganisationFacts, link: Link) -> dict[str, str]:
    return {
        "organisation": owner.name_zh,
        "organisation_en": owner.name_en,
        "address": defang(link.shown()),
    }
