"""The committed examples the text model is trained on, and the same once more as people forward them."""

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "examples"
STRIPPED_SHARE = 0.3
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Example:
    """One message with its label; the fields are those of a check request."""

    text: str
    sender: str | None
    last3: str | None
    app: str | None
    fraud: bool
    kind: str
    source: str


def read_examples(folder: Path = FOLDER) -> list[Example]:
    """Every example of the folder's `*.jsonl`, in a fixed order."""
    return [example for path in sorted(folder.glob("*.jsonl")) for example in read_file(path)]


def read_file(path: Path) -> list[Example]:
    """Examples of one file: JSON lines with text, sender, receiver_last3, app, label, kind."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [
        Example(
            text=row["text"],
            sender=row.get("sender") or None,
            last3=row.get("receiver_last3") or None,
            app=row.get("app") or None,
            fraud=row["label"] == "fraud",
            kind=row["kind"],
            source=path.stem,
        )
        for row in rows
    ]


def as_forwarded(examples: Iterable[Example], seed: int = 0) -> Iterator[Example]:
    """Each again without what people do not forward: sender and app; of some also the digits are lost."""
    chance = random.Random(seed)  # noqa: S311 -- which examples, no secret
    for example in examples:
        bare = replace(example, sender=None, last3=None, app=None)
        yield bare
        if chance.random() < STRIPPED_SHARE and "." not in example.text:
            yield replace(bare, text=_DIGIT.sub("", example.text))
