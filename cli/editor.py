"""A line being typed or pasted, without IO: bytes of a terminal in, whole messages and what to draw out."""

import codecs
import re
import unicodedata

PASTE_BEGINS = "\x1b[200~"
PASTE_ENDS = "\x1b[201~"
ASK_FOR_PASTE_MARKS = "\x1b[?2004h"
NO_PASTE_MARKS = "\x1b[?2004l"
END = b"\x03"  # what a closed terminal amounts to

_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?<=>]*[ -/]*[@-~]|O[ -~]|[^\[O])")
_UNFINISHED_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?<=>]*[ -/]*|O)?$")
_WORD = re.compile(r"\S*\s*$")


class Quit(Exception):
    """The person wants to leave (Ctrl-C, or Ctrl-D on an empty line)."""


class Editor:
    """Collects what is typed; a paste of many lines is one message."""

    def __init__(self) -> None:
        self.text = ""
        self._pasting = False
        self._unfinished = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, data: bytes) -> list[str]:
        """The messages these bytes complete. Raises Quit."""
        coming = self._unfinished + self._decoder.decode(data)
        cut = _UNFINISHED_ESCAPE.search(coming)
        self._unfinished = coming[cut.start() :] if cut else ""
        coming = coming[: cut.start()] if cut else coming
        messages: list[str] = []
        while coming:
            escape = _ESCAPE.match(coming)
            key = escape[0] if escape else coming[0]
            coming = coming[len(key) :]
            # A terminal without paste marks: nobody types on within the same read, so this newline is pasted.
            within_paste = self._pasting or (key in "\r\n" and bool(coming.strip("\r\n")))
            if (message := self._press(key, within_paste=within_paste)) is not None:
                messages.append(message)
        return messages

    def _press(self, key: str, *, within_paste: bool) -> str | None:
        if key in {PASTE_BEGINS, PASTE_ENDS}:
            self._pasting = key == PASTE_BEGINS
        elif key in "\r\n":
            if not within_paste:
                message, self.text = self.text.strip("\n"), ""
                return message
            self.text += "\n"
        elif key == "\x03" or (key == "\x04" and not self.text):
            raise Quit
        elif key in "\x7f\b":
            self.text = self.text[:-1]
        elif key == "\x15":  # Ctrl-U
            self.text = ""
        elif key == "\x17":  # Ctrl-W
            self.text = _WORD.sub("", self.text, count=1)
        elif key == "\t" or (key >= " " and not key.startswith("\x1b")):
            self.text += key
        return None


def rows(text: str, columns: int) -> int:
    """How many rows of the terminal a drawn text takes; wide signs take two columns and do not break."""
    row, column = 1, 0
    for sign in text:
        if sign == "\n":
            row, column = row + 1, 0
            continue
        width = _width(sign)
        if column + width > columns:
            row, column = row + 1, 0
        column += width
    return row


def _width(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
