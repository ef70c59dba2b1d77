"""The vendors' own interface descriptions as referees; they lie beside the repository, never in it."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
POINTER = "#/components/schemas/"


def shared_file(name: str) -> Path | None:
    """A file of the shared folder (`LIANFANG_SHARED_DIR` names another one), None where it is absent."""
    folder = Path(os.environ.get("LIANFANG_SHARED_DIR") or REPOSITORY.parent / "shared")
    path = folder / name
    return path if path.is_file() else None


class LineSpec:
    """One of LINE's OpenAPI files, made strict: its `discriminator` without `oneOf` would accept anything."""

    def __init__(self, path: Path) -> None:
        with path.open(encoding="utf-8") as file:
            self._schemas = make_strict(yaml.load(file, Loader=yaml.CSafeLoader)["components"]["schemas"])
        self._validators: dict[str, jsonschema_rs.Draft202012Validator] = {}

    def faults(self, schema: str, instance: Any) -> list[str]:
        """What is wrong with `instance` as a `schema`, each as `path: message`."""
        if schema not in self._validators:
            document = {"$ref": POINTER + schema, "components": {"schemas": self._schemas}}
            self._validators[schema] = jsonschema_rs.Draft202012Validator(document, validate_formats=True)
        return [
            f"{error.instance_path}: {error.message}"
            for error in self._validators[schema].iter_errors(instance)
        ]


def make_strict(schemas: dict[str, Any]) -> dict[str, Any]:
    """Polymorphic schemas decide by their discriminator, and no leaf takes a property it does not know."""
    bases = {POINTER + name for name, schema in schemas.items() if "discriminator" in schema}
    strict: dict[str, Any] = {}
    for name, schema in schemas.items():
        parents = [part.get("$ref") for part in schema.get("allOf", [])]
        closed = {**schema}
        if not bases.isdisjoint(parents):
            closed["allOf"] = [
                {"$ref": part["$ref"] + "__base"} if part.get("$ref") in bases else part
                for part in schema["allOf"]
            ]
        if "discriminator" in schema:
            strict[f"{name}__base"] = {key: value for key, value in closed.items() if key != "discriminator"}
            strict[name] = _choose(schema["discriminator"])
        elif "properties" in schema or "allOf" in schema:
            strict[name] = {**closed, "unevaluatedProperties": False}
        else:
            strict[name] = closed
    return strict


def _choose(discriminator: dict[str, Any]) -> dict[str, Any]:
    name, mapping = discriminator["propertyName"], discriminator["mapping"]
    return {
        "type": "object",
        "required": [name],
        "properties": {name: {"enum": list(mapping)}},
        "allOf": [
            {"if": {"properties": {name: {"const": value}}, "required": [name]}, "then": {"$ref": pointer}}
            for value, pointer in mapping.items()
        ],
    }


@cache
def line_messaging() -> LineSpec | None:
    path = shared_file("line-openapi/messaging-api.yml")
    return LineSpec(path) if path else None


@cache
def line_webhook() -> LineSpec | None:
    path = shared_file("line-openapi/webhook.yml")
    return LineSpec(path) if path else None
