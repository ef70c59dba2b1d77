"""A gateway without its processes: real inbox, real services over HTTP, a scripted core, a recording channel."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from bot.core import Core
from bot.dispatch import Dispatcher
from bot.inbox import Inbox
from bot.messages import Destination, Inbound, Reply, Sent
from bot.noticing import Noticing
from bot.turn import Turns
from lianfang.client import InternalClient
from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.settings import Settings
from lianfang.words import Words
from services.app import build_internal_app
from services.people.client import PeopleClient
from services.registry.client import RegistryClient
from services.registry.seeding import load_seed
from tests.conftest import PATIENCE, ROOT, Hands
from tests.fakes.core import FakeCore, answer, say

KEY = "internal-key-of-tests"


@dataclass
class RecordingChannel:
    """Remembers what was sent where; raises what a test asks for first."""

    name: str = "line"
    sent: list[tuple[Destination, list[dict[str, Any]]]] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    profiles: dict[str, str] = field(default_factory=dict)

    def parse(
        self, headers: Mapping[str, str], body: bytes, received_at: datetime
    ) -> tuple[list[Inbound], int]:
        raise NotImplementedError

    def render(self, replies: Sequence[Reply]) -> list[dict[str, Any]]:
        return [
            {
                "text": reply.text,
                "card": reply.card,
                "buttons": [[button.label, button.payload] for button in reply.buttons],
            }
            for reply in replies
        ]

    async def send(
        self, to: Destination, messages: Sequence[dict[str, Any]], *, already_sent: int = 0
    ) -> Sent:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append((to, list(messages[already_sent:])))
        return Sent(len(messages))

    async def show_working(self, to: Destination) -> None: ...

    async def profile_language(self, person: str) -> str | None:
        return self.profiles.get(person)

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    @property
    def texts(self) -> list[str]:
        return [message["text"] for _, messages in self.sent for message in messages]


@dataclass
class Bench:
    """One gateway on the bench."""

    database: Database
    clock: Hands
    inbox: Inbox
    core: FakeCore
    channel: RecordingChannel
    dispatcher: Dispatcher
    noticing: Noticing
    words: Words
    vault: Vault
    services: TestServer
    services_port: int
    _number: int = 0

    async def receives(self, text: str | None = None, **changes: Any) -> None:
        """An event comes in."""
        self._number += 1
        facts: dict[str, Any] = {
            "channel": "line",
            "event_id": f"e{self._number}",
            "kind": "text",
            "conversation": "U1",
            "person": "U1",
            "is_group": False,
            "sent_at": self.clock(),
            "message_id": f"m{self._number}",
            "reply_to": f"r{self._number}",
            "text": text,
        }
        await self.inbox.store([Inbound(**(facts | changes))])

    async def works(self) -> int:
        """All that is due is handled, in order; returns how many events that were."""
        handled = 0
        while claimed := await self.inbox.claim(10):
            for one in claimed:
                await self.dispatcher.handle(one)
            handled += len(claimed)
        return handled

    async def restarts_services(self) -> None:
        """The same services again, on the same port."""
        settings = Settings(internal_key=KEY)
        app = build_internal_app(settings, self.database, self.vault, self.clock)
        self.services = TestServer(app, port=self.services_port)
        await self.services.start_server()

    def says(self, key: str, language: str = "zh-TW", **params: Any) -> str:
        return self.words.say(key, language, {"operator": "測試", **params})


@pytest.fixture
async def bench(database: Database, vault: Vault, clock: Hands) -> AsyncIterator[Bench]:
    await load_seed(database, clock)
    settings = Settings(internal_key=KEY)
    services = TestServer(build_internal_app(settings, database, vault, clock))
    await services.start_server()
    core = FakeCore(lambda _body: answer(say("utter_help")))
    to_services = InternalClient(str(services.make_url("")).rstrip("/"), KEY, patience=PATIENCE)
    to_core = InternalClient(await core.start(), KEY, patience=PATIENCE)
    words = Words.load(ROOT / "domain.yml")
    people, registry = PeopleClient(to_services), RegistryClient(to_services)
    channel = RecordingChannel()
    channels = {"line": channel}
    inbox = Inbox(database, vault, clock)
    noticing = Noticing(database, vault, clock, words, "測試", people, channels)
    turns = Turns(database, inbox, clock, words, "測試", people, registry, Core(to_core), channels)
    dispatcher = Dispatcher(inbox, database, clock, turns, noticing, channels)
    one = Bench(
        database,
        clock,
        inbox,
        core,
        channel,
        dispatcher,
        noticing,
        words,
        vault,
        services,
        services.port or 0,
    )
    yield one
    await to_services.close()
    await to_core.close()
    await core.stop()
    await one.services.close()
