"""Which case a message is: what it leads to and who shows as its sender. A verdict passes within one case only."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from services.registry.facts import line_key
from services.registry.names import compact
from services.registry.reading import MOST_HANDLES, MOST_LINKS, Link, Message
from services.registry.senders import Sender


@dataclass(frozen=True)
class Fingerprint:
    """`sender`: the class of what the phone showed; `speakers`: whom it says it is from; `words` as masked."""

    indicators: frozenset[tuple[str, str]]
    sender: str
    speakers: frozenset[str]
    words: tuple[str, ...]
    is_whole: bool = True  # nothing was left out for being too much

    @property
    def can_be_judged(self) -> bool:
        """Whether there is anything by which a copy is known for the same."""
        return self.is_whole and bool(self.indicators or self.speakers)

    def case(self) -> str | None:
        """One string for each case; None when there is nothing to hold on to.

        Without an indicator a genuine message and its imitation can differ in their words only, so these count.
        """
        if not self.can_be_judged:
            return None
        if self.indicators:
            return json.dumps([self.sender, sorted(self.indicators)])
        return json.dumps([self.sender, sorted(self.speakers), self.words])

    def wording(self) -> str:
        """The words with their figures masked: the same for every copy of one template."""
        return json.dumps(self.words)


def same_case(judged: Fingerprint, copy: Fingerprint) -> bool:
    """Whether what an officer said of `judged` holds for `copy`."""
    return judged.case() is not None and judged.case() == copy.case()


def fingerprint_of(message: Message, words: list[str]) -> Fingerprint:
    """Read from a message; `words` as `likeness.words_of` gives them."""
    handles = (message.line_ids, message.telegrams, message.phones, message.accounts)
    return Fingerprint(
        indicators=frozenset(_indicators(message)),
        sender=sender_class(message.sender),
        speakers=frozenset(speaker.id for speaker in message.speakers),
        words=(*words, *sorted(message.short_codes)),
        is_whole=len(message.links) < MOST_LINKS and all(len(found) < MOST_HANDLES for found in handles),
    )


def sender_class(sender: Sender) -> str:
    """The kind of sender; with the code, name or mailbox host itself where that is what copies share."""
    if sender.kind == "short_code":
        return f"short_code {sender.digits}"
    if sender.kind == "mailbox" and sender.mailbox is not None:
        return f"mailbox {sender.mailbox.site}"
    if sender.kind in ("latin", "name"):
        return f"{sender.kind} {compact(sender.text)}"
    return sender.kind


def _indicators(message: Message) -> Iterator[tuple[str, str]]:
    for link in message.links:
        yield _address(link)
    for line_id in message.line_ids:
        yield "line_id", line_key(line_id)
    for telegram in message.telegrams:
        yield "telegram", line_key(telegram)
    for phone in message.phones:
        yield "phone", phone.partition("#")[0]
    for account in message.accounts:
        yield "account", account


def _address(link: Link) -> tuple[str, str]:
    """The domain somebody registered; where many share one, the page."""
    return ("domain", link.address.site) if link.shared is None else ("page", link.address.page())
