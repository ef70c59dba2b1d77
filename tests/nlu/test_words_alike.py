"""Rasa's own words and our renderer's are the same string, for every plain sentence and language."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from lianfang.words import LANGUAGES, Words

ROOT = Path(__file__).resolve().parents[2]
WORDS = Words.load(ROOT / "domain.yml")

# Rasa warns at every domain whose slots are filled by actions.
pytestmark = pytest.mark.filterwarnings("ignore:Slot auto-fill has been removed")


def rasa_says(domain: Domain, key: str, language: str, params: dict[str, Any]) -> str:
    tracker = DialogueStateTracker.from_events("anyone", [SlotSet("lang", language)], domain.slots)
    generator = TemplatedNaturalLanguageGenerator(domain.responses)
    response = asyncio.run(generator.generate(key, tracker, "lianfang", **params))
    assert response is not None
    return str(response["text"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_say_the_same(language: str) -> None:
    domain = Domain.load(str(ROOT / "domain.yml"))
    plain = sorted(key for key in domain.responses if key.startswith("utter_"))
    assert len(plain) > 50
    for key in plain:
        template = WORDS.say(key, language)
        params = {name: f"＜{name}＞" for name in re.findall(r"\{(\w+)\}", template)}
        assert rasa_says(domain, key, language, params) == WORDS.say(key, language, params), key
