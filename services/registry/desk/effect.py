"""What a change would do to verdicts: over every address the registry knows and the genuine examples it concerns; pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from services.registry.directory import Directory, OrganisationFacts
from services.registry.evaluate import evaluate
from services.registry.facts import Facts
from services.registry.hosts import read_address
from services.registry.names import compact
from services.registry.reading import read_message
from services.registry.wording.examples import Example, read_examples

MOST_EXAMPLES = 200
MOST_SHOWN = 50
NOBODY = "nobody"


@dataclass(frozen=True)
class Effect:
    """`addresses`: (address, whose it is or whom it imitates before, after), the first 50 of `addresses_changed`.

    `verdicts`: (verdict before, after) -> of how many genuine examples, of the `examples` that were judged.
    """

    addresses_known: int
    addresses_changed: int
    addresses: tuple[tuple[str, str, str], ...]
    examples: int
    verdicts: dict[tuple[str, str], int]


def effect_of(before: Directory, after: Directory, organisation: str, today: date) -> Effect:
    """Compare the registry without and with a change of one organisation; up to half a second of work."""
    known = _addresses(before) | _addresses(after)
    compared = ((name, _class(name, before), _class(name, after)) for name in sorted(known))
    changed = [one for one in compared if one[1] != one[2]]
    examples = _concerned(before.organisations.get(organisation), after.organisations.get(organisation))
    verdicts = Counter((_verdict(one, before, today), _verdict(one, after, today)) for one in examples)
    return Effect(
        addresses_known=len(known),
        addresses_changed=len(changed),
        addresses=tuple(changed[:MOST_SHOWN]),
        examples=len(examples),
        verdicts={pair: number for pair, number in verdicts.items() if pair[0] != pair[1]},
    )


def _addresses(directory: Directory) -> frozenset[str]:
    own = (one.domain for facts in directory.organisations.values() for one in facts.domains)
    return directory.well_known | frozenset(own)


def _class(name: str, directory: Directory) -> str:
    address = read_address(name)
    if address is None:
        return NOBODY
    owners = sorted(
        {f"{one.organisation}{'' if one.confirmed else '?'}" for one in directory.owners(address)}
    )
    if owners:
        return ", ".join(owners)
    imitated = None if address.registrable in directory.well_known else directory.lookalikes.imitated(address)
    return NOBODY if imitated is None else f"{imitated.code} {imitated.official}"


def _concerned(*facts: OrganisationFacts | None) -> list[Example]:
    """Genuine messages that name the organisation or hold one of its addresses."""
    marks = {mark for one in facts if one is not None for mark in _marks(one)}
    found = (example for example, text in _genuine() if any(mark in text for mark in marks))
    return list(found)[:MOST_EXAMPLES]


def _marks(one: OrganisationFacts) -> Iterable[str]:
    yield from (compact(name.text) for name in one.written)
    yield from (domain.domain for domain in one.domains)


@cache
def _genuine() -> tuple[tuple[Example, str], ...]:
    return tuple((one, compact(one.text)) for one in read_examples() if not one.fraud)


def _verdict(example: Example, directory: Directory, today: date) -> str:
    message = read_message(
        example.text, sender=example.sender, last3=example.last3, app=example.app, directory=directory
    )
    return evaluate(message, Facts(directory, today)).decision.verdict
