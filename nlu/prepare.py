"""What a process must do before it imports Rasa: no telemetry, no TensorFlow, no foreign warnings."""

import os
import warnings
from typing import Any

from nlu.absent import NEVER_USED, NOT_USED_IN_SERVING, leave_out


def _say_nothing(*_warning: Any, **_place: Any) -> None:
    """Foreign libraries warn their own developers."""


def prepare_rasa(*, training: bool = False) -> None:
    """Telemetry is on by default in Rasa; training leaves no cache folder (it takes seconds)."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    # Not a filter: some of Rasa's libraries set filters themselves. A warning may quote a citizen's text.
    warnings.showwarning = _say_nothing
    leave_out(NEVER_USED if training else NOT_USED_IN_SERVING)
