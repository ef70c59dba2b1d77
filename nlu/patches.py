"""Removes two hot spots of a Rasa turn (68 % and 19 % of its time); refuses any Rasa but 3.6.21.

Both replace private code of a third party, which is tolerable only because Rasa 3.6 is frozen at 3.6.21. What a
subclass can do stands in processor.py, runner.py, connection.py and components/rules.py.
"""

from functools import lru_cache
from typing import Any

import rasa
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event
from rasa.shared.exceptions import RasaException

RASA_VERSION = "3.6.21"


class WrongRasaVersion(RuntimeError):
    """Another Rasa is installed: nlu/uv.lock is not what runs here."""


class BadActionAnswer(RasaException):
    """The action server answered something else than lists of events and responses."""


def apply_patches() -> None:
    """Check an action's answer by hand, and look up event classes once."""
    if rasa.__version__ != RASA_VERSION:
        raise WrongRasaVersion(f"nlu/patches.py is written for Rasa {RASA_VERSION}, found {rasa.__version__}")
    for owner, name, replacement in patches():
        if name not in vars(owner):
            raise WrongRasaVersion(f"{owner.__name__}.{name} does not exist in this Rasa")
        setattr(owner, name, replacement)


def patches() -> list[tuple[type, str, Any]]:
    """What is replaced: the class, the name in it, and by what."""
    return [
        # jsonschema proves the constant schema valid again for every action, then tries each of its alternatives
        # on every event. Which event it is and what it needs, Rasa checks again when it makes the event.
        (RemoteAction, "_validate_action_result", _validate_action_result),
        # Rasa walks all subclasses of Event for each event of each tracker it reads.
        (Event, "resolve_by_type", staticmethod(lru_cache(maxsize=128)(Event.resolve_by_type))),
    ]


def _validate_action_result(_action: RemoteAction, result: dict[str, Any]) -> bool:
    events, responses = result.get("events", []), result.get("responses", [])
    if not (isinstance(events, list) and isinstance(responses, list)):
        raise BadActionAnswer("events and responses must be lists")
    if not all(isinstance(entry, dict) for entry in (*events, *responses)):
        raise BadActionAnswer("events and responses must hold objects")
    if not all(isinstance(event.get("event"), str) for event in events):
        raise BadActionAnswer("an event must say which it is")
    return True
