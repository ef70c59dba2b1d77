"""Every key that code says exists in every language, promises nothing, and fits where it is shown."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from rasa_sdk import Action

from actions.appeal_block import ABOUTS
from actions.appealed import KINDS as NUMBER_KINDS
from actions.bind_merchant import ROLES
from actions.card_fields import CHAINS, ISSUERS
from actions.case_words import ACTS, LOCK_STATES
from actions.change_language import NAMES
from actions.emergency import LOSSES
from actions.goal import Goal, no_options
from actions.goals import GOALS as DECLARED
from actions.info import INFOS
from actions.not_connected import BUTTONS
from actions.report_words import APPEAL_STATES, BY_165, ENDS
from actions.report_words import STATES as REPORT_STATES
from actions.server import make_actions
from actions.services import Services
from actions.unsure import OFFERS
from bot.goals import GOALS
from lianfang.client import InternalClient
from lianfang.words import LANGUAGES, Words
from services.locks.client import Words as CaseWords
from services.locks.issuers import PAGES, REFUND_RULES
from services.partners.joining import STATUSES
from services.registry.rules.wording import LURES
from services.reports.client import Kind

ROOT = Path(__file__).resolve().parents[2]
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RULES: dict[str, Any] = yaml.safe_load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))
WORDS = Words.load(ROOT / "domain.yml")
KEYS = sorted(DOMAIN["responses"])
ACTIONS = [name for entry in DOMAIN["actions"] for name in ([entry] if isinstance(entry, str) else entry)]

LINE_LABEL = 20
NEVER = re.compile(r"安全|放心|\bsafe\b|\bsafely\b|don't worry|rest assured", re.IGNORECASE)
LITERAL_KEY = re.compile(r'"((?:utter_|btn\.|notice\.)[a-z0-9_]+)"')
EVIDENCE = re.compile(r'Evidence\(\s*"(\w+)"')
INDIRECT_EVIDENCE = re.compile(r'"((?:lookalike|listed)_[a-z0-9_]+)"')
ADVICE = re.compile(r"advice(?:\"\])?\.append\(([^)]*)\)")


def said_by(goal: Goal) -> set[str]:
    """Every key that the fields of a goal make somebody see."""
    choices = {key for one in goal.fields for _, key in one.choices}
    asks = {one.ask for one in goal.fields if one.ask}
    along = {key for one in goal.fields for _, key in one.along}
    if goal.interrupts:  # asked once, below buttons that answer it
        return asks | choices
    taps = choices or any(one.options is not no_options for one in goal.fields)
    closed = {f"btn.{goal.name}"} if taps and not goal.carries else set()
    return asks | {f"{ask}_again" for ask in asks} | choices | closed | along


# Keys put together at run time, with every value that can stand in them.
COMPOSED = {
    *(f"utter_verdict_{verdict}" for verdict in ("fraud", "suspicious", "unknown", "official")),
    *(f"utter_basis_{judge}" for judge in ("rules", "model", "officer")),
    *(key for goal in DECLARED.values() for key in said_by(goal)),
    *(f"{kind}_{info.code}" for info in INFOS for kind in ("utter_info", "btn.info")),
    *(f"utter_emergency_{loss}" for loss in LOSSES),
    *(f"utter_lock_{words}" for words in get_args(CaseWords)),
    *(f"utter_rule_{rule}" for rule in REFUND_RULES),
    *(f"utter_way_{page}" for page in PAGES),
    *(f"utter_state_{state}" for state in LOCK_STATES),
    *(f"utter_act_{act}" for act in ACTS),
    *(f"utter_report_165_{status}" for status in STATUSES),
    *(f"utter_report_consent_{status}" for status in (*STATUSES, "unknown")),
    *(f"utter_report_line_{kind}" for kind in get_args(Kind) if kind != "site"),
    *(f"utter_appeal_{whose}" for whose in ("ours", "verdict", "elsewhere", "unnamed")),
    *(f"utter_appealed_{kind}" for kind in NUMBER_KINDS),
    *(f"utter_stands_{state}" for state in (*REPORT_STATES, "withdrawn")),
    *(f"utter_stands_{state}_165" for state in BY_165),
    *(f"utter_stands_appeal_{state}" for state in APPEAL_STATES),
    *(f"utter_case_due_{what}" for what in (*ENDS.values(), "step")),
    *(f"utter_case_165_{status}" for status in STATUSES),
    *(f"btn.about_{about}" for about in ABOUTS),
    *(f"utter_role_{role}" for role in ROLES),
    *(f"btn.issuer_{issuer}" for issuer in ISSUERS.values()),
    *(f"btn.chain_{chain}" for chain in CHAINS.values()),
    "utter_state_recorded",
    *(f"utter_language_now_{name}" for name in NAMES.values()),
    *(f"btn.lost_{loss}" for loss in LOSSES),
    *(f"utter_not_connected_{intent}" for intent in BUTTONS),
    *(f"reason.wording_{lure}" for lure, _ in LURES),
    "reason.wording",
    *(f"btn.call_{number}" for number in ("165", "110")),
    *(f"btn.tell_{what}" for what in ("sender", "last3", "app")),
}


def literal_keys() -> set[str]:
    found: set[str] = set()
    for folder in ("actions", "bot", "cli", "lianfang", "services"):
        for path in (ROOT / folder).rglob("*.py"):
            found |= set(LITERAL_KEY.findall(path.read_text(encoding="utf-8")))
    return {key for key in found if not key.endswith("_")}


def registry_codes() -> set[str]:
    """Codes of evidence and advice, as the rules of the check service write them."""
    found: set[str] = set()
    for path in (ROOT / "services" / "registry").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for pattern in (EVIDENCE, INDIRECT_EVIDENCE):
            found |= {f"reason.{code}" for code in pattern.findall(source)}
        found |= {
            f"advice.{code}"
            for codes in ADVICE.findall(source)
            for code in re.findall(r'(?<!== )"(\w+)"', codes)
        }
    return found


def sentence(key: str, language: str) -> str:
    return WORDS.say(key, language)


def placeholders(text: str) -> set[str]:
    """`organisation_en` is the English name that stands for `organisation`."""
    return {name.removesuffix("_en") for name in re.findall(r"\{(\w+)\}", text)}


def test_no_language_lacks_a_sentence() -> None:
    assert WORDS.missing() == []


def test_every_key_that_code_says_is_written() -> None:
    missing = sorted(key for key in literal_keys() | COMPOSED if not WORDS.knows(key))

    assert missing == []


def test_every_code_of_the_check_service_has_its_words() -> None:
    codes = registry_codes()

    assert {"reason.not_listed", "advice.do_not_tap", "advice.text_cut"} <= codes
    assert sorted(key for key in codes if not WORDS.knows(key)) == []


def test_every_utterance_and_button_is_said_somewhere() -> None:
    said = literal_keys() | COMPOSED

    assert [key for key in KEYS if key.startswith(("utter_", "btn.")) and key not in said] == []


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_promises_nothing_and_has_the_same_gaps_in_both_languages(key: str) -> None:
    texts = [sentence(key, language) for language in LANGUAGES]

    assert not [text for text in texts if NEVER.search(text)]
    assert placeholders(texts[0]) == placeholders(texts[1])


@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("btn.")])
def test_a_label_fits_on_a_button(key: str) -> None:
    assert all(0 < len(sentence(key, language)) <= LINE_LABEL for language in LANGUAGES)


@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("utter_emergency")])
def test_an_emergency_shouts_not_and_names_165(key: str) -> None:
    texts = [sentence(key, language) for language in LANGUAGES]

    assert not [text for text in texts if "!" in text or "！" in text]
    assert key == "utter_emergency_card_keep" or all("165" in text for text in texts)


@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("utter_not_connected_")])
def test_what_is_not_connected_says_so_and_what_to_do_today(key: str) -> None:
    assert "接上線" in sentence(key, "zh-TW")
    assert "今天" in sentence(key, "zh-TW") or "165" in sentence(key, "zh-TW")
    assert "connected" in sentence(key, "en")


def test_reasons_stand_as_bullets() -> None:
    reasons = [key for key in KEYS if key.startswith("reason.")]

    assert [key for key in reasons if not sentence(key, "zh-TW").startswith("・")] == []
    assert [key for key in reasons if not sentence(key, "en").startswith("• ")] == []


def test_each_key_has_exactly_one_variation_for_each_language() -> None:
    assert {
        key: len(variations) for key, variations in DOMAIN["responses"].items() if len(variations) != 2
    } == {}


@pytest.fixture
def actions() -> list[Action]:
    return make_actions(Services.over(InternalClient("http://127.0.0.1:1", "key")))


def test_the_server_has_the_actions_of_the_domain_and_no_others(actions: list[Action]) -> None:
    assert sorted(action.name() for action in actions) == sorted(ACTIONS)


def test_every_intent_has_a_rule_and_every_rule_an_action() -> None:
    steps = [rule["steps"] for rule in RULES["rules"]]
    intents = [step[0]["intent"] for step in steps if "intent" in step[0]]
    named = {step["action"] for rule in steps for step in rule if "action" in step}

    assert sorted(intents) == sorted([*DOMAIN["intents"], "nlu_fallback"])
    assert named - set(DOMAIN["forms"]) <= set(ACTIONS)


def test_offered_goals_are_goals() -> None:
    assert {button["goal"] for button in OFFERS.values()} <= set(GOALS)
    assert {button["goal"] for buttons in BUTTONS.values() for button in buttons if "goal" in button} <= set(
        GOALS
    )
    assert set(GOALS) <= set(DOMAIN["intents"])
    assert {name for params in GOALS.values() for name in params} <= set(DOMAIN["entities"])
