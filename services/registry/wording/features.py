"""What the text model sees of a message: character n-grams of the text, its cues, and its build."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import add

from services.registry.evidence import Evidence
from services.registry.reading import Message

LONGEST_READ = 5000
# A parcel or invoice number says nothing by its letters.
_NUMBERED = re.compile(r"(?<![a-z0-9.\-/@])(?=[a-z]*\d)[a-z0-9]{8,}(?![a-z0-9.\-/@])")
_DIGIT = re.compile(r"\d")
_BLANKS = re.compile(r"\s+")
_LENGTHS = (15, 30, 60, 120, 250)
# Signs of other lists and dates say nothing about the wording.
_NOT_OF_THE_TEXT = ("listed_", "not_listed", "no_list", "officer_", "campaign")


def masked(message: Message) -> str:
    """The text as n-grams are taken from it: digits masked; addresses stay."""
    text = _NUMBERED.sub("0", message.plain if message.message == message.bare else message.message)
    return f"^{_BLANKS.sub(' ', _DIGIT.sub('0', text[:LONGEST_READ])).strip()}$"


def grams(text: str) -> Iterator[str]:
    """Every run of one to three characters."""
    pairs = list(map(add, text, text[1:]))
    return chain(text, pairs, map(add, pairs, text[2:]))


def build(message: Message, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Names of what else is true of the message; a name is either there or not."""
    yield f"sender:{message.sender.kind}"
    if message.sender.plus:
        yield "sender:plus"
    if message.mailbox is not None:
        yield "mailbox:own" if message.mailbox.owners else "mailbox:other"
    size = len(message.plain)
    yield from (f"shorter:{length}" for length in _LENGTHS if size < length)
    yield from _links(message)
    yield from (f"has:{name}" for name in _handles(message))
    yield from (f"speaks:{category}" for category in message.categories)
    yield from ("speaks",) if message.speakers else ()
    yield from (f"cue:{cue}" for cue in message.cues)
    yield from (f"sign:{sign.code}" for sign in evidence if not sign.code.startswith(_NOT_OF_THE_TEXT))


def _links(message: Message) -> Iterator[str]:
    if not message.links:
        yield "link:none"
    for link in message.links:
        if link.shared is not None:
            yield f"link:{link.shared}"
        elif link.owners:
            yield "link:own"
        else:
            yield "link:known" if link.known else "link:foreign"
        if link.is_foreign:
            yield f"ending:{link.address.suffix}"


def _handles(message: Message) -> Iterator[str]:
    yield from ("line_id",) if message.line_ids else ()
    yield from ("telegram",) if message.telegrams else ()
    yield from ("account",) if message.accounts else ()
    yield from ("phone",) if message.phones else ()
