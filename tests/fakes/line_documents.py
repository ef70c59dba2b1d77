"""Limits that LINE's documents state and its specification does not, wherever they stand in a request."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

Node = dict[str, Any]

FLEX_BUTTON_LABEL = 40
LABEL = 20


def document_faults(body: Node) -> Iterator[str]:
    for parent, node in _typed_nodes(body, ""):
        for applies, holds, words in CHECKS:
            if node["type"] in applies and not holds(node, parent):
                yield f"{node['type']}: {words}"
    if body.get("loadingSeconds", 5) % 5:
        yield "loadingSeconds: a multiple of 5"


def units(text: str) -> int:
    """UTF-16 code units, from the encoding itself."""
    return len(text.encode("utf-16-le")) // 2


def graphemes(text: str) -> int:
    """Visible characters, roughly: marks and joined characters belong to the one before."""
    joined = sum(
        unicodedata.category(character).startswith("M") or character == "\u200d" or before == "\u200d"
        for before, character in pairwise(text)
    )
    return len(text) - joined


def _label_holds(node: Node, parent: str) -> bool:
    return 1 <= graphemes(node["label"]) <= (FLEX_BUTTON_LABEL if parent == "button" else LABEL)


CHECKS: tuple[tuple[set[str], Callable[[Node, str], bool], str], ...] = (
    ({"text"}, lambda node, _: bool(node["text"].strip()) and units(node["text"]) <= 5000, "1 to 5000 units"),
    (
        {"flex"},
        lambda node, _: bool(node["altText"].strip()) and units(node["altText"]) <= 400,
        "altText 1 to 400",
    ),
    ({"postback", "uri"}, _label_holds, "label of 1 to 20 graphemes, 40 on a flex button"),
    ({"postback"}, lambda node, _: units(node.get("displayText", "")) <= 300, "displayText up to 300"),
    (
        {"uri"},
        lambda node, _: (
            len(node["uri"]) <= 1000 and re.match("https?:|tel:|line:|mailto:", node["uri"]) is not None
        ),
        "uri: known scheme, up to 1000",
    ),
)


def _typed_nodes(value: Any, parent: str) -> Iterator[tuple[str, Node]]:
    if isinstance(value, list):
        for item in value:
            yield from _typed_nodes(item, parent)
    elif isinstance(value, dict):
        if "type" in value:
            yield parent, value
        for inner in value.values():
            yield from _typed_nodes(inner, value.get("type", parent))
