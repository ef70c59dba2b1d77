"""Messages by hands that wrote for measuring only: what `lianfang bench verdict` prints must not get worse."""

from pathlib import Path

import pytest

from services.registry.wording.examples import Example, read_examples, read_file
from tests.conftest import ROOT
from tests.unit.registry.shipped import judged

FLAGGED = ("fraud", "suspicious")
SETS = sorted((ROOT / "bench" / "sets").glob("messages_*.jsonl"))


def verdict_of(one: Example) -> str:
    return judged(one.text, sender=one.sender, last3=one.last3, app=one.app).decision.verdict


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_fraud_is_found_and_the_genuine_left_alone(path: Path) -> None:
    verdicts = [(one.fraud, verdict_of(one)) for one in read_file(path)]
    fraud = [verdict for is_fraud, verdict in verdicts if is_fraud]
    genuine = [verdict for is_fraud, verdict in verdicts if not is_fraud]
    assert len(fraud) >= 150
    assert len(genuine) >= 200
    assert sum(verdict in FLAGGED for verdict in fraud) >= 0.95 * len(fraud)
    assert sum(verdict in FLAGGED for verdict in genuine) <= 0.035 * len(genuine)
    assert "official" not in fraud
    assert "fraud" not in genuine


def test_no_set_for_measuring_is_learnt() -> None:
    learnt = {one.text.strip() for one in read_examples()}
    for path in SETS:
        assert not {one.text.strip() for one in read_file(path) if len(one.text) > 12} & learnt
