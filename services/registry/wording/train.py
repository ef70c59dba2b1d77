"""Trains the text model from the committed examples: `python -m services.registry.wording.train`."""

import argparse
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from services.registry.directory import Directory, build_directory
from services.registry.facts import Facts
from services.registry.reading import Message, read_message
from services.registry.rules import judge
from services.registry.seed import read_organisations, read_shared_hosts, read_well_known
from services.registry.wording.examples import Example, as_forwarded, read_examples
from services.registry.wording.features import build, grams, masked
from services.registry.wording.model import NO_MODEL, SHIPPED, TextModel, save

VERSION = "text-1"
C = 10.0
NAME_SCALE = 0.2
FEWEST_EXAMPLES = 3  # with a gram, else it is forgotten
THRESHOLD = 0.5  # chosen by cross-validation, see MODEL_CARD.md
_DAY = date(2026, 11, 22)  # rules that look at dates see the same day at each training


@dataclass(frozen=True)
class Seen:
    """One example as the model sees it."""

    example: Example
    text: str
    names: dict[str, float]


def shipped_directory() -> Directory:
    return build_directory(
        read_organisations(), shared_hosts=read_shared_hosts(), well_known=read_well_known(), version="seed"
    )


def message_of(example: Example, directory: Directory) -> Message:
    return read_message(
        example.text,
        sender=example.sender,
        last3=example.last3,
        app=example.app,
        directory=directory,
    )


def see(examples: Sequence[Example], directory: Directory) -> list[Seen]:
    """Read every example once, with the rules' signs but without any list."""
    facts = Facts(directory, _DAY, model=NO_MODEL)
    seen = []
    for example in examples:
        message = message_of(example, directory)
        names = dict.fromkeys(build(message, judge(message, facts)), NAME_SCALE)
        seen.append(Seen(example, masked(message), names))
    return seen


def fit(seen: Sequence[Seen], *, version: str = VERSION, threshold: float = THRESHOLD) -> TextModel:
    """The model for these examples; the same examples give the same model."""
    vectorizer = TfidfVectorizer(analyzer=_grams, sublinear_tf=True, min_df=_fewest(seen), dtype=np.float64)
    texts: csr_matrix = vectorizer.fit_transform([one.text for one in seen])
    naming = DictVectorizer()
    names: csr_matrix = naming.fit_transform([one.names for one in seen])
    labels = np.array([one.example.fraud for one in seen])
    regression = LogisticRegression(C=C, max_iter=3000).fit(hstack([texts, names]).tocsr(), labels)
    weights: list[float] = regression.coef_[0].tolist()
    vocabulary: list[str] = vectorizer.get_feature_names_out().tolist()
    known = {
        gram: (idf, weight)
        for gram, idf, weight in zip(vocabulary, vectorizer.idf_.tolist(), weights, strict=False)
    }
    return TextModel(
        version=version,
        threshold=threshold,
        bias=float(regression.intercept_[0]),
        known=known,
        names={
            name: weight * NAME_SCALE
            for name, weight in zip(naming.get_feature_names_out(), weights[len(vocabulary) :], strict=True)
        },
    )


def _grams(text: str) -> list[str]:
    return list(grams(text))


def _fewest(seen: Sequence[Seen]) -> int:
    """Each example comes about twice, see `as_forwarded`."""
    return FEWEST_EXAMPLES * 2 if len(seen) > 2000 else 2


def fingerprint(examples: Sequence[Example]) -> str:
    """Eight hexadecimal digits over the examples, so that a verdict tells which model judged."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(repr(example).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()[:8]


def train(examples: Sequence[Example]) -> TextModel:
    """From examples to the model, each example also as people forward it."""
    seen = see([*examples, *as_forwarded(examples)], shipped_directory())
    return fit(seen, version=f"{VERSION}-{fingerprint(examples)}")


def _main(arguments: Any = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=SHIPPED)
    chosen = parser.parse_args(arguments)
    examples = read_examples()
    model = train(examples)
    save(model, chosen.to)
    fraud = sum(example.fraud for example in examples)
    size = math.ceil(chosen.to.stat().st_size / 1024)
    told = f"{model.version}: {fraud} fraud, {len(examples) - fraud} genuine, {len(model.known)} grams, {size} KB"
    print(told)  # noqa: T201 -- a command's answer


if __name__ == "__main__":
    _main()
