"""The text model: stored without code, the same for the same examples, and able to raise suspicion only."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.evaluate import evaluate
from services.registry.facts import Facts
from services.registry.reading import read_message
from services.registry.rules.wording import wording
from services.registry.wording.examples import Example, as_forwarded, read_examples
from services.registry.wording.model import NO_MODEL, SHIPPED, TextModel, load, save, shipped_model
from services.registry.wording.train import VERSION, fingerprint, fit, see, shipped_directory
from tests.unit.registry.shipped import TODAY, directory

CERTAIN = replace(NO_MODEL, version="certain", bias=20.0, threshold=0.5)
LURE = "姐姐你好 我們群組今天還有兩個名額 老師盤前會發標的給大家 跟著做就好喔"


def facts(model: TextModel) -> Facts:
    return Facts(directory(), TODAY, model=model)


def judged_with(model: TextModel, text: str, sender: str | None = None, last3: str | None = None) -> str:
    message = read_message(text, sender=sender, last3=last3, app="sms", directory=directory())
    return evaluate(message, facts(model)).decision.verdict


def test_a_model_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    model = TextModel("t", 0.5, -1.25, {"帳": (1.5, 0.25), "^a": (2.0, -0.5)}, {"link:none": 0.125})
    save(model, tmp_path / "m.npz")
    assert load(tmp_path / "m.npz") == model


def test_a_file_that_could_run_code_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "m.npz", numbers=np.array([object()], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        load(tmp_path / "m.npz")


def test_the_shipped_model_is_of_the_committed_examples_and_small() -> None:
    assert shipped_model().version == f"{VERSION}-{fingerprint(read_examples())}"
    assert SHIPPED.stat().st_size < 400_000


def test_the_same_examples_give_the_same_model() -> None:
    examples = [
        Example(f"{text}{number}", None, None, None, fraud=fraud, kind="k", source="s")
        for number in range(6)
        for text, fraud in ((LURE, True), ("晚上一起吃飯嗎 我大概七點到", False))
    ]
    seen = see([*examples, *as_forwarded(examples)], shipped_directory())
    assert fit(seen) == fit(seen)


def test_it_raises_unknown_to_suspicious_and_says_so() -> None:
    message = read_message(LURE, sender=None, last3=None, app=None, directory=directory())
    outcome = evaluate(message, facts(CERTAIN))
    assert (outcome.decision.verdict, outcome.judged_by) == ("suspicious", "model")
    assert judged_with(NO_MODEL, LURE) == "unknown"


def test_it_proves_nothing_and_no_longer_lets_it_be_official() -> None:
    official = "678 交通部公路局：您的駕照將於下月到期，請至監理站換照。"
    assert judged_with(NO_MODEL, official, "111", "678") == "official"
    assert judged_with(CERTAIN, official, "111", "678") == "suspicious"


@pytest.mark.parametrize(
    "text", ["fine-shop.store", "這是什麼 abc-shop.store", "Is this ok?", "0912-345-678"]
)
def test_a_few_words_around_an_address_are_left_to_the_rules(text: str) -> None:
    message = read_message(text, sender=None, last3=None, app=None, directory=directory())
    assert list(wording(message, [], CERTAIN)) == []


@given(st.text(max_size=60))
def test_with_the_model_a_verdict_is_never_lower(text: str) -> None:
    order = ("official", "unknown", "suspicious", "fraud")
    without, certain = judged_with(NO_MODEL, text), judged_with(CERTAIN, text)
    assert order.index(certain) >= order.index(without)
    assert certain != "fraud" or without == "fraud"
