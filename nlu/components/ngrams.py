"""TF-IDF over token n-grams and a linear model over it: numpy only, scikit-learn just for training."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SEPARATOR = "\x1f"
EDGE = "\x02"
LETTERS = "\x03"
LETTER_RUNS = (3, 4, 5)
# Seen once, a run of several tokens only describes its own sentence.
FEWEST_TEXTS = 2


def ngrams(tokens: Sequence[str], longest: int) -> Iterator[str]:
    """All runs of one to `longest` tokens, the text's ends marked, and runs of letters in Latin words."""
    edged = [EDGE, *tokens, EDGE]
    for size in range(1, longest + 1):
        for start in range(len(edged) - size + 1):
            yield SEPARATOR.join(edged[start : start + size])
    for token in tokens:
        if len(token) > LETTER_RUNS[0] and token.isascii() and token.isalpha():
            yield from letter_runs(token)


def letter_runs(word: str) -> Iterator[str]:
    """`locked` and `locking` share most of these."""
    bordered = f"^{word}$"
    for size in LETTER_RUNS:
        for start in range(len(bordered) - size + 1):
            yield LETTERS + bordered[start : start + size]


@dataclass(frozen=True)
class NgramModel:
    """Weights by intent (rows) and n-gram (columns)."""

    intents: list[str]
    places: dict[str, int]
    rarity: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    longest: int

    def score(self, tokens: Sequence[str]) -> dict[str, float]:
        """Probability of each intent; nothing when no token was ever seen."""
        if not any(token in self.places for token in tokens):
            return {}
        columns, values = weigh(tokens, self.places, self.rarity, self.longest)
        logits = (self.weights[:, columns] @ values + self.bias).astype(np.float64)
        odds = np.exp(logits - logits.max())
        return dict(zip(self.intents, (odds / odds.sum()).tolist(), strict=True))


def weigh(
    tokens: Sequence[str], places: dict[str, int], rarity: NDArray[np.float32], longest: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Columns and TF-IDF values of one text, of length one together."""
    counts = Counter(places[ngram] for ngram in ngrams(tokens, longest) if ngram in places)
    columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
    values = np.fromiter((1 + math.log(n) for n in counts.values()), dtype=np.float32, count=len(counts))
    values = values * rarity[columns]
    length = float(np.linalg.norm(values))
    return columns, values / length if length else values


def train_ngram_model(
    texts: Sequence[Sequence[str]], intents: Sequence[str], strength: float, longest: int
) -> NgramModel:
    """Fit on tokenised texts; the same input gives the same model."""
    # Serving never trains: keep scikit-learn's linear models out of its start-up.
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    occurrences = Counter(ngram for tokens in texts for ngram in set(ngrams(tokens, longest)))
    kept = (ngram for ngram, texts_with in occurrences.items() if texts_with >= FEWEST_TEXTS)
    places = {ngram: place for place, ngram in enumerate(sorted(kept))}
    rarity = np.array(
        [math.log((1 + len(texts)) / (1 + occurrences[ngram])) + 1 for ngram in places], dtype=np.float32
    )
    rows = [weigh(tokens, places, rarity, longest) for tokens in texts]
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    matrix = csr_matrix(
        (np.concatenate([v for _, v in rows]), np.concatenate([c for c, _ in rows]), starts),
        shape=(len(texts), len(places)),
    )
    fitted: Any = LogisticRegression(C=strength, max_iter=2000, tol=1e-3, class_weight="balanced")
    fitted.fit(matrix, list(intents))
    # Of two intents scikit-learn keeps only the second one's weights.
    coefficients, bias = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:
        coefficients, bias = np.vstack([-coefficients, coefficients]) / 2, np.hstack([-bias, bias]) / 2
    return NgramModel(
        intents=[str(intent) for intent in fitted.classes_],
        places=places,
        rarity=rarity,
        weights=np.asarray(coefficients, dtype=np.float32),
        bias=np.asarray(bias, dtype=np.float32),
        longest=longest,
    )
