"""The evidence set as a text to paste at 165: lines in Chinese, those of missing facts left out."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lianfang.words import DEFAULT_LANGUAGE, Words

DOMAIN = Path(__file__).resolve().parents[2] / "domain.yml"
_LINES = (
    ("evidence.kind", "kind"),
    ("evidence.url", "url"),
    ("evidence.fqdn", "fqdn"),
    ("evidence.what", "what"),
    ("evidence.imitates", "imitates"),
    ("evidence.genuine_site", "genuine_site"),
    ("evidence.found", "found"),
    ("evidence.seen_at", "seen_at"),
    ("evidence.sender", "sender"),
    ("evidence.text", "text"),
    ("evidence.money_lost", "money_lost"),
    ("evidence.added", "added"),
    ("evidence.hotline_number", "hotline_number"),
    ("evidence.case_number", "case_number"),
)


@cache
def our_words() -> Words:
    """Every sentence of domain.yml, read once."""
    return Words.load(DOMAIN)


def evidence_text(evidence: Mapping[str, Any], words: Words) -> str:
    """What 165's form asks for, one fact a line; nothing about the reporter, who fills that in there."""
    facts = {
        **evidence,
        "kind": words.say(f"evidence.kind_{evidence['kind']}", DEFAULT_LANGUAGE),
        "imitates": evidence["imitates"]["name"],
        "genuine_site": evidence["imitates"]["genuine_site"],
        "found": _found(evidence["found"], words),
        "sender": evidence["message"]["sender"],
        "text": evidence["message"]["text"],
        "seen_at": str(evidence["seen_at"])[:16].replace("T", " "),
        "money_lost": f"{evidence['money_lost']:,}" if evidence["money_lost"] else None,
        "added": "\n".join(evidence["added"]),
    }
    return "\n".join(
        words.say(key, DEFAULT_LANGUAGE, {"value": facts[name]}) for key, name in _LINES if facts[name]
    )


def _found(found: str | None, words: Words) -> str | None:
    key = f"btn.found_{found}"
    return words.say(key, DEFAULT_LANGUAGE) if found and words.knows(key) else found
