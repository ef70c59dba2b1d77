"""What the phone showed as sender, and whether it could have."""

from collections.abc import Iterator

from lianfang.text.defang import defang
from services.registry.directory import OrganisationFacts
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts
from services.registry.reading import Message

FREE_MAIL = frozenset(
    "gmail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.com.tw icloud.com me.com proton.me protonmail.com "
    "aol.com gmx.com mail.com mail.ru yandex.com yandex.ru qq.com 163.com 126.com foxmail.com sina.com zoho.com".split()
)
CIB = "news.ltn.com.tw breakingnews/5147753"
# Organisations in Taiwan that write from Taiwanese numbers, by plain SMS.
DOMESTIC = frozenset(
    {
        "agency",
        "utility",
        "etc",
        "parking",
        "bank",
        "insurance",
        "securities",
        "telecom",
        "convenience",
        "hospital",
    }
)
_CODES = frozenset(
    {"110", "113", "165", "1922", "1925", "1950", "1953", "1955", "1966", "1968", "1988", "1990", "1999"}
)


def impossible_sender(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """0800 or a landline cannot send a plain SMS; while the app is not known it is only a strong sign."""
    if message.sender.kind not in ("toll_free", "landline") or not message.is_sms:
        return
    params = {"sender": message.sender.shown}
    if message.app == "sms":
        yield Evidence("impossible_sender", Severity.PROOF, params, CIB)
    else:
        yield Evidence("odd_sender", Severity.STRONG, params, CIB)


def foreign_sender(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """A number from abroad, or one with +: strong when an organisation in Taiwan is said to write."""
    sender = message.sender
    if not (sender.kind == "foreign" or (sender.plus and sender.kind == "mobile")):
        return
    speaker = _domestic(message)
    if speaker is not None and sender.kind == "foreign":
        params = {**_params(speaker), "sender": sender.shown}
        yield Evidence("foreign_sender", Severity.STRONG, params, CIB)
    elif (
        sender.kind == "foreign" and message.app in (None, "sms", "imessage", "rcs")
    ) or speaker is not None:
        yield Evidence("foreign_number", Severity.WEAK, {"sender": sender.shown})


def wrong_app(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Agencies and banks do not write by iMessage, WhatsApp or Telegram."""
    speaker = _domestic(message)
    if speaker is None or message.app not in ("imessage", "rcs", "whatsapp", "telegram"):
        return
    severity = Severity.WEAK if message.app == "rcs" else Severity.STRONG
    params = {**_params(speaker), "app": message.app}
    yield Evidence("wrong_app", severity, params, "news.immigration.gov.tw (165)")


def free_mailbox(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """An agency, bank or other formal sender that writes from a mailbox anybody can open."""
    mailbox = message.mailbox
    speaker = _domestic(message)
    if mailbox is not None and speaker is not None and mailbox.address.host in FREE_MAIL:
        params = {**_params(speaker), "address": defang(mailbox.address.host)}
        yield Evidence("free_mailbox", Severity.STRONG, params)


def latin_sender(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """A name in Latin letters on a plain SMS: anybody can set one, so it is a mere sign."""
    if message.sender.kind == "latin" and message.is_sms:
        yield Evidence("latin_sender", Severity.WEAK, {}, CIB)


def not_from_111(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """An agency speaks, but not from 111 nor a number of its own: suspicion, no proof."""
    sender = message.sender
    if not message.is_sms or sender.kind not in ("mobile", "latin", "foreign", "short_code"):
        return
    for speaker in message.speakers:
        if speaker.category != "agency":
            continue
        known = sender.digits == "111" or sender.digits in _CODES or sender.digits in speaker.phones()
        if not known:
            yield Evidence("agency_not_111", Severity.WEAK, _params(speaker), "news.ipcf.org.tw p=99522")
        return


def own_code(message: Message, facts: Facts) -> Iterator[Evidence]:
    """The short code the organisation itself has published, and no address but its own."""
    if message.sender.kind != "short_code" or message.sender.digits == "111" or not message.is_sms:
        return
    for speaker in message.speakers:
        contact = facts.directory.is_own_code(speaker, message.sender.digits)
        if contact is None:
            continue
        own = all(
            any(d.organisation == speaker.id and d.confirmed for d in link.owners) for link in message.links
        )
        severity = Severity.MATCHES if own else Severity.NOTE
        params = {**_params(speaker), "sender": contact.value}
        yield Evidence("own_code", severity, params, contact.source, contact.as_of)
        return


def _domestic(message: Message) -> OrganisationFacts | None:
    return next((one for one in message.speakers if one.category in DOMESTIC), None)


def _params(speaker: OrganisationFacts) -> dict[str, str]:
    return {"organisation": speaker.name_zh, "organisation_en": speaker.name_en}
