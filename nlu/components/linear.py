"""A linear model over weighed features: numpy only, scikit-learn just for training."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.components.features import KINDS, Utterance

# Seen in one text only, a feature describes nothing but that text.
FEWEST_TEXTS = 2
Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class LinearModel:
    """Weights by intent (rows) and feature (columns); `places` names each feature's column, by kind."""

    intents: list[str]
    places: list[dict[str, int]]
    rarity: Numbers
    weights: Numbers
    bias: Numbers
    sharpness: float

    def score(self, said: Utterance) -> dict[str, float]:
        """Probability of each intent; nothing when it names nothing known."""
        if not any(said.concepts) and not any(token.text in self.places[0] for token in said.tokens):
            return {}
        columns, values = weigh(said, self.places, self.rarity)
        margins = (self.weights[:, columns] @ values + self.bias).astype(np.float64) * self.sharpness
        odds = np.exp(margins - margins.max())
        return dict(zip(self.intents, (odds / odds.sum()).tolist(), strict=True))


def weigh(
    said: Utterance, places: Sequence[Mapping[str, int]], rarity: Numbers
) -> tuple[NDArray[np.int64], Numbers]:
    """Columns and TF-IDF values of one message; each kind of feature has the length of its weight."""
    all_columns, all_values = [], []
    for (features, weight), known in zip(KINDS, places, strict=True):
        counts = Counter(known[feature] for feature in features(said) if feature in known)
        columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        values = np.fromiter((1 + math.log(n) for n in counts.values()), dtype=np.float32, count=len(counts))
        values = values * rarity[columns]
        length = float(np.linalg.norm(values))
        all_columns.append(columns)
        all_values.append(values * (weight / length) if length else values)
    return np.concatenate(all_columns), np.concatenate(all_values)


def known_features(said: Sequence[Utterance]) -> tuple[list[dict[str, int]], Numbers]:
    """A column for each feature of several texts, and how rare it is."""
    places: list[dict[str, int]] = []
    rarity: list[float] = []
    for features, _ in KINDS:
        texts_with = Counter(feature for one in said for feature in set(features(one)))
        kept = sorted(feature for feature, texts in texts_with.items() if texts >= FEWEST_TEXTS)
        places.append({feature: len(rarity) + place for place, feature in enumerate(kept)})
        rarity += [math.log((1 + len(said)) / (1 + texts_with[feature])) + 1 for feature in kept]
    return places, np.array(rarity, dtype=np.float32)


def train(
    said: Sequence[Utterance], intents: Sequence[str], strength: float, sharpness: float
) -> LinearModel:
    """Fit one linear margin for each intent; the same input gives the same model."""
    # Serving never trains: keep scikit-learn's linear models out of its start-up.
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    places, rarity = known_features(said)
    rows = [weigh(one, places, rarity) for one in said]
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    matrix = csr_matrix(
        (np.concatenate([v for _, v in rows]), np.concatenate([c for c, _ in rows]), starts),
        shape=(len(said), len(rarity)),
    )
    fitted: Any = LinearSVC(C=strength, class_weight="balanced", tol=1e-3, random_state=0)
    fitted.fit(matrix, list(intents))
    # Of two intents scikit-learn keeps only the second one's weights.
    weights, bias = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:
        weights, bias = np.vstack([-weights, weights]), np.hstack([-bias, bias])
    return LinearModel(
        intents=[str(intent) for intent in fitted.classes_],
        places=places,
        rarity=rarity,
        weights=np.asarray(weights, dtype=np.float32),
        bias=np.asarray(bias, dtype=np.float32),
        sharpness=sharpness,
    )
