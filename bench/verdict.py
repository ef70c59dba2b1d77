"""How right the verdicts are: recall, false alarms, precision of `fraud`, with Wilson 95 % intervals, per kind.

    lianfang bench verdict [--set FILE ...] [--kinds] [--missed]

Three looks, never mixed: our own examples cross-validated in groups, so that near-copies are judged by a model that
saw none of them; sets by other hands (bench/sets, written for measuring only); and, when ../shared is there, its two
outside sets. Beside each stands a plain character n-gram model trained on the same examples, at its usual threshold.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scipy.stats import binomtest  # noqa: E402 -- the repository is no installed package here
from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.model_selection import GroupKFold  # noqa: E402
from sklearn.pipeline import Pipeline, make_pipeline  # noqa: E402

from services.registry.campaigns.likeness import LIKE, alike, likeness_of, words_of  # noqa: E402
from services.registry.decide import Verdict  # noqa: E402
from services.registry.evaluate import evaluate  # noqa: E402
from services.registry.facts import Facts  # noqa: E402
from services.registry.wording.examples import Example, as_forwarded, read_examples, read_file  # noqa: E402
from services.registry.wording.model import TextModel, shipped_model  # noqa: E402
from services.registry.wording.train import fit, message_of, see, shipped_directory  # noqa: E402

SETS = ROOT / "bench" / "sets"
OUTSIDE = tuple(ROOT.parent / "shared" / "data" / name for name in ("sms_dev.jsonl", "sms_examples.jsonl"))
FOLDS = 5
FLAGGED = ("fraud", "suspicious")
TODAY = date(2026, 11, 25)
DIRECTORY = shipped_directory()
LEAST_RECALL, MOST_ALARMS = 0.95, 0.03


@dataclass(frozen=True)
class Judged:
    """One message and what was said of it; `plain` is the plain model's word: flagged or not."""

    example: Example
    verdict: Verdict
    plain: bool


def verdict_of(example: Example, model: TextModel) -> Verdict:
    facts = Facts(DIRECTORY, TODAY, model=model)
    return evaluate(message_of(example, DIRECTORY), facts).decision.verdict


def plain_model(examples: Sequence[Example]) -> Pipeline:
    """What anybody would try first: character 1-3-grams of the raw text, logistic regression."""
    model = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2),
        LogisticRegression(C=10, max_iter=2000),
    )
    return model.fit([one.text for one in examples], [one.fraud for one in examples])


def groups_of(examples: Sequence[Example]) -> list[int]:
    """The same number for near-copies, by the likeness that makes campaigns."""
    key = b"bench"
    parents = list(range(len(examples)))

    def root(place: int) -> int:
        while parents[place] != place:
            place = parents[place]
        return place

    seen: dict[str, list[tuple[int, bytes]]] = {}
    for place, example in enumerate(examples):
        likeness = likeness_of(words_of(example.text), key)
        if likeness is None:
            continue
        for band in likeness.bands:
            for other, signature in seen.get(band, ()):
                if alike(signature, likeness.signature) >= LIKE:
                    parents[root(place)] = root(other)
            seen.setdefault(band, []).append((place, likeness.signature))
    return [root(place) for place in range(len(examples))]


def cross_validated(examples: Sequence[Example]) -> list[Judged]:
    """Every own example judged by a model that saw neither it nor its near-copies."""
    groups = groups_of(examples)
    print(f"own examples: {len(examples)} in {len(set(groups))} groups of near-copies, {FOLDS} folds")
    judged: list[Judged] = []
    for training, testing in GroupKFold(FOLDS).split(examples, groups=groups):
        learnt = [examples[place] for place in training]
        model = fit(see([*learnt, *as_forwarded(learnt)], DIRECTORY))
        judged += judge_all([examples[place] for place in testing], model, plain_model(learnt))
    return judged


def judge_all(examples: Sequence[Example], model: TextModel, plain: Pipeline) -> list[Judged]:
    guesses = plain.predict([one.text for one in examples])
    return [
        Judged(one, verdict_of(one, model), bool(guess)) for one, guess in zip(examples, guesses, strict=True)
    ]


def share(hits: int, of: int) -> str:
    """`142/150 = 94.7 % (89.8 to 97.3)`: k/n and Wilson's 95 % interval."""
    if of == 0:
        return "0/0"
    interval = binomtest(hits, of).proportion_ci(method="wilson")
    return f"{hits}/{of} = {hits / of:.1%} ({interval.low * 100:.1f} to {interval.high * 100:.1f})"


def _count(judged: Iterable[Judged], wanted: Callable[[Judged], bool]) -> int:
    return sum(map(wanted, judged))


def report(name: str, judged: Sequence[Judged], *, kinds: bool, missed: bool) -> bool:
    """Print one set; returns whether it reaches what is asked of messages by other hands."""
    fraud = [one for one in judged if one.example.fraud]
    genuine = [one for one in judged if not one.example.fraud]
    found = _count(fraud, lambda one: one.verdict in FLAGGED)
    alarms = _count(genuine, lambda one: one.verdict in FLAGGED)
    called = [one for one in judged if one.verdict == "fraud"]
    right = _count(called, lambda one: one.example.fraud)
    forged = _count(fraud, lambda one: one.verdict == "official")
    believed = _count(genuine, lambda one: one.verdict == "official")
    plain_found = _count(fraud, lambda one: one.plain)
    plain_alarms = _count(genuine, lambda one: one.plain)
    errors = len(fraud) - found + alarms
    plain_errors = len(fraud) - plain_found + plain_alarms
    lines = (
        f"\n== {name}",
        f"fraud called fraud or suspicious   {share(found, len(fraud))}",
        f"genuine called so (false alarms)   {share(alarms, len(genuine))}",
        f"`fraud` that is fraud              {share(right, len(called))}",
        f"forgeries called official          {share(forged, len(fraud))}",
        f"genuine called official            {share(believed, len(genuine))}",
        f"plain n-gram model: found          {share(plain_found, len(fraud))}",
        f"plain n-gram model: false alarms   {share(plain_alarms, len(genuine))}",
        f"wrong here / wrong by plain model  {errors}/{plain_errors} = {errors / max(plain_errors, 1):.2f}",
    )
    print("\n".join(lines))
    if kinds:
        _print_kinds(fraud, genuine)
    if missed:
        _print_missed(judged)
    return found / max(len(fraud), 1) >= LEAST_RECALL and alarms / max(len(genuine), 1) <= MOST_ALARMS


def _print_kinds(fraud: Sequence[Judged], genuine: Sequence[Judged]) -> None:
    for title, rows in (("found, by kind", fraud), ("false alarms, by kind", genuine)):
        there = Counter(one.example.kind for one in rows)
        flagged = Counter(one.example.kind for one in rows if one.verdict in FLAGGED)
        print(f"-- {title}")
        for kind, of in sorted(there.items(), key=lambda entry: (-entry[1], entry[0])):
            print(f"   {kind:24} {share(flagged[kind], of)}")


def _print_missed(judged: Iterable[Judged]) -> None:
    for one in judged:
        if (one.verdict in FLAGGED) != one.example.fraud:
            shown = " ".join(one.example.text.split())[:90]
            what = "missed" if one.example.fraud else "false alarm"
            print(
                f"   {what:12} {one.verdict:10} {one.example.kind:18} {one.example.sender or '':16} {shown}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", dest="sets", type=Path, action="append", help="judge this file only")
    parser.add_argument("--kinds", action="store_true", help="per kind")
    parser.add_argument("--missed", action="store_true", help="show what was judged wrongly")
    chosen = parser.parse_args()
    examples = read_examples()
    model, plain = shipped_model(), plain_model(examples)
    print(f"{model.version}; threshold {model.threshold}")
    reached = True
    if not chosen.sets:
        report(
            "own examples, cross-validated",
            cross_validated(examples),
            kinds=chosen.kinds,
            missed=chosen.missed,
        )
    for path in chosen.sets or [*sorted(SETS.glob("messages_*.jsonl")), *OUTSIDE]:
        if not path.exists():
            print(f"\n== {path.name}: not here, left out")
            continue
        judged = judge_all(read_file(path), model, plain)
        reached &= report(path.stem, judged, kinds=chosen.kinds, missed=chosen.missed)
        if path in OUTSIDE:
            bare = [replace(one.example, sender=None, last3=None, app=None) for one in judged]
            report(f"{path.stem}, texts only", judge_all(bare, model, plain), kinds=False, missed=False)
    sys.exit(0 if reached else 1)


if __name__ == "__main__":
    main()
