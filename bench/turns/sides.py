"""The two that are compared: our chain, and stock Rasa with the chain's action server and services."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bench.stock import process
from bench.turns.costs import memory_mb
from bench.turns.dialogues import Dialogue
from bench.turns.driving import Begin
from bench.turns.talks import GatewayTalk, RestTalk, Talk
from cli.family import Lifeline
from cli.wire import Wire
from lianfang.client import InternalClient
from lianfang.ids import new_id
from lianfang.settings import ROOT
from lianfang.words import Words
from services.people.client import PeopleClient, Person
from tests.processes.chain import Chain, free_ports


@dataclass(frozen=True)
class Side:
    """How a conversation begins (`place` numbers the people), and which processes serve it."""

    name: str
    begin: Begin
    pids: dict[str, int]

    @property
    def memory_mb(self) -> float:
        """Of the Rasa process."""
        return memory_mb(self.pids["rasa"])


@asynccontextmanager
async def our_side(chain: Chain, places: int) -> AsyncIterator[Side]:
    """A connection for each person, as people have."""
    words = Words.load(ROOT / "domain.yml")
    url = chain.gateway.replace("http:", "ws:") + "/terminal"
    async with contextlib.AsyncExitStack() as stack:
        key = chain.keys["internal_key"]
        wires = [await stack.enter_async_context(Wire(url, key)) for _ in range(places)]

        async def begin(place: int, _dialogue: Dialogue) -> Talk:
            return GatewayTalk(wires[place], words)

        yield Side("ours", begin, _pids(chain, "gateway", "rasa", "actions", "services"))


@asynccontextmanager
async def stock_side(chain: Chain, places: int, model: Path, lifeline: Lifeline) -> AsyncIterator[Side]:
    """Persons are made before any clock runs; our gateway looks them up in every turn."""
    key = chain.keys["internal_key"]
    (port,) = free_ports(1)
    log = chain.data_dir / "logs" / "stock.log"
    actions = f"http://127.0.0.1:{chain.ports['actions']}/webhook"
    persons = await _make_persons(f"http://127.0.0.1:{chain.ports['services']}", key, places)
    async with (
        process.serving(model, port, actions, key, lifeline, log) as url,
        aiohttp.ClientSession(trust_env=False, connector=aiohttp.TCPConnector(limit=0)) as http,
    ):

        async def begin(place: int, dialogue: Dialogue) -> Talk:
            return RestTalk(http, url, persons[place].id, dialogue.language)

        chain.ports["stock"] = port
        pids = _pids(chain, "stock", "actions", "services")
        yield Side("stock", begin, {"rasa": pids.pop("stock"), **pids})


async def _make_persons(services: str, key: str, count: int) -> list[Person]:
    http = InternalClient(services, key)
    people = PeopleClient(http)
    try:
        return await asyncio.gather(
            *(
                people.recognise(
                    channel="terminal",
                    address=f"stock-{number}",
                    event=new_id("in"),
                    language_heard=None,
                    app_language=None,
                )
                for number in range(count)
            )
        )
    finally:
        await http.close()


def _pids(chain: Chain, *parts: str) -> dict[str, int]:
    """The processes that listen, and this one, which talks to them on the same processors."""
    return {part: chain.pids_listening(part)[0] for part in parts} | {"client": os.getpid()}
