"""Listed indicators: an address, LINE ID, number or account that an official list names."""

from collections.abc import Iterator

from lianfang.text.defang import defang
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts, Hit, address_keys, line_key
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
    for line_id in message.line_ids:
        hit = facts.hit([("line_id", line_key(line_id))])
        if hit is not None:
            yield _evidence(hit, line_id, facts)
    for number in (*message.phones, message.sender.digits):
        hit = facts.hit([("phone", number.partition("#")[0])])
        if hit is not None:
            yield _evidence(hit, mask_number(number), facts)
    for account in message.accounts:
        hit = facts.hit([("account", account)])
        if hit is not None:
            yield _evidence(hit, mask_account(account), facts)


def not_listed(message: Message, facts: Facts) -> Iterator[Evidence]:
    """Nothing of it is listed: said with the lists' date, because most new scams are not listed yet."""
    shown = [defang(link.shown()) for link in message.links if link.is_foreign or link.shared]
    shown += list(message.line_ids)
    if facts.hits:
        return
    if not message.links and not message.line_ids and not message.phones and not message.accounts:
        if message.sender.kind == "none":
            yield Evidence("nothing_to_look_up", Severity.NOTE)
        return
    if not facts.lists:
        yield Evidence("no_lists", Severity.NOTE)
    elif shown:
        day = facts.newest_list()
        params = {"what": shown[0], "until": facts.shown_day(day)}
        yield Evidence("not_listed", Severity.NOTE, params, source="lists", as_of=day)


def mask_account(account: str) -> str:
    """First three and last four digits."""
    return account if len(account) <= 8 else f"{account[:3]}***{account[-4:]}"


def _links(message: Message) -> tuple[Link, ...]:
    return (*message.links, message.mailbox) if message.mailbox else message.links


def _evidence(hit: Hit, what: str, facts: Facts) -> Evidence:
    code = "listed_" + hit.source.replace("-", "_")
    params = {"what": what, "until": facts.shown_day(hit.as_of)}
    return Evidence(code, Severity.PROOF, params, source=hit.source, as_of=hit.as_of)
