"""The examples for a text model: well-formed, labelled, no text twice, both labels in number."""

import json
from collections import Counter

from tests.conftest import ROOT

FOLDER = ROOT / "services" / "registry" / "examples"
APPS = {"sms", "imessage", "rcs", "line", "telegram", "whatsapp", "email", "other"}


def test_examples_are_well_formed_and_all_different() -> None:
    rows = [
        json.loads(line)
        for path in sorted(FOLDER.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    always = {"text", "sender", "app", "label", "kind"}
    assert all(always <= row.keys() <= always | {"receiver_last3"} for row in rows)
    assert {row["app"] for row in rows} <= APPS | {""}
    texts = Counter(row["text"].strip() for row in rows)
    assert [text for text, count in texts.items() if count > 1 or not text] == []
    labels = Counter(row["label"] for row in rows)
    assert labels["fraud"] >= 800
    assert labels["genuine"] >= 1000
