"""Sentences of a set, what the core made of them, and shares with their intervals."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from scipy.stats import binomtest

ROOT = Path(__file__).resolve().parents[2]
Row = dict[str, Any]


@dataclass(frozen=True)
class Read:
    """A sentence of a set and what the core made of it."""

    wanted: Row
    parsed: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.wanted["text"])

    @property
    def right(self) -> bool:
        return bool(self.parsed["intent"] == self.wanted["intent"])


def lines_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def parse_all(rows: Sequence[Row]) -> list[Read]:
    """By the real command, in one go."""
    given = "".join(json.dumps({"text": row["text"]}, ensure_ascii=False) + "\n" for row in rows)
    command = [str(Path(sys.executable).with_name("lianfang")), "parse", "--jsonl", "-"]
    done = subprocess.run(command, input=given.encode(), stdout=subprocess.PIPE, check=True)
    parsed = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return [Read(row, answer) for row, answer in zip(rows, parsed, strict=True)]


def trained_on() -> frozenset[str]:
    """Every training sentence."""
    found: set[str] = set()
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        for goal in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            found.update(line.removeprefix("- ").strip() for line in goal["examples"].splitlines())
    return frozenset(found)


def share(hits: int, of: int) -> str:
    """`142/150 = 94.7 % (89.8 to 97.3)`: k/n and Wilson's 95 % interval."""
    if of == 0:
        return "0/0"
    interval = binomtest(hits, of).proportion_ci(method="wilson")
    return f"{hits}/{of} = {hits / of:.1%} ({interval.low * 100:.1f} to {interval.high * 100:.1f})"


def rate(reads: Sequence[Read]) -> float:
    return sum(read.right for read in reads) / max(len(reads), 1)


def told(reads: Sequence[Read]) -> str:
    return share(sum(read.right for read in reads), len(reads))
