"""Rasa obeys a message that begins with `/`; what a person typed must never be one."""


def escape_command(text: str) -> str:
    """With a full-width slash `/restart` and `/intent{…}` are only text."""
    stripped = text.strip()
    return "／" + stripped[1:] if stripped.startswith("/") else text
