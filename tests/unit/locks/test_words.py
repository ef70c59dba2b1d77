"""The sentences of locks: each one that code can say is written, claims nothing for nobody, and shows 示範."""

import re
from collections.abc import Iterator

import pytest
import yaml

from lianfang.words import LANGUAGES, Words
from services.locks import lock_states as states
from services.locks.issuers import REFUND_RULES
from services.locks.lane import LOCK
from services.locks.verify import TONES
from tests.conftest import ROOT

WORDS = Words.load(ROOT / "domain.yml")
RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
OTHER_NOTICES = ("notice.lock_expiring", "notice.lock_unanswered")
BASES = ("receipt", "report_165_told", "officer")
FACTS = ("issuer", "last4", "value", "chain", "locked_at", "until")
PAGE = ("title", "demo", "unknown", "match", "note", *FACTS)


def keys() -> Iterator[str]:
    yield from LOCK.notices.values()
    yield from OTHER_NOTICES
    yield "notice.demo"
    yield from (f"notice.confirmed_by_{basis}" for basis in BASES)
    yield from (f"notice.still_possible_{rule}" for rule in REFUND_RULES)
    yield from (f"page.verify_{part}" for part in PAGE)
    yield from (f"page.verify_state_{state}" for state in LOCK.states - {states.REQUESTED, states.CLOSED})


def test_exactly_these_are_written() -> None:
    ours = re.compile(r"page\.|notice\.(?:lock_|confirmed_by_|still_possible_|demo)")

    assert sorted(key for key in RESPONSES if ours.match(key)) == sorted(keys())


@pytest.mark.parametrize("key", [*LOCK.notices.values(), *OTHER_NOTICES])
def test_a_notice_of_a_sandbox_says_so_and_names_the_case(key: str) -> None:
    for language in LANGUAGES:
        told = WORDS.say(key, language, {"demo": WORDS.say("notice.demo", language), "number": "LF-1"})
        assert "示範" in told
        assert "LF-1" in told
        assert "!" not in told
        assert "！" not in told


def test_too_late_says_what_is_still_possible() -> None:
    for rule in REFUND_RULES:
        for language in LANGUAGES:
            lines = WORDS.say(f"notice.still_possible_{rule}", language).splitlines()
            assert all(line.startswith("・" if language == "zh-TW" else "• ") for line in lines)


def test_the_page_has_a_tone_for_what_still_stands() -> None:
    assert set(TONES) >= states.STANDING
