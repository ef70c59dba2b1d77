"""Which session of the core a conversation is in, and when it gets a new one (outside a form)."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.models import Conversation

# Rasa slows down as a session grows (reference: turn 500 takes ten times turn 5), so sessions end early.
TURNS_PER_SESSION = 40
SESSION_LIFE = timedelta(hours=24)


def current_session(session: Session, conversation: str, event: str, now: datetime) -> str:
    """The session's id for the next turn; a new one after 40 turns outside a form or after 24 h.

    A new one is named after the event's random id, so that a turn repeated after a crash finds its session.
    """
    fresh = f"s_{event.rpartition('_')[2]}"
    row = session.get(Conversation, conversation)
    if row is None or now - row.started_at >= SESSION_LIFE:
        return fresh
    if row.turns >= TURNS_PER_SESSION and not row.in_form:
        return fresh
    return row.session


def note_turn(
    session: Session, conversation: str, *, core_session: str, person: str, in_form: bool, now: datetime
) -> None:
    """Count the turn that was just answered."""
    row = session.get(Conversation, conversation)
    if row is None:
        row = Conversation(
            id=conversation,
            session=core_session,
            turns=0,
            in_form=False,
            shown_since_core=False,
            started_at=now,
            last_turn=now,
        )
        session.add(row)
    elif row.session != core_session:
        row.session, row.turns, row.started_at = core_session, 0, now
    row.person, row.in_form, row.last_turn = person, in_form, now
    row.shown_since_core = False
    row.turns += 1


def note_shown(session: Session, *, conversation: str | None = None, person: str | None = None) -> None:
    """We showed something the core does not know of: its card is no longer the last thing seen (design rule 3)."""
    mine = Conversation.id == conversation if conversation else Conversation.person == person
    session.execute(
        update(Conversation)
        .where(mine)
        .values(shown_since_core=True)
        .execution_options(synchronize_session=False)
    )


def was_shown(session: Session, conversation: str) -> bool:
    """Whether something was shown since the core's last reply."""
    row = session.get(Conversation, conversation)
    return row is not None and row.shown_since_core


def known_session(session: Session, conversation: str) -> str | None:
    """The session as it stands, None when there is none."""
    row = session.get(Conversation, conversation)
    return row.session if row else None
