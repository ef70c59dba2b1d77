"""The console says everything in every language, and nothing that it may not say."""

import re
import string
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from lianfang.words import LANGUAGES
from services.app import LANES
from services.console.accounts import ROLES
from services.console.campaigns import REASONS, VERDICTS
from services.console.desks import DESKS
from services.console.drawing import NAVIGATION, templates
from services.console.refused import STATUSES
from services.console.words import language_for, read_words
from services.locks import answers
from services.locks.card_states import STATES as CARD_STATES
from services.locks.chains import chains
from services.locks.issuers import shipped_issuers
from services.locks.rules import COURSES, Compared, Told
from services.partners.joining import KINDS
from services.partners.joining import STATUSES as PARTNER_STATUSES
from services.people.accounts.caring import STATES
from services.registry.campaigns.api import REFUSALS
from services.reports.steps import LEGAL_BASES
from services.reports.steps import REASONS as REPORT_REASONS

WORDS = {language: read_words(language) for language in LANGUAGES}
SERVICES = Path(__file__).parents[3] / "services"
FOLDER = SERVICES / "console"
NEVER = re.compile(r"安全|放心|\bsafe\b|\bsafely\b", re.IGNORECASE)
_SAID = re.compile(r"""(?<![\w.])t\("([a-z0-9_.]+)"[,)]""")
_WHY = re.compile(r'\breason="([a-z_]+)"')
# Reasons of what has no page of its own in the console: an issuer's facts, an answer to an issuer.
_OF_NO_CASE = {"decided", "imported", "unknown_card"}


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
        keys |= {f"case.{step.closed}" for step in desk.steps.values()}
        keys |= {f"need.{need}" for step in desk.steps.values() for need in (*step.needs, *step.may)}
        keys |= {f"fault.{need}_needed" for step in desk.steps.values() for need in step.needs}
        keys |= {f"{need}.{code}" for need, codes in desk.choices.items() for code in codes}
        keys |= {f"told.{lane}", f"party.{lane}.owner", f"party.{lane}.other"}
    return keys | of_histories() | of_locks_and_decisions()


def of_histories() -> set[str]:
    """What the history of any case may hold."""
    keys = {f"state.{lane.name}.{state}" for lane in LANES.values() for state in lane.states}
    keys |= {f"step.{event}" for lane in LANES.values() for event in (*lane.events, "open")}
    noted = {f"card_{state}" for state, course in COURSES.items() if course in ("wait", "queue")}
    noted |= {answer for answer in answers.ANSWERS if answer not in answers.EVENTS} | {answers.UNANSWERED}
    keys |= {f"step.{reason}" for reason in (*noted, "evidence_added", "joined", "contact_given")}
    files = (file for name in ("cases", "locks", "reports") for file in (SERVICES / name).glob("*.py"))
    said = {reason for file in files for reason in _WHY.findall(file.read_text("utf-8"))}
    owners = {act for lane in LANES.values() for act in lane.owner_events}
    ends = {"uphold", "deny"}  # of an appeal, for the case it was against
    said |= REPORT_REASONS | owners | ends | {"listing", "block", "verdict"}
    return keys | {f"reason.{reason}" for reason in said - _OF_NO_CASE - {"contact_given"}}


def of_locks_and_decisions() -> set[str]:
    keys = {f"code.{one.id}" for one in shipped_issuers()} | {f"code.{chain}" for chain in chains()}
    keys |= {f"part.{name}" for name in ("decision", "lock", "sale", "owner", "holder")}
    keys |= {f"card_state.{state}" for state in CARD_STATES} | {
        f"receipt.{one}" for one in get_args(Compared)
    }
    keys |= {f"confirmed_by.{one}" for one in ("receipt", "report_165_told", "officer")}
    keys |= {f"field.{one.name}" for one in fields(Told)} | {"mark.none", "mark.sandbox"}
    keys |= {f"field.{name}" for name in ("decided_on", "blocked", "listed", "ended", "ended_at", "until")}
    keys |= {
        f"field.{name}" for name in ("legal_basis", "unit", "partner_status", "locked_at", "confirmed_by")
    }
    keys |= {f"field.{name}" for name in ("sold_at", "card_state", "asked_at", "objected_at", "own_request")}
    keys |= {f"field.{name}" for name in ("told", "receipt")}
    keys |= {f"scope.{scope}" for scope in ("host", "domain", "page", "exact")}
    keys |= {f"legal_basis.{basis}" for basis in LEGAL_BASES}
    return keys | {f"can.{operation}" for operation in NAVIGATION if operation != "home"}


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
