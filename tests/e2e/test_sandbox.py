"""The sandbox's commands as processes, beside a running chain and without one: one JSON line each, the same answers."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from cli.places import read_settings
from cli.sandbox.place import clock_of
from lianfang.clock import TAIPEI, UTC, rfc3339
from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.settings import Settings
from services.app import build_internal_app
from tests.conftest import ROOT
from tests.processes.chain import Chain, until

pytestmark = pytest.mark.processes
SERIAL, RAZERS = "GA12345678", "RZ12345678"
INVOICE = "AB12345678"


@dataclass
class Sandbox:
    """The commands with one data folder; `chain` when one runs."""

    data_dir: Path
    chain: Chain | None = None

    def __call__(self, *arguments: str, status: int = 0) -> dict[str, Any]:
        done = subprocess.run(
            [str(Path(sys.executable).parent / "lianfang"), "sandbox", *arguments],
            cwd=ROOT,
            env=Chain(self.data_dir).environ,  # another shell: it knows the folder, not the chain's ports
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stderr[-2000:]
        (line,) = done.stdout.splitlines()
        answer: dict[str, Any] = json.loads(line)
        return answer

    def brief(self, *arguments: str) -> tuple[str, str | None]:
        answer = self(*arguments)
        return answer["result"], answer["reason"]

    def sell(self, serial: str = SERIAL, issuer: str = "gash", **more: str) -> dict[str, Any]:
        options = [part for name, value in more.items() for part in (f"--{name}", value)]
        at = rfc3339(self.now - timedelta(hours=1))
        return self(
            *("sell", "--issuer", issuer, "--serial", serial, "--chain", "familymart", "--at", at), *options
        )

    def chat(self, *lines: str) -> list[str]:
        """What is answered to each line by the chain that runs."""
        assert self.chain is not None
        done = subprocess.run(
            [str(Path(sys.executable).parent / "lianfang"), "chat", "--jsonl", "--sandbox"],
            cwd=ROOT,
            env=self.chain.environ,
            input="".join(json.dumps({"user": "a", "text": line}) + "\n" for line in lines),
            capture_output=True,
            text=True,
            check=True,
        )
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        return ["\n".join(reply["text"] for reply in answer["replies"]) for answer in answers]

    @property
    def now(self) -> datetime:
        return clock_of(self.settings)()

    @property
    def settings(self) -> Settings:
        return read_settings({"LIANFANG_DATA_DIR": str(self.data_dir / "sandbox")})

    async def lock(
        self, serial: str, issuer: str = "gash", person: str = "ming", **more: Any
    ) -> dict[str, Any]:
        """As the actions ask for it, at the internal API."""
        now = rfc3339(self.now)
        wanted = {
            "cards": [{"issuer": issuer, "serial": serial}],
            "chain": "familymart",
            "bought_at": now,
            "first_message_at": now,
            "channel": "terminal",
            **more,
        }
        if self.chain is not None:
            headers = {"Authorization": f"Bearer {self.settings.internal_key}"}
            url = f"http://127.0.0.1:{self.chain.ports['services']}"
            async with aiohttp.ClientSession(url, headers=headers) as http:
                return await _ask_for_lock(http, wanted, person)
        settings = self.settings
        database = Database(settings.database_url)
        vault = Vault(settings.secret_keys, settings.index_keys)
        server = TestServer(build_internal_app(settings, database, vault, clock_of(settings)))
        headers = {"Authorization": f"Bearer {settings.internal_key}"}
        try:
            async with TestClient(server, headers=headers) as http:
                return await _ask_for_lock(http, wanted, person)
        finally:
            await database.close()

    async def mine(self, person: str) -> list[dict[str, Any]]:
        assert self.chain is not None
        headers = {"Authorization": f"Bearer {self.settings.internal_key}", "X-Person": person}
        url = f"http://127.0.0.1:{self.chain.ports['services']}"
        async with (
            aiohttp.ClientSession(url, headers=headers) as http,
            http.get("/v1/locks/mine") as response,
        ):
            cases: list[dict[str, Any]] = (await response.json())["cases"]
            return cases


async def _ask_for_lock(http: Any, wanted: dict[str, Any], name: str) -> dict[str, Any]:
    known = {"channel": "terminal", "address": name, "event": f"in_{name}"}
    async with http.post("/v1/people/recognise", json=known) as response:
        person = (await response.json())["person"]
    key = f"in_{name}:lock:{wanted['cards'][0]['serial']}"
    headers = {"X-Person": person, "Idempotency-Key": key}
    async with http.post("/v1/locks/requests", json=wanted, headers=headers) as response:
        assert response.status == 200, await response.text()
        case: dict[str, Any] = (await response.json())["cases"][0]
        return case | {"person": person}


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    if not (ROOT / "nlu" / ".venv").is_dir():
        pytest.skip("nlu's environment is not there: `make test` makes it")
    chain = Chain(tmp_path_factory.mktemp("chained"), flags=("--sandbox",))
    chain.start()
    yield Sandbox(chain.data_dir, chain)
    chain.stop()


@pytest.fixture(scope="module")
def unchained(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    return Sandbox(tmp_path_factory.mktemp("unchained"))


@pytest.fixture(params=["unchained", "chained"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """Without a chain, and beside one."""
    found: Sandbox = request.getfixturevalue(request.param)
    return found


async def test_sold_held_credited(sandbox: Sandbox) -> None:
    sold = sandbox.sell("GA00000001")
    assert (sold["result"], sold["reason"]) == ("sold", None)
    assert sandbox.sell("ga-0000-0002", invoice=INVOICE, amount="1000", store="1")["result"] == "sold"
    credit = ("credit", "--issuer", "gash", "--serial", "GA00000001")
    refused = sandbox(*credit)
    assert (refused["result"], refused["reason"]) == ("refused", "held")
    assert refused["until"] == sold["held_until"]
    assert sandbox("advance", "48h")["result"] == "advanced"
    assert sandbox(*credit) == {"result": "credited", "reason": None}
    assert sandbox.brief(*credit) == ("refused", "credited")
    assert sandbox.brief("report", "--issuer", "gash", "--serial", "GA00000001", "spent") == ("spent", None)
    assert sandbox.brief(*credit) == ("refused", "spent")
    unknown = ("credit", "--issuer", "gash", "--serial", "GA00000009")
    assert sandbox.brief(*unknown) == ("refused", "unknown_card")


async def test_a_locked_card_is_not_credited_and_is_refunded_against_its_receipt(sandbox: Sandbox) -> None:
    sandbox.sell(SERIAL, invoice=INVOICE, amount="1000")
    case = await sandbox.lock(SERIAL)
    assert (case["state"], case["status"]) == ("provisional", "sandbox")
    sandbox("advance", "48h")
    assert sandbox("credit", "--issuer", "gash", "--serial", SERIAL) == {
        "result": "refused",
        "reason": "locked",
    }
    till = ("refund", "--issuer", "gash", "--serial", SERIAL)
    assert sandbox.brief(*till) == ("refused", "not_refundable")
    assert sandbox.brief("refund", "--proof", case["proof"], "--chain", "hilife") == (
        "refused",
        "proof_not_found",
    )
    assert sandbox.brief(*till, "--invoice", INVOICE) == ("refunded", None)
    assert sandbox.brief("credit", "--issuer", "gash", "--serial", SERIAL) == ("refused", "refunded")


async def test_a_lock_that_comes_while_a_card_is_credited_waits_for_the_issuers_word(
    chained: Sandbox,
) -> None:
    chained.sell("GA00000003")
    chained("advance", "48h")
    about = ("--issuer", "gash", "--serial", "GA00000003")
    assert chained.brief("credit", *about, "--ask-only") == ("permitted", None)
    case = await chained.lock("GA00000003", bought_at=rfc3339(chained.now - timedelta(hours=49)))
    assert (case["state"], case["waiting"]) == ("requested", True)
    assert chained.brief("report", *about, "not_credited") == ("not_credited", None)
    assert chained.brief("credit", *about) == ("refused", "locked")


async def test_an_issuer_that_keeps_its_own_books_is_asked_even_after_an_outage(sandbox: Sandbox) -> None:
    sandbox.sell(RAZERS, issuer="razer")
    assert sandbox("outage", "--partner", "razer", "--for", "10m")["result"] == "away"
    case = await sandbox.lock(RAZERS, issuer="razer", person="hua")
    assert (case["state"], case["words"], case["status"]) == ("requested", "asked", "sandbox")
    sandbox("advance", "11m")
    about = ("credit", "--issuer", "razer", "--serial", RAZERS)

    async def locked() -> bool:
        cards = sandbox("status")["cards"]
        return any(card["issuer"] == "razer" and card["state"] == "locked" for card in cards)

    await until(locked, within=30, every=0.5)
    assert sandbox.brief(*about) == ("refused", "locked")
    if sandbox.chain is not None:
        (mine,) = await sandbox.mine(case["person"])
        assert mine["state"] == "provisional"


async def test_what_is_said_in_chat_is_marked_and_the_lock_holds(chained: Sandbox) -> None:
    chained.sell("GA00000007")
    bought = f"{(chained.now - timedelta(hours=1)).astimezone(TAIPEI):%m/%d %H:%M}"
    said = chained.chat(f"我被騙買了 GASH，序號 GA00000007 給他了，{bought} 全家買的", "對")
    assert "（示範）" in said[0]
    assert "（示範）" in said[1]
    assert "LF-" in said[1]
    chained("advance", "48h")
    about = ("--issuer", "gash", "--serial", "GA00000007")
    assert chained.brief("credit", *about) == ("refused", "locked")


async def test_the_own_rule_of_an_issuer_that_could_not_reach_us_is_followed(chained: Sandbox) -> None:
    chained.sell("GA00000004")
    about = ("credit", "--issuer", "gash", "--serial", "GA00000004")
    assert chained.brief(*about, "--own-rule") == ("credited", "own_rule")
    assert chained.brief(*about) == ("refused", "credited")


async def test_an_unconfirmed_lock_ends_when_the_clock_says_so(sandbox: Sandbox) -> None:
    sandbox.sell("GA00000005")
    await sandbox.lock("GA00000005", person="mei")
    sandbox("advance", "73h")
    about = ("credit", "--issuer", "gash", "--serial", "GA00000005")

    async def credited() -> bool:
        return sandbox.brief(*about) == ("credited", None)

    await until(credited, within=60, every=1.0)


def test_what_goes_wrong_is_one_line_too(sandbox: Sandbox) -> None:
    answer = sandbox("outage", "--partner", "nobody", status=1)
    assert answer == {"result": "error", "reason": "the sandbox has no partner 'nobody'"}
    future = rfc3339(datetime.now(UTC) + timedelta(days=400))
    sale = ("sell", "--issuer", "gash", "--serial", "GA00000006", "--chain", "全家", "--at", future)
    assert sandbox.brief(*sale) == ("refused", "future_sale")
