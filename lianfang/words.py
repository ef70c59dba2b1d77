"""The one renderer of words: reads `responses:` of domain.yml, exactly one variation for each key and language."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

DEFAULT_LANGUAGE = "zh-TW"
LANGUAGES = (DEFAULT_LANGUAGE, "en")

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class BadWords(Exception):
    """domain.yml says something twice, not at all, or in an unknown language; the message names each key."""


class Words:
    """Every sentence by key and language; a language that lacks a key falls back to zh-TW."""

    def __init__(self, sentences: Mapping[tuple[str, str], str]) -> None:
        self._sentences = dict(sentences)

    @classmethod
    def load(cls, path: Path) -> "Words":
        """Read a domain.yml. Raises BadWords."""
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        responses = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)["responses"]  # noqa: S506 -- a safe loader
        sentences: dict[tuple[str, str], str] = {}
        faults: list[str] = []
        for key, variations in responses.items():
            for variation in variations:
                place = (key, _language_of(variation))
                if place in sentences:
                    faults.append(f"{key}: two variations for {place[1]}")
                sentences[place] = variation["text"].rstrip("\n")
            if (key, DEFAULT_LANGUAGE) not in sentences:
                faults.append(f"{key}: no {DEFAULT_LANGUAGE} variation")
        if faults:
            raise BadWords("; ".join(faults))
        return cls(sentences)

    def say(self, key: str, language: str, params: Mapping[str, Any] | None = None) -> str:
        """The sentence with `{name}` replaced from `params`. Raises KeyError for a key nobody wrote."""
        sentence = self._sentences.get((key, language)) or self._sentences[key, DEFAULT_LANGUAGE]
        values = params or {}
        return _PLACEHOLDER.sub(lambda match: str(values.get(match[1], match[0])), sentence)

    def knows(self, key: str) -> bool:
        return (key, DEFAULT_LANGUAGE) in self._sentences

    def missing(self) -> list[tuple[str, str]]:
        """Every (key, language) that has no sentence of its own."""
        keys = {key for key, _ in self._sentences}
        return sorted(
            (key, language)
            for key in keys
            for language in LANGUAGES
            if (key, language) not in self._sentences
        )


def _language_of(variation: Mapping[str, Any]) -> str:
    conditions = variation.get("condition", [])
    values = [part["value"] for part in conditions if part.get("name") == "lang"]
    return str(values[0]) if values else DEFAULT_LANGUAGE
