"""By what a message is counted and recognised, under the vault's index keys: nothing of it can be read back."""

import hashlib
from dataclasses import dataclass

from lianfang.privacy import Vault
from lianfang.text.forwarded import forwarding_signs
from services.registry.campaigns.fingerprint import fingerprint_of
from services.registry.campaigns.likeness import Likeness, likeness_of, words_of
from services.registry.reading import Message

# Another version makes other signatures; those before are forgotten 30 days later.
SIGNED_BY = "rensa 0.5 RMinHash"
SHORT = 24  # words: what is no longer may be a question about a link rather than a message
THIRD_PARTY = 3  # as much speaks for somebody else's words as `looks_forwarded` asks for
_OWN_WORDS = frozenset({"asks", "question", "asks or reports to us", "tells of himself"})


@dataclass(frozen=True)
class Traits:
    """Each with one value for every index key, newest first; all empty for what has no campaign."""

    likenesses: tuple[Likeness, ...] = ()
    cases: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    has_indicators: bool = False
    sender_kind: str = "none"


def traits_of(message: Message, vault: Vault) -> Traits:
    """A bare link or number, and a person's own short question about one, has none."""
    kind = message.sender.kind
    words = words_of(message.rest)
    likenesses = tuple(likeness_of(words, key) for key in _keys(vault))
    found = tuple(one for one in likenesses if one is not None)
    fingerprint = fingerprint_of(message, words)
    if not found or (fingerprint.indicators and len(words) <= SHORT and _asks_about_it(message.rest)):
        return Traits(sender_kind=kind)
    case = fingerprint.case()
    return Traits(
        likenesses=found,
        cases=() if case is None else tuple(vault.indexes("campaign case", case)),
        wordings=tuple(vault.indexes("campaign wording", fingerprint.wording())),
        has_indicators=bool(fingerprint.indicators),
        sender_kind=kind,
    )


def _asks_about_it(text: str) -> bool:
    signs = forwarding_signs(text)
    return bool(_OWN_WORDS & signs.keys()) and sum(signs.values()) < THIRD_PARTY


def _keys(vault: Vault) -> list[bytes]:
    return [hashlib.sha256(one.encode()).digest() for one in vault.indexes("campaign likeness", SIGNED_BY)]
