"""Listed indicators: an address, LINE ID, number or account that an official list names."""

from collections.abc import Iterator

from lianfang.text.chats import chat_in_words
from lianfang.text.defang import defang
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts, Hit, address_keys, addressed_keys, line_key
from services.registry.reading import Link, Message
from services.registry.senders import mask_number


def listed(message: Message, facts: Facts) -> Iterator[Evidence]:
    """Every indicator of the message that a current list names."""
    for link in _links(message):
        hit = facts.hit(address_keys(link.address, link.shared))
        if hit is not None:
            yield _evidence(
                hit, defang(link.shown() if hit.kind == "host" else link.address.page()[:80]), facts
            )
    for key, shown in _names_and_numbers(message):
        hit = facts.hit([key])
        if hit is not None:
            yield _evidence(hit, shown, facts)
    yield from _disguised(message, facts)


def _names_and_numbers(message: Message) -> Iterator[tuple[tuple[str, str], str]]:
    """What is looked up, and how it may be shown."""
    yield from ((("line_id", line_key(one)), shown_id(one)) for one in message.line_ids)
    yield from ((("chat", one), chat_in_words(one)) for one in message.chats)
    for number in (*message.phones, message.sender.digits):
        yield ("phone", number.partition("#")[0]), mask_number(number)
    yield from ((("account", one), mask_account(one)) for one in message.accounts)


def _disguised(message: Message, facts: Facts) -> Iterator[Evidence]:
    """What a list names and the text may mean, where no reader was sure of it."""
    read = set(addressed_keys(message))
    for kind, value in message.possible.keys if facts.hits else ():
        hit = facts.hit([(kind, value)])
        if hit is not None and (kind, value) not in read:
            yield _evidence(hit, shown_key(kind, value), facts)


def shown_key(kind: str, value: str) -> str:
    """A listed value as it may be shown."""
    shown = {
        "host": defang,
        "page": defang,
        "phone": mask_number,
        "account": mask_account,
        "chat": chat_in_words,
    }
    return shown.get(kind, shown_id)(value)[:80]


def not_listed(message: Message, facts: Facts) -> Iterator[Evidence]:
    """Nothing of it is listed: said with the date of the list that could name it; new scams rarely are."""
    if facts.hits:
        return
    if not message.links and not message.line_ids and not message.phones and not message.accounts:
        if message.sender.kind == "none":
            yield Evidence("nothing_to_look_up", Severity.NOTE)
        return
    if not facts.lists:
        yield Evidence("no_lists", Severity.NOTE)
        return
    addresses = [defang(link.shown()) for link in message.links if link.is_foreign or link.shared]
    for kind, shown in (
        ("address", addresses[:1]),
        ("line_id", [shown_id(one) for one in message.line_ids[:1]]),
    ):
        for what in shown:
            yield _not_listed(facts, kind, what)
    if message.accounts or _private_phones(message, facts):
        yield Evidence("no_list_of_numbers", Severity.NOTE)


def _private_phones(message: Message, facts: Facts) -> list[str]:
    known = facts.directory.public_numbers
    return [phone for phone in message.phones if len(phone) > 8 and phone.partition("#")[0] not in known]


def _not_listed(facts: Facts, kind: str, what: str) -> Evidence:
    newest = facts.newest_list(kind)
    if newest is None:
        return Evidence("no_list_of_kind", Severity.NOTE, {"what": what})
    if newest.as_of is None:
        return Evidence("not_listed_undated", Severity.NOTE, {"what": what}, source=newest.kind)
    params = {"what": what, "until": facts.shown_day(newest.as_of)}
    return Evidence("not_listed", Severity.NOTE, params, source=newest.kind, as_of=newest.as_of)


def shown_id(line_id: str) -> str:
    """An id as it may be shown: one that is a telephone number without its middle."""
    digits = line_id.lstrip("@~+")
    return mask_number(digits) if digits.isdigit() and len(digits) > 7 else line_id[:40]


def mask_account(account: str) -> str:
    """First three and last four digits; of a short one only the last two."""
    return f"***{account[-2:]}" if len(account) <= 8 else f"{account[:3]}***{account[-4:]}"


def _links(message: Message) -> tuple[Link, ...]:
    return (*message.links, message.mailbox) if message.mailbox else message.links


def _evidence(hit: Hit, what: str, facts: Facts) -> Evidence:
    code = "listed_" + hit.source.replace("-", "_")
    params = {"what": what, "until": facts.shown_day(hit.as_of)}
    return Evidence(code, Severity.PROOF, params, source=hit.source, as_of=hit.as_of)
