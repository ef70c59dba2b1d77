"""Which session of the core a conversation is in, and when it gets a new one (outside a form)."""

from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, case, insert, select, update
from sqlalchemy.orm import Session

from bot.models import Conversation
from lianfang.database import Database, UtcDateTime

# The core's trackers are short by themselves (nlu/history.py); a session also ends what its slots remember.
TURNS_PER_SESSION = 40
SESSION_LIFE = timedelta(hours=24)

# Built once: every turn runs these, and building a statement costs more than running it.
CONVERSATIONS = cast("Table", Conversation.__table__)
MINE = CONVERSATIONS.c.id == bindparam("of")
STANDING = select(CONVERSATIONS).where(MINE)
_NOW = bindparam("now", type_=UtcDateTime())
_GOES_ON = CONVERSATIONS.c.session == bindparam("in_session")
NOTE = (
    update(CONVERSATIONS)
    .where(MINE)
    .values(
        person=bindparam("who"),
        session=bindparam("in_session"),
        turns=case((_GOES_ON, CONVERSATIONS.c.turns + 1), else_=1),
        started_at=case((_GOES_ON, CONVERSATIONS.c.started_at), else_=_NOW),
        in_form=bindparam("waits"),
        shown_since_core=False,
        last_turn=_NOW,
    )
)
BEGIN = insert(CONVERSATIONS)


async def standing(database: Database, conversation: str) -> Row[Any] | None:
    """The conversation as its last turn left it, None before the first."""
    return next(iter(await database.look_up(STANDING, {"of": conversation})), None)


def session_for_turn(before: Row[Any] | None, event: str, now: datetime) -> str:
    """The session's id for the next turn; a new one after 40 turns outside a form or after 24 h.

    A new one is named after the event's random id, so that a turn repeated after a crash finds its session.
    """
    fresh = f"s_{event.rpartition('_')[2]}"
    if before is None or now - before.started_at >= SESSION_LIFE:
        return fresh
    if before.turns >= TURNS_PER_SESSION and not before.in_form:
        return fresh
    return str(before.session)


def note_turn(
    session: Session, conversation: str, *, core_session: str, person: str, in_form: bool, now: datetime
) -> None:
    """Count the turn that was just answered."""
    turn = {"of": conversation, "in_session": core_session, "who": person, "waits": in_form, "now": now}
    if session.connection().execute(NOTE, turn).rowcount:
        return
    first = {"id": conversation, "session": core_session, "person": person, "in_form": in_form, "turns": 1}
    first |= {"shown_since_core": False, "started_at": now, "last_turn": now}
    session.connection().execute(BEGIN, first)


def note_shown(session: Session, *, conversation: str | None = None, person: str | None = None) -> None:
    """We showed something the core does not know of: its card is no longer the last thing seen (design rule 3)."""
    mine = Conversation.id == conversation if conversation else Conversation.person == person
    session.execute(
        update(Conversation)
        .where(mine)
        .values(shown_since_core=True)
        .execution_options(synchronize_session=False)
    )
