"""A running LINE bench and a running Telegram bench, for what the common table cannot say."""

from collections.abc import AsyncIterator

import pytest

from tests.contract.channels.cases import running
from tests.contract.channels.line_cases import LineBench
from tests.contract.channels.telegram_cases import TelegramBench


@pytest.fixture
async def line() -> AsyncIterator[LineBench]:
    async with running(LineBench()) as bench:
        yield bench


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramBench]:
    async with running(TelegramBench()) as bench:
        yield bench
