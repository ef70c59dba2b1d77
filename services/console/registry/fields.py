"""The fields of a record as controls of a form, out of the desk's own description, and what a form says of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from services.locks.issuer_records import ALL_NEEDS, CHOICES
from services.registry.desk.kinds import KINDS

Control = Literal["line", "long", "date", "number", "yes", "choice", "lines", "names", "several"]
ABOUT: Mapping[str, tuple[str, ...]] = {
    "organisation": ("organisation",),
    "domain": ("organisation", "domain"),
    "domain_list": ("organisation",),
    "contact": ("organisation", "contact_kind", "value"),
    "number": ("number",),
    "issuer": ("issuer",),
}
CONTACT_KINDS = ("short_code", "phone", "line_id", "bank_code")
_BRACKETS = re.compile(r"【(.+)】")
_SPECIAL: Mapping[str, Control] = {
    "verified_on": "date",
    "confirmed": "yes",
    "complete": "yes",
    "evidence": "long",
    "source": "long",
    "aliases": "names",
    "needs": "several",
    "delay_hours": "number",
    "own_rule_hours": "number",
}


@dataclass(frozen=True)
class FieldShape:
    """One control; `options` of choices."""

    name: str
    control: Control
    options: tuple[str, ...]
    required: bool


def shapes(kind: str) -> list[FieldShape]:
    """The controls for a record of this kind, in the order of its description."""
    return [
        _shape(name, field.annotation, required=field.is_required())
        for name, field in KINDS[kind].values.model_fields.items()
    ]


def written(shape: FieldShape, value: Any) -> str | list[str]:
    """A value as its control holds it."""
    if value is None:
        return [] if shape.control == "several" else ""
    if shape.control == "yes":
        return "yes" if value else "no"
    if shape.control == "names":
        return "\n".join(f"【{one['text']}】" if one.get("brackets") else one["text"] for one in value)
    if shape.control == "several":
        return list(value)
    return str(value)


def read(kind: str, form: Mapping[str, str], several: Mapping[str, list[str]]) -> dict[str, Any]:
    """The values a form holds; what is left empty is None, and the desk says whether it may be."""
    own = defaults(kind)
    values = {shape.name: _value(shape, form, several) for shape in shapes(kind)}
    return {name: value for name, value in values.items() if value is not None or name not in own}


def defaults(kind: str) -> dict[str, Any]:
    """What a new record holds before anybody chose."""
    fields = KINDS[kind].values.model_fields
    return {
        name: field.default
        for name, field in fields.items()
        if not field.is_required() and field.default is not None
    }


def _value(shape: FieldShape, form: Mapping[str, str], several: Mapping[str, list[str]]) -> Any:
    text = form.get(shape.name, "").strip()
    if shape.control == "several":
        return [one for one in several.get(shape.name, []) if one in shape.options]
    if shape.control == "names":
        return [_alias(line.strip()) for line in text.splitlines() if line.strip()]
    if shape.control == "yes":
        return {"yes": True, "no": False}.get(text)
    if shape.control == "number" and text.isdecimal():
        return int(text)
    return text or None


def _alias(line: str) -> dict[str, Any]:
    marked = _BRACKETS.fullmatch(line)
    return {"text": marked[1] if marked else line, "brackets": marked is not None}


def _shape(name: str, annotation: Any, *, required: bool) -> FieldShape:
    options = CHOICES.get(name, ()) or _literal(annotation)
    if name == "needs":
        return FieldShape(name, "several", ALL_NEEDS, required=False)
    control = _SPECIAL.get(name, "choice" if options else "line")
    return FieldShape(name, control, options, required)


def _literal(annotation: Any) -> tuple[str, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()
