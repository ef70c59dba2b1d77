"""The renderer: one variation a key and language, placeholders from params only, faults named by key."""

from pathlib import Path

import pytest

from lianfang.words import BadWords, Words

DOMAIN = """
responses:
  utter_hello:
    - text: "你好，{name}"
    - text: "Hello, {name}"
      condition: [{type: slot, name: lang, value: en}]
  utter_only_chinese:
    - text: "只有中文"
"""


def words_of(tmp_path: Path, text: str = DOMAIN) -> Words:
    path = tmp_path / "domain.yml"
    path.write_text(text, encoding="utf-8")
    return Words.load(path)


def test_says_the_language_and_falls_back_to_chinese(tmp_path: Path) -> None:
    words = words_of(tmp_path)
    assert words.say("utter_hello", "en", {"name": "Lin"}) == "Hello, Lin"
    assert words.say("utter_hello", "zh-TW", {"name": "林"}) == "你好，林"
    assert words.say("utter_only_chinese", "en") == "只有中文"
    assert words.missing() == [("utter_only_chinese", "en")]


def test_a_persons_braces_are_not_filled_in(tmp_path: Path) -> None:
    assert words_of(tmp_path).say("utter_hello", "en", {"name": "{operator} {0.__class__}"}) == (
        "Hello, {operator} {0.__class__}"
    )


def test_two_variations_for_one_language_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadWords, match="utter_only_chinese"):
        words_of(tmp_path, DOMAIN + '    - text: "又一句"\n')
