"""Hosts that imitate an official one: its name in front, with another ending, glued, misspelt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from services.registry.evidence import Severity
from services.registry.hosts import Address, read_address, to_unicode
from services.registry.wordlists import words

# Ordinary words that are also somebody's domain: alone they imitate nobody.
_ORDINARY = words("ordinary_names")
# Words that go with a famous name when somebody pretends to be it.
_RISKY = words("risky_words")
_CHEAP = words("cheap_endings")
_CONFUSABLE = str.maketrans(
    "авсԁеһіјкӏмոорԛгѕтυսѵԝхуɑɡɩοѡßδéèêëáàâäãåíìîïóòôöõúùûüçñłøđοαεικνρτχ",
    "abcdehijklmnopqrstuuvwxyagiowbdeeeeaaaaaaiiiiooooouuuucnlodoaeikvptx",
)
_DIGITS = str.maketrans("01358", "olesb")
SHORTEST_NAME = 4
SHORTEST_MISSPELT = 6


@dataclass(frozen=True)
class Imitation:
    """How a host imitates `official` ("" for government addresses as such)."""

    code: str
    official: str
    severity: Severity


def skeleton(name: str) -> str:
    """What a name looks like at a glance: rn is m, vv is w, 0 is o, 1 and l are i."""
    plain = to_unicode(name).casefold().translate(_CONFUSABLE).translate(_DIGITS)
    return plain.replace("rn", "m").replace("vv", "w").replace("cl", "d").replace("l", "i")


class Lookalikes:
    """Finds which official domain a foreign host imitates; `domains` are (name, role, confirmed)."""

    def __init__(self, domains: Iterable[tuple[str, str, bool]]) -> None:
        self._names: set[str] = set()
        self._labels: dict[str, str] = {}
        self._skeletons: dict[str, str] = {}
        self._glued: dict[str, str] = {}
        self._near: dict[str, str] = {}
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for name, role, _confirmed in sorted(domains, key=lambda domain: (not domain[2], domain[0])):
            address = read_address(name)
            if address is None or address.registrable is None:
                continue
            self._names.add(name)
            if name == address.registrable:
                self._add(name, address.label)
            if role == "short_link" and len(name) > SHORTEST_MISSPELT:
                for near in (name, *_deletions(name)):
                    self._near.setdefault(near, name)

    def _add(self, name: str, label: str) -> None:
        self._glued.setdefault(re.sub(r"[.-]", "", name), name)
        if len(label) < SHORTEST_NAME:
            return
        self._labels.setdefault(label, name)
        self._skeletons.setdefault(skeleton(label), name)
        if label not in _ORDINARY and len(label) >= SHORTEST_MISSPELT:
            for near in (label, *_deletions(label)):
                self._near.setdefault(near, name)
        if label not in _ORDINARY and (len(label) >= 5 or "-" in label):
            self._by_start.setdefault(label[:3], []).append((label, name))

    def is_famous(self, name: str) -> bool:
        """Whether `name` is the name of an official domain or its beginning, and no ordinary word."""
        if name in _ORDINARY or len(name) < SHORTEST_NAME:
            return False
        begun = self._by_start.get(name[:3], ()) if len(name) > SHORTEST_NAME else ()
        return name in self._labels or any(label.startswith(name) for label, _ in begun)

    def imitated(self, address: Address) -> Imitation | None:
        """The clearest imitation, or None. The caller has ruled out that the address is anybody's own."""
        if address.registrable is None:
            return None
        return (
            self._as_foreign_letters(address)
            or self._as_prefix(address)
            or _as_government(address)
            or self._as_glued(address)
            or self._as_odd_letters(address)
            or self._as_other_ending(address)
            or self._as_part(address)
            or self._as_misspelt(address)
        )

    def _as_foreign_letters(self, address: Address) -> Imitation | None:
        """`wаter.gov.tw` with a Cyrillic а: read with Latin letters it is an official address."""
        if not address.has_odd_letters:
            return None
        plain = to_unicode(address.host).casefold().translate(_CONFUSABLE)
        read = read_address(plain)
        if read is None:
            return None
        for name in read.parents():
            if name in self._names:
                return Imitation("lookalike_name", name, Severity.STRONG)
        if f".{read.host}".endswith(".gov.tw"):
            return Imitation("lookalike_name", read.host, Severity.STRONG)
        return None

    def _as_prefix(self, address: Address) -> Imitation | None:
        """`www.t-cat.com.tw.re-send.cc`, `booking.com-guest.desk.com`: the real owner comes last."""
        body = address.host.removesuffix(address.suffix).rstrip(".")
        for form in (body, body.replace("-", ".")):
            labels = form.split(".")[:16]
            for start in range(len(labels)):
                for end in range(start + 2, min(len(labels), start + 4) + 1):
                    name = ".".join(labels[start:end])
                    if name == "gov.tw" or name.endswith(".gov.tw"):
                        return Imitation("lookalike_gov", name, Severity.STRONG)
                    if name in self._names and len(name) >= SHORTEST_MISSPELT:
                        return Imitation("lookalike_prefix", name, Severity.STRONG)
        return None

    def _as_glued(self, address: Address) -> Imitation | None:
        """`momodm.cc` for momo.dm, `tsbk-tw.cc` for tsbk.tw."""
        glued = address.label.replace("-", "")
        name = self._glued.get(glued) if len(glued) > SHORTEST_NAME else None
        if name is None and glued != address.label and glued not in _ORDINARY:
            name = self._labels.get(glued)
        if name is None:
            return None
        return Imitation("lookalike_name", name, Severity.STRONG)

    def _as_odd_letters(self, address: Address) -> Imitation | None:
        label = address.label
        form = skeleton(label)
        name = self._skeletons.get(form)
        if name is None or len(form) < SHORTEST_NAME or label in self._labels:
            return None
        return Imitation("lookalike_name", name, Severity.STRONG)

    def _as_other_ending(self, address: Address) -> Imitation | None:
        name = self._labels.get(address.label)
        if name is None:
            return None
        cheap = address.suffix in _CHEAP
        if address.label in _ORDINARY:
            return Imitation("lookalike_suffix", name, Severity.WEAK) if cheap else None
        return Imitation("lookalike_suffix", name, Severity.STRONG if cheap else Severity.WEAK)

    def _as_part(self, address: Address) -> Imitation | None:
        """A famous name with other words: `ctbc-safe.net`, `esunbankverify.top`, `shopee.kefu-tw.com`."""
        cheap = address.suffix in _CHEAP
        for label, famous in self._by_start.get(address.label[:3], ()):
            if "-" in label and address.label.startswith(label) and cheap:
                return Imitation("lookalike_name", famous, Severity.STRONG)
        parts = [part for part in re.split(r"[.-]", address.host.removesuffix(address.suffix)) if part]
        for part in parts:
            name = self._labels.get(part) or self._labels.get(part.rstrip("0123456789"))
            risky = any(other in _RISKY for other in parts if other != part)
            if name is not None and len(parts) > 1 and (part not in _ORDINARY or risky):
                strong = risky or (cheap and part not in _ORDINARY)
                return Imitation("lookalike_name", name, Severity.STRONG if strong else Severity.WEAK)
            for label, other in self._by_start.get(part[:3], ()):
                if part.startswith(label) and part[len(label) :].rstrip("0123456789") in _RISKY:
                    return Imitation("lookalike_name", other, Severity.STRONG)
        return None

    def _as_misspelt(self, address: Address) -> Imitation | None:
        """One letter more, less, changed or swapped."""
        for form in (address.label.replace("-", ""), address.registrable or ""):
            if len(form) < SHORTEST_MISSPELT:
                continue
            for near in (form, *_deletions(form)):
                name = self._near.get(near)
                if name is None or name[0] != form[0]:
                    continue
                official = name if "." in form else (read_address(name) or address).label
                if official not in (address.label, address.registrable) and _one_step(form, official):
                    return Imitation("lookalike_name", name, Severity.STRONG)
        return None


def _as_government(address: Address) -> Imitation | None:
    """`mofy-gov.net`, `abcgov.tw`: gov.tw counts only at the very end, after a dot."""
    label = address.label
    if label == "gov" or address.suffix.startswith("gov."):
        return None  # another country's government
    parts = re.split(r"[.-]", address.host.removesuffix(address.suffix))
    taiwanese = "tw" in parts or address.suffix.endswith("tw") or label.startswith("tw")
    if "gov" in parts or (taiwanese and (label.endswith("gov") or label.startswith("gov"))):
        return Imitation("lookalike_gov", "gov.tw", Severity.STRONG)
    return None


def _deletions(label: str) -> set[str]:
    return {label[:place] + label[place + 1 :] for place in range(len(label))}


def _one_step(one: str, other: str) -> bool:
    """Whether one insertion, deletion, change or swap of neighbours makes one name the other."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    if len(one) < len(other):
        return one in _deletions(other)
    different = [place for place in range(len(one)) if one[place] != other[place]]
    if len(different) == 1:
        return True
    return (
        len(different) == 2
        and different[1] == different[0] + 1
        and one[different[0]] == other[different[1]]
        and one[different[1]] == other[different[0]]
    )
