"""Why a check judged as it did, in the words people read (domain.yml)."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from lianfang.settings import ROOT
from lianfang.words import Words
from services.registry.desk.dry_run import Preview


async def sample_in_words(shown: Preview | None, language: str) -> list[dict[str, Any]]:
    """Why a copy of an announcement would be judged as the preview says; nothing for anything else."""
    sample = shown.sample if shown else None
    return await reasons_in_words(sample.reasons, language) if sample else []


async def reasons_in_words(reasons: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """Each reason with its `words`, which are its code where nobody wrote any."""
    words = await asyncio.to_thread(_words)  # the first time a large file is read
    return [{**reason, "words": _said(words, reason, language)} for reason in reasons]


def _said(words: Words, reason: Mapping[str, Any], language: str) -> str:
    key = f"reason.{reason['code']}"
    if not words.knows(key):
        return str(reason["code"])
    return words.say(key, language, reason["params"]).lstrip("・• ")


@cache
def _words() -> Words:
    return Words.load(ROOT / "domain.yml")
