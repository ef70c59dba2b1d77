"""A second witness beside the words of loss: runs of words, weighed on many sentences that tell of one or do not."""

import json
import math
import re
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("loss_weights.json")
LONGEST_RUN = 4
_READ = 400
_ADDRESS = re.compile(
    r"https?://\S+|[\w.-]+\.[a-z]{2,}/\S*|[\w-]+\.(?:com|net|org|tw|top|shop|cc|xyz)\b", re.IGNORECASE
)
_FIGURES = re.compile(r"\d[\d,.]*")
_NUMERALS = re.compile("[一二兩三四五六七八九]")
BEGIN, END, ADDRESS, FIGURES, NUMERAL = "^$@9九"
# A word of Latin letters, or one sign of any other script.
_WORD = re.compile(r"[a-z0-9']+|[^\sa-z0-9]")


def runs_of(plain: str) -> frozenset[str]:
    """Every run of up to four words of a text in common words; addresses and numbers count as one word each."""
    text = _ADDRESS.sub(ADDRESS, plain[:_READ].lower())
    words = [BEGIN, *_WORD.findall(_NUMERALS.sub(NUMERAL, _FIGURES.sub(FIGURES, text))), END]
    return frozenset(
        " ".join(words[start : start + length])
        for length in range(1, LONGEST_RUN + 1)
        for start in range(len(words) - length + 1)
    )


def chance_of_loss(plain: str) -> float:
    """How likely a text in common words tells of a loss, from 0 to 1."""
    bias, weights = _weights()
    runs = runs_of(plain)
    score = bias + sum(weights.get(run, 0) for run in runs) / math.sqrt(len(runs))
    return 1 / (1 + math.exp(-score)) if score > -700 else 0.0


@cache
def _weights() -> tuple[float, dict[str, float]]:
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return kept["bias"], {run: weight / kept["scale"] for run, weight in kept["runs"].items()}
