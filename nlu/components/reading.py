"""Finds what a message names: patterns of lianfang.text; issuers, stores, agencies, brands by look-up."""

from collections.abc import Iterable, Iterator

from lianfang.text.find import find_all
from nlu.components.naming import find_names, find_other_names
from nlu.components.scene import Scene, Span

# Which kinds of lianfang.text.find are entities of the domain.
KINDS = frozenset(
    {"url", "phone", "line_id", "account", "bank", "amount", "serial", "case_id", "order_id", "code"}
)


def find_patterns(scene: Scene) -> Iterator[Span]:
    """What lianfang.text finds; a bank without an account, in somebody else's message or imitated, is a borrowed name."""
    found = [entry for entry in find_all(scene.original) if entry.kind in KINDS]
    accounts = any(entry.kind == "account" for entry in found)
    for entry in sorted(found, key=lambda entry: entry.kind != "url"):
        borrowed = entry.kind == "bank" and scene.forwarded and not accounts and not entry.text.isdigit()
        yield Span("brand" if borrowed else entry.kind, entry.text, entry.value, entry.start, entry.end)


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The longest wins, then the one given first; sorted by place."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):
        if all(other.end <= span.start or span.end <= other.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def read_entities(text: str) -> list[Span]:
    """All entities of one message."""
    scene = Scene.of(text)
    return without_overlaps([*find_patterns(scene), *find_names(scene), *find_other_names(scene)])
