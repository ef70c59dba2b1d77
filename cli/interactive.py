"""A person at the terminal: a prompt, answers, numbered buttons, and pushes above what is being typed."""

import asyncio
import os
import shutil
import sys
import termios
import tty
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from cli import editor
from cli.lines import lines_of
from cli.wire import Answer, Said

PROMPT = "> "
QUIT = "/quit"
HINT = "Type or paste a message and press Enter; a number taps that button; /quit leaves."

Say = Callable[[str, Said, str], Awaitable[Answer]]


class Buttons:
    """The buttons shown last, by their numbers."""

    def __init__(self) -> None:
        self._payloads: list[str] = []

    def show(self, replies: list[dict[str, Any]]) -> str:
        """The replies as text for the terminal; from now on the numbers mean these buttons."""
        shown = [button for reply in replies for button in reply.get("buttons", []) if button.get("payload")]
        if shown:
            self._payloads = [button["payload"] for button in shown]
        texts = [str(reply.get("text", "")) for reply in replies]
        if shown:
            texts.append(
                "   ".join(f"[{number}] {button['label']}" for number, button in enumerate(shown, 1))
            )
        return "\n\n".join(text for text in texts if text)

    def meaning(self, typed: str) -> tuple[Said, str]:
        """A number that stands on a button taps it; everything else is text."""
        word = typed.strip()
        if word.isascii() and word.isdigit() and 1 <= int(word) <= len(self._payloads):
            return "tap", self._payloads[int(word) - 1]
        return "text", typed


class Screen:
    """A terminal with one line being edited at its end."""

    def __init__(self) -> None:
        self._editor = editor.Editor()
        self._drawn_rows = 0
        self._messages: asyncio.Queue[str | None] = asyncio.Queue()
        self.waiting = False

    async def messages(self) -> AsyncIterator[str]:
        """What the person sends, until they leave."""
        loop = asyncio.get_running_loop()
        with _one_key_at_a_time(sys.stdin.fileno()):
            self._write(editor.ASK_FOR_PASTE_MARKS)
            loop.add_reader(sys.stdin.fileno(), self._take)
            self._draw()
            try:
                while (message := await self._messages.get()) is not None:
                    yield message
            finally:
                loop.remove_reader(sys.stdin.fileno())
                self._clear()
                self._write(editor.NO_PASTE_MARKS)

    def show(self, text: str) -> None:
        """Print above the line being typed."""
        self._clear()
        self._write(text + "\n\n")
        self._draw()

    def _take(self) -> None:
        data = os.read(sys.stdin.fileno(), 65536)
        try:
            messages = self._editor.feed(data or editor.END)
        except editor.Quit:
            self._messages.put_nowait(None)
            return
        self._clear()
        for message in messages:
            if message.strip():
                self._write(f"{PROMPT}{_indented(message)}\n")
                self._messages.put_nowait(None if message.strip() == QUIT else message)
        self._draw()

    def _clear(self) -> None:
        if self._drawn_rows:
            up = f"\x1b[{self._drawn_rows - 1}A" if self._drawn_rows > 1 else ""
            self._write(f"{up}\r\x1b[J")
        self._drawn_rows = 0

    def _draw(self) -> None:
        line = ("… " if self.waiting else PROMPT) + _indented(self._editor.text)
        self._write(line)
        self._drawn_rows = editor.rows(line, shutil.get_terminal_size().columns)

    def redraw(self) -> None:
        self._clear()
        self._draw()

    @staticmethod
    def _write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


async def converse_on_screen(user: str, screen: Screen, say: Say, buttons: Buttons) -> None:
    """Talk until the person leaves."""
    screen.show(HINT)
    async for typed in screen.messages():
        kind, content = buttons.meaning(typed)
        screen.waiting = True
        screen.redraw()
        answer = await say(user, kind, content)
        screen.waiting = False
        screen.show(_in_words(answer, buttons))


async def converse_plainly(user: str, say: Say) -> None:
    """Standard input is no terminal: each line is a message, each answer is printed."""
    buttons = Buttons()
    async for raw in lines_of(sys.stdin.fileno()):
        typed = raw.decode("utf-8", "replace")
        if typed.strip() == QUIT:
            return
        if typed.strip():
            kind, content = buttons.meaning(typed)
            sys.stdout.write(_in_words(await say(user, kind, content), buttons) + "\n\n")
            sys.stdout.flush()


def _in_words(answer: Answer, buttons: Buttons) -> str:
    parts = [buttons.show([*answer.pushes, *answer.replies])]
    if answer.error:
        parts.append(f"({answer.error})")
    return "\n".join(part for part in parts if part)


def _indented(text: str) -> str:
    return text.replace("\n", "\n" + " " * len(PROMPT))


@contextmanager
def _one_key_at_a_time(file: int) -> Iterator[None]:
    before = termios.tcgetattr(file)
    tty.setcbreak(file)
    try:
        yield
    finally:
        termios.tcsetattr(file, termios.TCSADRAIN, before)
