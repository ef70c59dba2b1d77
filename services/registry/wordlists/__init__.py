"""Word lists of the rules as plain text files, one or more words a line."""

from pathlib import Path


def words(name: str) -> frozenset[str]:
    """The words of `<name>.txt` beside this module."""
    return frozenset((Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").split())
