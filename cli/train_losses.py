"""`python -m cli.train_losses`: weighs the runs of words by which lianfang.text.loss_model knows a told loss."""

import json
import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cli.places import ROOT
from lianfang.text.distress import plain_words
from lianfang.text.forwarded import looks_forwarded
from lianfang.text.loss_model import WEIGHTS, runs_of
from lianfang.text.loss_reading import read_losses

DATA = ROOT / "data"
# Goals whose training sentences tell of no loss; in the others some do and some do not.
TELL_NOTHING = frozenset(
    "affirm appeal_block ask_info bind_merchant cancel change_language check_message contact_by_code create_hidden_code "
    "delete_my_data deny greet help inform out_of_scope thanks unlock_card".split()
)
TELLING = "already_scammed"
# Whatever its words say, it is not the loss of whoever sends it.
SOMEBODY_ELSES = frozenset({"forward_message"})
# Sentences of people who did not know our words count for most, frames for least.
BY_OTHERS, WRITTEN_FOR_IT, TAKEN_OVER, FRAMED = 5.0, 2.0, 0.5, 0.2
ENGLISH = "EN "
STRENGTH = 30.0
EVENED = 5.0  # brings the values of a text to about the length one
FEWEST_TEXTS, MOST_RUNS, SCALE = 2, 20000, 1000


def _rows(name: str) -> list[str]:
    lines = (DATA / "losses" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def sentences(name: str) -> list[str]:
    """One file of `data/losses`, without the kinds of loss that stand before some sentences."""
    return [line.rpartition(" | ")[2] for line in _rows(name)]


def told_in_frames(sign: str) -> list[str]:
    """Every deed in every frame of one sign: `+` it happened, `-` it did not."""
    deeds = [deed.removeprefix(ENGLISH).split(" | ") for deed in _rows("deeds")]
    languages = [deed.startswith(ENGLISH) for deed in _rows("deeds")]
    frames = [frame.partition(" ")[::2] for frame in _rows("frames")]
    return [
        frame.format(B=plan, D=done)
        for kind, frame in frames
        if kind.startswith(sign)
        for (plan, done), english in zip(deeds, languages, strict=True)
        if kind.endswith(ENGLISH.strip()) == english
    ]


def of_goals(goals: frozenset[str]) -> list[str]:
    """The training sentences of some goals."""
    found: list[str] = []
    for path in sorted((DATA / "nlu").glob("*.yml")):
        for goal in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if goal["intent"] in goals:
                found += [line.removeprefix("- ").strip() for line in goal["examples"].splitlines()]
    return found


def _told_in_words(text: str) -> bool:
    return bool(read_losses(plain_words(text), foreign=looks_forwarded(text)).loss)


def train(
    told: Sequence[tuple[str, float]], not_told: Sequence[tuple[str, float]]
) -> tuple[float, dict[str, int]]:
    """Bias and weights of the runs that matter most; the same sentences give the same weights."""
    rows = [(runs_of(plain_words(text)), weight) for text, weight in (*told, *not_told)]
    texts_with = Counter(run for runs, _ in rows for run in runs)
    columns = {
        run: place for place, run in enumerate(sorted(r for r, n in texts_with.items() if n >= FEWEST_TEXTS))
    }
    # What stands in few texts says more (inverse document frequency).
    rarity = {run: 1 + math.log((1 + len(rows)) / (1 + texts_with[run])) for run in columns}
    values, places, starts = [], [], [0]
    for runs, _ in rows:
        known = sorted(run for run in runs if run in columns)
        places += [columns[run] for run in known]
        values += [rarity[run] / (EVENED * math.sqrt(len(runs))) for run in known]
        starts.append(len(places))
    matrix = csr_matrix((values, places, starts), shape=(len(rows), len(columns)))
    labels = [1] * len(told) + [0] * len(not_told)
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000, solver="liblinear")
    fitted.fit(matrix, labels, sample_weight=[weight for _, weight in rows])
    weights = fitted.coef_[0] * np.array(list(rarity.values())) / EVENED
    kept = set(np.argsort(-np.abs(weights), kind="stable")[:MOST_RUNS].tolist())
    return round(float(fitted.intercept_[0]), 4), {
        run: round(float(weights[place]) * SCALE) for run, place in columns.items() if place in kept
    }


def main() -> int:
    told = [(text, BY_OTHERS) for text in sentences("told_by_others")]
    told += [(text, WRITTEN_FOR_IT) for text in sentences("told")]
    told += [(text, WRITTEN_FOR_IT) for text in of_goals(frozenset({TELLING}))]
    not_told = [(text, BY_OTHERS) for text in sentences("not_told_by_others")]
    not_told += [(text, WRITTEN_FOR_IT) for text in sentences("not_told")]
    not_told += [(text, TAKEN_OVER) for text in of_goals(SOMEBODY_ELSES)]
    not_told += [(text, TAKEN_OVER) for text in of_goals(TELL_NOTHING) if not _told_in_words(text)]
    told += [(text, FRAMED) for text in told_in_frames("+")]
    not_told += [(text, FRAMED) for text in told_in_frames("-")]
    bias, runs = train(told, not_told)
    kept = {"bias": bias, "scale": SCALE, "runs": runs}
    WEIGHTS.write_text(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(told)} sentences that tell, {len(not_told)} that do not, {len(runs)} runs of words kept")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
