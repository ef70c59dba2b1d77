"""Typed text as the core may see it: nothing of it reads as one of the core's own commands."""

from lianfang.text.normalise import normalise


def escape(text: str) -> str | None:
    """Without what reads as `/` in front, however written; None when nothing is left."""
    left = text[_begin(text) :]
    return left if normalise(left).strip() else None


def is_command(text: str) -> bool:
    """Whether it was typed as `/…`: what is left of it is no plain yes to anything."""
    return "/" in normalise(text[: _begin(text)])


def _begin(text: str) -> int:
    start = 0
    while start < len(text) and normalise(text[start]).strip() in {"", "/"}:
        start += 1
    return start
