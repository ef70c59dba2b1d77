"""What a conversation's tracker keeps after a turn: its slots, the last turns, an open form from its beginning.

Rasa reads, replays, sends and writes all events in every turn, so that each turn of a session is dearer than the
one before. No rule or action looks back further than the turn before; what is dropped here is never asked for.
"""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)

TURNS_KEPT = 2


def shortened(all_events: Iterable[Event]) -> list[Event]:
    """Events that make the same state when replayed: each slot's last value, then the turns that are kept."""
    events = list(all_events)
    begin = _first_kept(events)
    last_set: dict[str, SlotSet] = {}
    for event in events[:begin]:
        if isinstance(event, (SessionStarted, Restarted, AllSlotsReset)):
            last_set.clear()
        elif isinstance(event, SlotSet):
            last_set[event.key] = event
    return [*last_set.values(), *events[begin:]]


def _first_kept(events: Sequence[Event]) -> int:
    """Where the oldest turn that is kept begins: no form was open there."""
    form, turns = None, []
    for place, event in enumerate(events):
        if isinstance(event, ActiveLoop):
            form = event.name
        elif isinstance(event, UserUttered):
            turns.append((place, form is None))
    older = turns[: max(0, len(turns) - TURNS_KEPT + 1)]
    begin = next((place for place, outside in reversed(older) if outside), 0)
    before = events[begin - 1] if begin else None
    listened = isinstance(before, ActionExecuted) and before.action_name == ACTION_LISTEN_NAME
    return begin - 1 if listened else begin


def turns_without_answer(events: Iterable[Event]) -> int:
    """How many messages in a row the open form did not take for its answer; 0 outside a form."""
    form: str | None = None
    refused: list[bool] = []
    for event in events:
        if isinstance(event, ActiveLoop):
            form, refused = event.name, []
        elif isinstance(event, UserUttered):
            refused.append(False)
        elif isinstance(event, ActionExecutionRejected) and event.action_name == form and refused:
            refused[-1] = True
    return len(list(takewhile(bool, reversed(refused)))) if form else 0


def without_question(all_events: Iterable[Event], form: str | None) -> list[Event]:
    """Without what the form itself said after the last message."""
    events = list(all_events)
    begin = max((place for place, event in enumerate(events) if isinstance(event, UserUttered)), default=0)
    kept, speaker = events[:begin], None
    for event in events[begin:]:
        if isinstance(event, ActionExecuted):
            speaker = event.action_name
        if not (isinstance(event, BotUttered) and speaker == form):
            kept.append(event)
    return kept
