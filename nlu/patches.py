"""Removes the two hot spots of a Rasa turn (68 % and 19 % of its time); refuses any Rasa but 3.6.21.

Both replace private code of third parties, which is tolerable only because Rasa 3.6 is frozen at 3.6.21.
"""

from functools import lru_cache
from typing import Any

import rasa
from jsonschema import Draft7Validator
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event

RASA_VERSION = "3.6.21"


class WrongRasaVersion(RuntimeError):
    """Another Rasa is installed: nlu/uv.lock is not what runs here."""


def apply_patches() -> None:
    """Check an action's answer with a prebuilt validator, and look up event classes once."""
    if rasa.__version__ != RASA_VERSION:
        raise WrongRasaVersion(f"nlu/patches.py is written for Rasa {RASA_VERSION}, found {rasa.__version__}")
    _check_answers_with_one_validator()
    _look_up_event_classes_once()


def _check_answers_with_one_validator() -> None:
    # jsonschema.validate() proves the constant schema valid again for every action.
    validator = Draft7Validator(RemoteAction.action_response_format_spec())

    def validate_action_result(_action: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    _replace(RemoteAction, "_validate_action_result", validate_action_result)


def _look_up_event_classes_once() -> None:
    # Rasa walks all subclasses of Event for each event of each tracker it reads.
    _replace(Event, "resolve_by_type", staticmethod(lru_cache(maxsize=128)(Event.resolve_by_type)))


def _replace(owner: type, name: str, replacement: Any) -> None:
    if not hasattr(owner, name):
        raise WrongRasaVersion(f"{owner.__name__}.{name} does not exist in this Rasa")
    setattr(owner, name, replacement)
