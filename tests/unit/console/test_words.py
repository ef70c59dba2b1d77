"""The console says everything in every language, and nothing that it may not say."""

import re
import string
from pathlib import Path

import pytest

from lianfang.words import LANGUAGES
from services.console.accounts import ROLES
from services.console.campaigns import REASONS, VERDICTS
from services.console.desks import DESKS
from services.console.drawing import NAVIGATION, templates
from services.console.refused import STATUSES
from services.console.words import language_for, read_words
from services.partners.joining import KINDS
from services.partners.joining import STATUSES as PARTNER_STATUSES
from services.people.accounts.caring import STATES
from services.registry.campaigns.api import REFUSALS

WORDS = {language: read_words(language) for language in LANGUAGES}
FOLDER = Path(__file__).parents[3] / "services" / "console"
NEVER = re.compile(r"安全|放心|\bsafe\b|\bsafely\b", re.IGNORECASE)
_SAID = re.compile(r"""(?<![\w.])t\("([a-z0-9_.]+)"[,)]""")
_DONE = re.compile(r"done in \(([^)]+)\)")


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def needed() -> set[str]:
    """Every key that code and templates put together."""
    keys = {f"menu.{operation}" for operation in NAVIGATION}
    keys |= {f"refused.{code}.{part}" for code in STATUSES for part in ("title", "text")}
    keys |= {f"role.{role}" for role in ROLES} | {f"language.{language}" for language in LANGUAGES}
    keys |= {f"verdict.{verdict}" for verdict in (*VERDICTS, "unknown")}
    keys |= {f"campaign_reason.{reason}" for reason in REASONS}
    keys |= {f"fault.{code}" for code in REFUSALS if code != "second_person_required"}
    keys |= {f"partner_kind.{kind}" for kind in KINDS} | {f"partner_status.{one}" for one in PARTNER_STATUSES}
    keys |= {f"account_state.{state}" for state in STATES.values()}
    keys |= {f"decision_state.{state}" for state in ("proposed", "confirmed", "undone")}
    keys |= {f"invitation_state.{state}" for state in ("open", "used", "withdrawn", "expired")}
    keys |= {f"actor.{kind}" for kind in ("person", "officer", "partner", "job", "system")}
    for lane, desk in DESKS.items():
        keys |= {f"lane.{lane}"} | {f"state.{lane}.{state}" for state, _ in desk.steps}
        keys |= {f"state.{lane}.{step.to}" for step in desk.steps.values()}
        keys |= {f"step.{event}" for _, event in desk.steps}
        keys |= {f"need.{need}" for step in desk.steps.values() for need in (*step.needs, *step.may)}
        keys |= {f"fault.{need}_needed" for step in desk.steps.values() for need in step.needs}
        keys |= {f"{need}.{code}" for need, codes in desk.choices.items() for code in codes}
    return keys


def said_in_templates() -> set[str]:
    return {
        key
        for file in (FOLDER / "templates").rglob("*.html")
        for key in _SAID.findall(file.read_text("utf-8"))
    }


def test_the_languages_say_the_same_things() -> None:
    zh, en = (WORDS[language] for language in LANGUAGES)
    assert zh.keys() == en.keys()
    for key, sentence in zh.items():
        assert placeholders(sentence) == placeholders(en[key]), key
        assert sentence.strip(), key
        assert en[key].strip(), key


def test_nothing_that_is_said_is_missing() -> None:
    assert not (needed() | said_in_templates()) - WORDS["en"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_called_safe(language: str) -> None:
    assert not [key for key, sentence in WORDS[language].items() if NEVER.search(sentence)]


def test_every_template_can_be_read() -> None:
    for file in (FOLDER / "templates").rglob("*.html"):
        templates().get_template(str(file.relative_to(FOLDER / "templates")))


def test_no_template_holds_words_scripts_or_styles_of_its_own() -> None:
    for file in (FOLDER / "templates").rglob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search("[\u3400-\u9fff]", text.replace("聯防", "")), file.name
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://", text.replace('"https://"', "")), (
            file.name
        )


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        (None, "", "zh-TW"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "fr, en;q=0.5", "en"),
        (None, "zh-Hant-TW,en", "zh-TW"),
        (None, "de", "zh-TW"),
        ("en", "zh-TW", "en"),
        ("xx", "en", "en"),
    ],
)
def test_language(chosen: str | None, accepted: str, language: str) -> None:
    assert language_for(chosen, accepted) == language
