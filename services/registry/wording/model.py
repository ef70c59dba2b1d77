"""The text model as it is shipped: weights of n-grams and names in one `.npz`, read without pickle, scored purely."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from services.registry.wording.features import grams

SHIPPED = Path(__file__).parent / "model.npz"
_BETWEEN = "\x00"
PART = 60  # characters; a part alone is surer of itself than it should be, so it counts a little less
PART_COUNTS_LESS = 0.5


@dataclass(frozen=True)
class TextModel:
    """Logistic regression over TF-IDF n-grams (`known`: gram -> (idf, weight)) and names that are there or not."""

    version: str
    threshold: float
    bias: float
    known: Mapping[str, tuple[float, float]]
    names: Mapping[str, float]

    def read(self, text: str) -> float:
        """What the masked text alone adds to the log-odds of fraud."""
        squares = 0.0
        total = self.bias
        dot = 0.0
        for gram, count in Counter(grams(text)).items():
            entry = self.known.get(gram)
            if entry is not None:
                value = (1 + math.log(count)) * entry[0] if count > 1 else entry[0]
                squares += value * value
                dot += value * entry[1]
        return total + dot / math.sqrt(squares) if squares else total

    def worst(self, text: str) -> float:
        """`read` of the text, or of its worst part: innocent words before and behind must not hide a lure."""
        parts = (text[start : start + PART] for start in range(0, len(text) - PART // 2, PART // 2))
        if len(text) <= PART * 1.3:
            return self.read(text)
        return max(self.read(text), max(map(self.read, parts)) - PART_COUNTS_LESS)

    def probability(self, text_score: float, names: Iterable[str]) -> float:
        """Of fraud, 0-1, given `read` of the text and what else is true of the message."""
        odds = text_score + sum(self.names.get(name, 0.0) for name in set(names))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


# Never says a word: what the rules alone see, as in training.
NO_MODEL = TextModel("none", threshold=2.0, bias=0.0, known={}, names={})


def save(model: TextModel, path: Path) -> None:
    """Write the weights as half-precision numbers and names as bytes: nothing in the file can run."""
    entries = sorted(model.known.items())
    names = sorted(model.names.items())
    np.savez_compressed(
        path,
        version=_packed([model.version]),
        numbers=np.array([model.threshold, model.bias], np.float64),
        grams=_packed(gram for gram, _ in entries),
        weights=np.array([values for _, values in entries], np.float16),
        names=_packed(name for name, _ in names),
        name_weights=np.array([weight for _, weight in names], np.float32),
    )


def load(path: Path) -> TextModel:
    """Read a model that `save` wrote. Raises ValueError for a file that is none."""
    with np.load(path, allow_pickle=False) as stored:
        threshold, bias = stored["numbers"].tolist()
        weights = stored["weights"].astype(float).tolist()
        return TextModel(
            version=_unpacked(stored["version"])[0],
            threshold=threshold,
            bias=bias,
            known={
                gram: (idf, weight)
                for gram, (idf, weight) in zip(_unpacked(stored["grams"]), weights, strict=True)
            },
            names=dict(zip(_unpacked(stored["names"]), stored["name_weights"].tolist(), strict=True)),
        )


@cache
def shipped_model() -> TextModel:
    """The model that comes with the product, read once for each process."""
    return load(SHIPPED)


def _packed(texts: Iterable[str]) -> "np.typing.NDArray[np.uint8]":
    return np.frombuffer(_BETWEEN.join(texts).encode(), np.uint8)


def _unpacked(packed: "np.typing.NDArray[np.uint8]") -> list[str]:
    return packed.tobytes().decode().split(_BETWEEN)
