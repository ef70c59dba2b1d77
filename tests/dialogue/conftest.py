"""A person who talks to the real chain in the terminal channel and looks at what they see."""

import itertools
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from cli.wire import Wire
from lianfang.words import Words
from tests.conftest import ROOT
from tests.processes.world import World

_people = itertools.count(1)


class User:
    """`await user.says(…)`, `user.sees("utter_…")`, `await user.taps("btn.…")`."""

    def __init__(self, wire: Wire, words: Words, language: str) -> None:
        self._wire = wire
        self._words = words
        self._name = f"person-{time.time_ns()}-{next(_people)}"
        self.language = language
        self.replies: list[dict[str, Any]] = []

    async def says(self, text: str) -> "User":
        answer = await self._wire.say(self._name, "text", text)
        assert answer.error is None, answer.error
        self.replies = answer.replies
        return self

    async def taps(self, key: str) -> "User":
        """Tap the button with these words; fails when it is not on the screen."""
        label = self._words.say(key, self.language)
        payloads = [button["payload"] for button in self._buttons if button["label"] == label]
        assert payloads, f"no button {label!r} among {[button['label'] for button in self._buttons]}"
        return await self.taps_payload(payloads[0])

    async def taps_payload(self, payload: str) -> "User":
        answer = await self._wire.say(self._name, "tap", payload)
        assert answer.error is None, answer.error
        self.replies = answer.replies
        return self

    @property
    def text(self) -> str:
        return "\n\n".join(reply["text"] for reply in self.replies)

    @property
    def cards(self) -> list[str]:
        return [reply["card"]["kind"] for reply in self.replies if reply["card"]]

    @property
    def _buttons(self) -> list[dict[str, Any]]:
        return [button for reply in self.replies for button in reply["buttons"]]

    def button(self, key: str) -> str | None:
        """The payload of a button, None when it is not shown."""
        label = self._words.say(key, self.language)
        return next((button["payload"] for button in self._buttons if button["label"] == label), None)

    def sees(self, *keys: str) -> None:
        """These sentences, up to their first parameter, are on the screen."""
        for key in keys:
            sentence = self._words.say(key, self.language).partition("{")[0]
            assert sentence in self.text, f"{key}: {sentence!r} not in {self.text!r}"

    def does_not_see(self, *keys: str) -> None:
        for key in keys:
            sentence = self._words.say(key, self.language).partition("{")[0]
            assert sentence not in self.text, f"{key} in {self.text!r}"


@pytest.fixture
async def meet(world: World) -> AsyncIterator[Callable[[str], User]]:
    """Meet a new person: `meet("zh-TW")`."""
    words = Words.load(ROOT / "domain.yml")
    url = f"ws://127.0.0.1:{world.chain.ports['gateway']}/terminal"
    async with Wire(url, world.chain.keys["internal_key"]) as wire:
        yield lambda language: User(wire, words, language)


@pytest.fixture
def user(meet: Callable[[str], User]) -> User:
    return meet("zh-TW")


@pytest.fixture
def english(meet: Callable[[str], User]) -> User:
    return meet("en")
