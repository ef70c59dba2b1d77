"""The console's words for officers, complete in every language (a test compares the files)."""

from functools import cache
from pathlib import Path

import yaml

from lianfang.words import DEFAULT_LANGUAGE, LANGUAGES, Words

FOLDER = Path(__file__).parent / "words"


@cache
def console_words() -> Words:
    """Every sentence of `words/<language>.yml`."""
    return Words(
        {(key, language): text for language in LANGUAGES for key, text in read_words(language).items()}
    )


def read_words(language: str) -> dict[str, str]:
    """Key -> sentence; groups are written as nested maps and joined by dots."""
    text = (FOLDER / f"{language}.yml").read_text(encoding="utf-8")
    return dict(_flat("", yaml.safe_load(text)))


def language_for(chosen: str | None, accepted: str) -> str:
    """The language somebody chose, else the first of `Accept-Language` that there is, else zh-TW."""
    if chosen in LANGUAGES:
        return chosen
    for part in accepted.split(","):
        wanted = part.partition(";")[0].strip().lower()
        for language in LANGUAGES:
            if wanted and wanted.split("-")[0] == language.split("-")[0].lower():
                return language
    return DEFAULT_LANGUAGE


def _flat(above: str, group: dict[str, object]) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for name, value in group.items():
        key = f"{above}.{name}" if above else str(name)
        flat += _flat(key, value) if isinstance(value, dict) else [(key, str(value).rstrip("\n"))]
    return flat
