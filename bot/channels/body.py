"""Reading a webhook's body without trusting it: strict JSON, then each field or None when it does not fit."""

import json
from datetime import datetime, timedelta
from typing import Any, NoReturn

from bot.channels.port import BadRequest
from lianfang.clock import UTC

LONGEST_ID = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`; anything else is a BadRequest."""
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, absurd numbers, absurd depth
        raise BadRequest("not JSON") from error
    if not isinstance(found, dict):
        raise BadRequest("not an object")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are Python's, not JSON's


def object_in(parent: dict[str, Any], key: str) -> dict[str, Any]:
    """The object under `key`, empty when there is none: chains of look-ups end in None by themselves."""
    found = parent.get(key)
    return found if isinstance(found, dict) else {}


def text_in(parent: dict[str, Any], key: str) -> str | None:
    """The string under `key`; lone surrogates, which no database takes, become the replacement character."""
    found = parent.get(key)
    return well_formed(found) if isinstance(found, str) else None


def well_formed(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def id_in(parent: dict[str, Any], key: str) -> str | None:
    """An address or id: short printable ASCII or an integer; nothing else may become a key of ours."""
    found = parent.get(key)
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found) if abs(found) < 1 << 63 else ""
    if not isinstance(found, str) or not 0 < len(found) <= LONGEST_ID:
        return None
    return found if found.isascii() and found.isprintable() else None


def moment_in(parent: dict[str, Any], key: str, unit: timedelta, otherwise: datetime) -> datetime:
    """The time under `key`, counted in `unit` since 1970."""
    found = parent.get(key)
    if not isinstance(found, int) or isinstance(found, bool):
        return otherwise
    try:
        return EPOCH + found * unit
    except OverflowError:
        return otherwise
