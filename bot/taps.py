"""Buttons' opaque ids: minted with the answer that shows them, good for one person in one conversation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from bot.core import tap_message
from bot.goals import CONFIRMING
from bot.models import Tap
from lianfang.ids import new_token

GOOD_FOR = timedelta(hours=24)
CONFIRMATION_GOOD_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Minted:
    """A tap that will exist once its answer is stored."""

    id: str
    goal: str
    params: dict[str, Any]


def mint(goal: str, params: dict[str, Any]) -> Minted:
    """A new opaque id for a goal. Raises KeyError for what is not on the allow-list."""
    tap_message(goal, params)
    return Minted(new_token("t"), goal, params)


def store(
    session: Session, minted: Iterable[Minted], *, person: str, conversation: str, now: datetime
) -> None:
    """Write the taps of one answer."""
    for tap in minted:
        good_for = CONFIRMATION_GOOD_FOR if tap.goal in CONFIRMING else GOOD_FOR
        session.add(
            Tap(
                id=tap.id,
                person=person,
                conversation=conversation,
                goal=tap.goal,
                params=tap.params,
                expires=now + good_for,
            )
        )


def read(session: Session, tap: str, *, person: str, conversation: str, now: datetime) -> str | None:
    """The core's notation for a tap; None when it is unknown, expired or somebody else's, all alike."""
    row = session.get(Tap, tap)
    if row is None or (row.person, row.conversation) != (person, conversation) or row.expires <= now:
        return None
    try:
        return tap_message(row.goal, row.params)
    except KeyError:  # minted before an update took this goal off the allow-list
        return None
