"""How far an import is: a bar on a terminal, a line now and then elsewhere; rows read, then stored."""

import sys

from cli.telling import report

WIDTH = 30
EVERY_ROWS = 10_000


class Progress:
    """Called with (rows stored, of all to store), or (0, rows read) while the file is read."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._on_terminal = sys.stderr.isatty()
        self._told_read = self._told_stored = 0
        self._drawn = False

    def __call__(self, stored: int, of: int) -> None:
        if self._on_terminal:
            self._draw(stored, of)
        elif stored == 0 and of - self._told_read >= EVERY_ROWS:
            self._told_read = of
            report(f"{self._kind}: {of} rows read")
        elif stored and (stored == of or stored - self._told_stored >= EVERY_ROWS):
            self._told_stored = stored
            report(f"{self._kind}: {stored} of {of} stored")

    def close(self) -> None:
        if self._drawn:
            sys.stderr.write("\n")

    def _draw(self, stored: int, of: int) -> None:
        if stored:
            filled = WIDTH * stored // max(of, 1)
            line = f"storing [{'█' * filled}{'·' * (WIDTH - filled)}] {stored}/{of}"
        else:
            line = f"reading {of} rows"
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()
        self._drawn = True
