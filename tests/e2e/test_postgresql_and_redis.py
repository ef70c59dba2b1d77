"""The same chain on PostgreSQL, with the core's memory in Redis: a form survives the death of the core."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from cli.wire import Wire
from lianfang.ids import new_token
from lianfang.words import Words
from tests.conftest import ROOT
from tests.processes.chain import Chain, free_ports, until

pytestmark = pytest.mark.processes


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed (Debian: apt install redis-server)")
    (port,) = free_ports(1)
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait(timeout=10)


async def test_a_form_survives_the_cores_death(postgres_url: str, redis_url: str, tmp_path: Path) -> None:
    if not (ROOT / "nlu" / ".venv").is_dir():
        pytest.skip("nlu's environment is not there: `make test` makes it")
    name = "chain_" + new_token("x")[2:10].lower().replace("-", "_")
    admin = create_async_engine(
        f"postgresql+psycopg://postgres@/postgres?host={postgres_url}", isolation_level="AUTOCOMMIT"
    )
    async with admin.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await admin.dispose()
    url = f"postgresql+psycopg://postgres@/{name}?host={postgres_url}"
    chain = Chain(tmp_path / "data", {"LIANFANG_DATABASE_URL": url, "LIANFANG_REDIS_URL": redis_url})
    words = Words.load(ROOT / "domain.yml")
    chain.start()
    try:
        address = f"ws://127.0.0.1:{chain.ports['gateway']}/terminal"
        async with Wire(address, chain.keys["internal_key"]) as wire:
            asked = await wire.say("阿嬤", "text", "這封簡訊是真的嗎")
            assert words.say("utter_ask_message", "zh-TW") in asked.replies[0]["text"]
            chain.kill("rasa")

            async def core_is_back() -> bool:
                other = await wire.say("別人", "text", "謝謝")
                return words.say("utter_thanks", "zh-TW") in other.replies[0]["text"]

            await until(core_is_back, within=90, every=1)
            checked = await wire.say("阿嬤", "text", "明天早上九點開會，記得帶投影片")
            assert checked.replies[0]["card"]["kind"] == "verdict"
    finally:
        chain.stop()
