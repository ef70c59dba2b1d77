"""The shipped registry as the rules see it, and one message judged by it."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from services.registry.directory import Directory, ListState, build_directory
from services.registry.evaluate import Outcome, evaluate
from services.registry.facts import Facts, Hit
from services.registry.reading import read_message
from services.registry.seed import read_organisations, read_shared_hosts, read_well_known
from services.registry.wording.model import TextModel, shipped_model

TODAY = date(2026, 11, 22)


@cache
def directory() -> Directory:
    return build_directory(
        read_organisations(), shared_hosts=read_shared_hosts(), well_known=read_well_known(), version="test"
    )


def judged(
    text: str,
    *,
    sender: str | None = None,
    last3: str | None = None,
    app: str | None = None,
    hits: Mapping[tuple[str, str], Hit] | None = None,
    lists: tuple[ListState, ...] = (),
    model: TextModel | None = None,
) -> Outcome:
    message = read_message(text, sender=sender, last3=last3, app=app, directory=directory())
    return evaluate(message, Facts(directory(), TODAY, lists, hits, model or shipped_model()))


def codes(outcome: Outcome) -> set[str]:
    return {sign.code for sign in outcome.decision.reasons}
