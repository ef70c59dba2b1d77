"""A person who talks to the real chain in the terminal channel and looks at what they see."""

import itertools
import re
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from bot.core import Core, tap_message
from cli.wire import Wire
from lianfang.client import InternalClient
from lianfang.words import Words
from services.people.client import PeopleClient
from tests.conftest import ROOT
from tests.dialogue.behind import Behind
from tests.dialogue.selling import Till, join_issuers
from tests.processes.world import World

NUMBER = re.compile(r"LF-[0-9A-Z]{4}-[0-9A-Z]{4}")
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
    def numbers(self) -> list[str]:
        """Case numbers on the screen, each once."""
        return list(dict.fromkeys(NUMBER.findall(self.text)))

    @property
    def cards(self) -> list[str]:
        return [reply["card"]["kind"] for reply in self.replies if reply["card"]]

    @property
    def labels(self) -> list[str]:
        return [button["label"] for button in self._buttons]

    @property
    def _buttons(self) -> list[dict[str, Any]]:
        return [button for reply in self.replies for button in reply["buttons"]]

    def button(self, key: str) -> str | None:
        """The payload of a button, None when it is not shown."""
        label = self._words.say(key, self.language)
        return next((button["payload"] for button in self._buttons if button["label"] == label), None)

    def sees(self, *keys: str) -> None:
        """These sentences are on the screen, whatever stands in their gaps."""
        for key in keys:
            assert self.shows(key), f"{key}: {self._words.say(key, self.language)!r} not in {self.text!r}"

    def does_not_see(self, *keys: str) -> None:
        for key in keys:
            assert not self.shows(key), f"{key} in {self.text!r}"

    def shows(self, key: str) -> bool:
        pieces = re.split(r"\{\w+\}", self._words.say(key, self.language))
        return re.search("(?s:.*?)".join(map(re.escape, pieces)), self.text) is not None


@pytest.fixture
async def meet(world: World) -> AsyncIterator[Callable[[str], User]]:
    """Meet a new person: `meet("zh-TW")`."""
    words = Words.load(ROOT / "domain.yml")
    url = f"ws://127.0.0.1:{world.chain.ports['gateway']}/terminal"
    async with Wire(url, world.chain.keys["internal_key"]) as wire:
        yield lambda language: User(wire, words, language)


@pytest.fixture(scope="session")
def issuers_keys(world: World) -> dict[str, str]:
    return join_issuers(world.chain)


@pytest.fixture
async def till(world: World, issuers_keys: dict[str, str]) -> AsyncIterator[Till]:
    """Where cards of GASH, 遊e卡 and Razer Gold are sold; MyCard has not joined."""
    async with aiohttp.ClientSession() as http:
        yield Till(f"http://127.0.0.1:{world.chain.ports['public']}", issuers_keys, http)


@pytest.fixture
def behind(world: World) -> Behind:
    return Behind(world.chain)


@pytest.fixture
def user(meet: Callable[[str], User]) -> User:
    return meet("zh-TW")


@pytest.fixture
def english(meet: Callable[[str], User]) -> User:
    return meet("en")


class Member:
    """Somebody in a group, before the core: no channel of ours passes on what is said in groups."""

    def __init__(self, core: Core, person: str, session: str) -> None:
        self._core = core
        self._session = session
        self.person = person
        self.said: list[dict[str, Any]] = []

    async def says(self, text: str) -> "Member":
        return await self._turn(text, "text")

    async def taps(self, key: str) -> "Member":
        button = next(button for reply in self.said for button in reply["buttons"] if button["key"] == key)
        return await self._turn(tap_message(button["goal"], button["params"]), "tap")

    @property
    def keys(self) -> list[str]:
        return [line["key"] for reply in self.said for line in reply["say"]]

    async def _turn(self, message: str, kind: str) -> "Member":
        metadata = {
            "event": f"evt_{time.time_ns()}",
            "person": self.person,
            "conversation": self._session,
            "channel": "line",
            "lang": "zh-TW",
            "kind": kind,
            "group": True,
        }
        self.said = (await self._core.turn(self._session, message, metadata)).messages
        return self


@pytest.fixture
async def group(world: World) -> AsyncIterator[tuple[Member, Member]]:
    """Two people in one group."""
    ports, key = world.chain.ports, world.chain.keys["internal_key"]
    services = InternalClient(f"http://127.0.0.1:{ports['services']}", key)
    rasa = InternalClient(f"http://127.0.0.1:{ports['rasa']}", key)
    people, session = PeopleClient(services), f"s_{time.time_ns()}"
    members = [
        await people.recognise(
            channel="line", address=f"{session}-{name}", event=session, language_heard=None, app_language=None
        )
        for name in ("one", "two")
    ]
    first, second = (Member(Core(rasa), member.id, session) for member in members)
    yield first, second
    await services.close()
    await rasa.close()
