"""Telegram's Bot API, machine readable, as the referee of our calls."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.fakes.vendor_specs import shared_file

PLAIN = {"Integer": int, "String": str, "Boolean": bool, "Float": float}


class TelegramSpec:
    """Methods, parameters and nested types as the Bot API documents them."""

    def __init__(self, path: Path) -> None:
        described = json.loads(path.read_text(encoding="utf-8"))
        self._methods = described["methods"]
        self._types = described["types"]

    def faults(self, method: str, form: dict[str, str]) -> list[str]:
        """What is wrong with a form-encoded call: every value is decoded as its declared type first."""
        if method not in self._methods:
            return [f"{method}: no such method"]
        given = {name: self._decode(value, self._declared(method, name)) for name, value in form.items()}
        return self.json_faults(method, given)

    def json_faults(self, method: str, parameters: dict[str, Any]) -> list[str]:
        """The same for parameters that are decoded already."""
        return self._fields(method, self._methods[method].get("fields", []), parameters)

    def update_faults(self, update: dict[str, Any]) -> list[str]:
        """What is wrong with an update that a test says Telegram sends."""
        return self._of_type("update", update, "Update")

    def _declared(self, method: str, name: str) -> list[str]:
        fields = self._methods[method].get("fields", [])
        return next((field["types"] for field in fields if field["name"] == name), [])

    def _decode(self, value: str, types: list[str]) -> Any:
        for wanted in types:
            if wanted == "String":
                continue
            try:
                decoded = json.loads(value)
            except ValueError:
                continue
            if not self._of_type("", decoded, wanted):
                return decoded
        return value

    def _fields(self, where: str, fields: list[dict[str, Any]], given: dict[str, Any]) -> list[str]:
        known = {field["name"]: field for field in fields}
        found = [f"{where}.{name}: unknown" for name in given if name not in known]
        for name, field in known.items():
            if name in given:
                found += self._any_of(f"{where}.{name}", given[name], field["types"])
            elif field["required"]:
                found.append(f"{where}.{name}: missing")
        return found

    def _any_of(self, where: str, value: Any, types: list[str]) -> list[str]:
        found = [self._of_type(where, value, wanted) for wanted in types]
        return min(found, key=len)

    def _of_type(self, where: str, value: Any, wanted: str) -> list[str]:
        if wanted.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: not an array"]
            inner = wanted.removeprefix("Array of ")
            return [fault for item in value for fault in self._of_type(where, item, inner)]
        if wanted in PLAIN:
            is_wanted = type(value) is PLAIN[wanted] or (wanted == "Float" and type(value) is int)
            return [] if is_wanted else [f"{where}: not {wanted}"]
        described = self._types[wanted]
        if "subtypes" in described:
            return self._any_of(where, value, described["subtypes"])
        if not isinstance(value, dict):
            return [f"{where}: not a {wanted}"]
        return self._fields(where, described.get("fields", []), value)


@cache
def telegram_spec() -> TelegramSpec | None:
    path = shared_file("telegram-bot-api/api.json")
    return TelegramSpec(path) if path else None
