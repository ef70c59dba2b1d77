"""One real chain for all end-to-end and dialogue tests, with fake LINE and Telegram servers beside it."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

from lianfang.clock import utc_now
from tests.conftest import ROOT
from tests.fakes.line_api import FakeLine
from tests.fakes.telegram_api import FakeTelegram
from tests.processes.chain import LINE_SECRET, TELEGRAM_SECRET, Chain

T = TypeVar("T")


class Beside:
    """An event loop in a thread of its own, for servers that outlive a test's loop."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()


@dataclass
class World:
    """The chain and the vendors it talks to."""

    chain: Chain
    line: FakeLine
    telegram: FakeTelegram
    ready: str


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    if not (ROOT / "nlu" / ".venv").is_dir():
        pytest.skip("nlu's environment is not there: `make test` makes it")
    beside = Beside()
    line = FakeLine(utc_now)
    telegram = FakeTelegram(utc_now)
    chain = Chain(
        tmp_path_factory.mktemp("chain"),
        {
            "LINE_CHANNEL_SECRET": LINE_SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": line.access_token,
            "LINE_API_BASE": beside.run(line.start()),
            "TELEGRAM_BOT_TOKEN": telegram.bot_token,
            "TELEGRAM_SECRET_TOKEN": TELEGRAM_SECRET,
            "TELEGRAM_API_BASE": beside.run(telegram.start()),
        },
    )
    ready = chain.start()
    yield World(chain, line, telegram, ready)
    chain.stop()
    beside.run(line.stop())
    beside.run(telegram.stop())
    beside.stop()
