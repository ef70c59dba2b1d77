"""Webhooks at 50/s for 60 s through the real processes: acknowledgement times, losses, repeats, and how the backlog drains.

Three runs on one chain: plain; during a 45,000-row import; with the gateway killed (-9) twice. Beside them the
named alternative in the same session: a bare aiohttp server that checks the signature and stores nothing.
"""

import argparse
import asyncio
import base64
import hashlib
import hmac
import json
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from ulid import ULID

from bench.import_165 import write_official_file
from lianfang.clock import utc_now
from tests.fakes.line_api import FakeLine
from tests.processes.chain import LINE_SECRET, Chain, until

PEOPLE = 300
TEXTS = (
    "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay",
    "這封簡訊是真的嗎？說我的包裹地址不完整 post-tw.cc/9dk",
    "您的包裹已送達全家鶯歌店，請於11/28前取件，取件碼後三碼 482",
    "我要鎖我的點數卡",
    "慘了我剛剛轉了三萬給他",
    "你好",
    "怎麼檢舉假網站",
    "【國泰世華】您的帳戶異常，請立即登入驗證 www.cathay-bk.top，逾期停用",
    "Is this real? Your parcel is on hold, pay NT$38 at dhl-post.top",
    "媽 今天會晚一點回家 不用等我吃飯",
)


@dataclass
class Run:
    """What one run measured."""

    name: str
    acknowledged: list[float] = field(default_factory=list)
    retried: int = 0
    never: int = 0
    drained_after: float = 0.0
    notes: list[str] = field(default_factory=list)

    def row(self) -> str:
        times = sorted(self.acknowledged)
        p50, p99 = (times[int(len(times) * part) - 1] * 1000 for part in (0.5, 0.99))
        worst = times[-1] * 1000
        return (
            f"{self.name:<28} n={len(times):<5} p50={p50:6.1f} ms  p99={p99:6.1f} ms  max={worst:7.1f} ms  "
            f"redelivered={self.retried}  never acknowledged={self.never}  drained after {self.drained_after:.1f} s"
        )


@dataclass(frozen=True)
class Webhook:
    """A signed body, made before the clock runs."""

    event: str
    token: str
    user: str
    body: bytes
    signature: str


def make_webhook(number: int) -> Webhook:
    event, token, user = str(ULID()), f"token-{ULID()}", f"U{number % PEOPLE:032x}"
    body = json.dumps(
        {
            "destination": "U" + "0" * 32,
            "events": [
                {
                    "type": "message",
                    "mode": "active",
                    "timestamp": int(time.time() * 1000),
                    "webhookEventId": event,
                    "deliveryContext": {"isRedelivery": False},
                    "replyToken": token,
                    "source": {"type": "user", "userId": user},
                    "message": {
                        "type": "text",
                        "id": str(number),
                        "quoteToken": "q",
                        "text": TEXTS[number % len(TEXTS)],
                    },
                }
            ],
        },
        ensure_ascii=False,
    ).encode()
    digest = hmac.new(LINE_SECRET.encode(), body, hashlib.sha256).digest()
    return Webhook(event, token, user, body, base64.b64encode(digest).decode())


async def deliver(http: aiohttp.ClientSession, url: str, webhook: Webhook, run: Run) -> None:
    """Deliver as LINE does: again while it is not acknowledged within 2 s."""
    for attempt in range(15):
        started = time.perf_counter()
        try:
            async with http.post(
                url,
                data=webhook.body,
                headers={"X-Line-Signature": webhook.signature},
                timeout=aiohttp.ClientTimeout(total=2),
            ) as response:
                if response.status == 200:
                    if attempt == 0:
                        run.acknowledged.append(time.perf_counter() - started)
                    return
        except (aiohttp.ClientError, TimeoutError, OSError):
            pass
        run.retried += attempt == 0
        await asyncio.sleep(1)
    run.never += 1


async def load(
    run: Run, url: str, line: FakeLine | None, rate: int, seconds: int, first: int
) -> list[Webhook]:
    """Open loop: each webhook leaves at its own time, whether or not the ones before were acknowledged."""
    webhooks = [make_webhook(first + number) for number in range(rate * seconds)]
    connector = aiohttp.TCPConnector(limit=100)
    async with aiohttp.ClientSession(connector=connector) as http, asyncio.TaskGroup() as group:
        begin = time.perf_counter()
        for number, webhook in enumerate(webhooks):
            await asyncio.sleep(max(0.0, begin + number / rate - time.perf_counter()))
            if line is not None:
                line.issue_token(webhook.token, webhook.user)
            group.create_task(deliver(http, url, webhook, run))
    return webhooks


async def bare_alternative(rate: int) -> Run:
    """The named alternative: signature checked, nothing stored."""

    async def receive(request: web.Request) -> web.Response:
        body = await request.read()
        digest = hmac.new(LINE_SECRET.encode(), body, hashlib.sha256).digest()
        given = base64.b64decode(request.headers["X-Line-Signature"])
        return web.Response(status=200 if hmac.compare_digest(digest, given) else 403)

    app = web.Application()
    app.router.add_post("/", receive)
    server = TestServer(app)
    await server.start_server()
    run = Run("bare aiohttp, no storage")
    await load(run, str(server.make_url("/")), None, rate, 10, 0)
    await server.close()
    return run


async def wait_drained(chain: Chain, run: Run) -> None:
    begin = time.perf_counter()

    async def drained() -> bool:
        try:
            async with aiohttp.ClientSession() as http, http.get(f"{chain.gateway}/readyz") as response:
                states = (await response.json())["inbox"]
        except (aiohttp.ClientError, OSError):
            return False
        return bool(states.get("new", 0) + states.get("answered", 0) == 0)

    await until(drained, within=600, every=0.5)
    run.drained_after = time.perf_counter() - begin


def audit(chain: Chain, line: FakeLine, webhooks: list[Webhook]) -> list[str]:
    """Lost events, answers given twice, states changed twice."""
    with sqlite3.connect(chain.data_dir / "lianfang.db") as database:
        states = dict(database.execute("SELECT event_id, state FROM inbox").fetchall())
        twice = database.execute(
            "SELECT count(*) FROM (SELECT event FROM registry_checks WHERE event IS NOT NULL "
            "GROUP BY event, supersedes HAVING count(*) > 1)"
        ).fetchone()[0]
    lost = [webhook for webhook in webhooks if states.get(webhook.event) != "done"]
    replies = [call for call in line.calls if call.path.endswith("/reply") and call.status == 200]
    pushes = [call for call in line.calls if call.path.endswith("/push") and call.status == 200]
    tokens = {webhook.token for webhook in webhooks}
    answered_by_reply = {call.body["replyToken"] for call in replies} & tokens
    return [
        f"events {len(webhooks)}, done {len(webhooks) - len(lost)}, lost {len(lost)}",
        f"answered by reply {len(answered_by_reply)}, pushes so far {len(pushes)}, checks stored twice {twice}",
        f"requests LINE's specification refuses: {len(line.violations)}",
    ]


async def import_rows(chain: Chain, file: Path) -> str:
    begin = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(str(Path(sys.executable).parent / "lianfang"), "import", "165-sites", str(file)),
        env=chain.environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    last = output.decode().strip().splitlines()[-1:] or [""]
    return f"import of 45,000 rows: exit {process.returncode}, {time.perf_counter() - begin:.1f} s; {last[0]}"


async def kill_twice(chain: Chain, seconds: int) -> str:
    for _ in range(2):
        await asyncio.sleep(seconds / 3)
        chain.kill("gateway")
    return "gateway killed twice (-9)"


async def measure(chain: Chain, line: FakeLine, rate: int, seconds: int, folder: Path) -> None:
    url = f"{chain.gateway}/webhooks/line"
    sites = folder / "sites.csv"
    write_official_file(sites, 45_000)
    beside: dict[str, Any] = {
        "plain": None,
        "during a 45,000-row import": lambda: import_rows(chain, sites),
        "gateway killed twice": lambda: kill_twice(chain, seconds),
    }
    print((await bare_alternative(rate)).row(), flush=True)
    first = 0
    for name, disturbance in beside.items():
        run = Run(name)
        disturbing = asyncio.create_task(disturbance()) if disturbance else None
        webhooks = await load(run, url, line, rate, seconds, first)
        first += len(webhooks)
        if disturbing is not None:
            run.notes.append(await disturbing)
        await wait_drained(chain, run)
        run.notes += audit(chain, line, webhooks)
        print(run.row(), *(f"    {note}" for note in run.notes), sep="\n", flush=True)


async def main(rate: int, seconds: int) -> None:
    line = FakeLine(utc_now, access_token="bench-token")  # noqa: S106 -- not a secret
    base = await line.start()
    with tempfile.TemporaryDirectory(prefix="lianfang-bench-") as name:
        folder = Path(name)
        chain = Chain(
            folder / "data",
            {
                "LINE_CHANNEL_SECRET": LINE_SECRET,
                "LINE_CHANNEL_ACCESS_TOKEN": "bench-token",
                "LINE_API_BASE": base,
            },
        )
        try:
            print(await asyncio.to_thread(chain.start), flush=True)
            await measure(chain, line, rate, seconds, folder)
        finally:
            await asyncio.to_thread(chain.stop)
            await line.stop()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rate", type=int, default=50)
    arguments.add_argument("--seconds", type=int, default=60)
    given = arguments.parse_args()
    asyncio.run(main(given.rate, given.seconds))
