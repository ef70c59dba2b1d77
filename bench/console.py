"""How fast the console's pages answer beside many cases.

    lianfang bench console [--cases 100000] [--database sqlite|postgresql|both] [--times 100]

Fills a new database with reported sites and their history, lets an officer and an auditor log in, and opens each kind
of page again and again, one at a time over HTTP; queues also far behind their first page.
"""

import argparse
import asyncio
import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from aiohttp.test_utils import TestServer  # noqa: E402 -- the repository is no installed package here
from cryptography.fernet import Fernet  # noqa: E402

import cli.tables  # noqa: E402, F401
from bench.console_pages.filling import fill  # noqa: E402
from bench.racing.servers import KINDS, new_database  # noqa: E402
from bench.turns.table import Goal  # noqa: E402
from lianfang.database import Database  # noqa: E402
from lianfang.migrate import upgrade  # noqa: E402
from lianfang.privacy import Vault  # noqa: E402
from lianfang.settings import Settings  # noqa: E402
from services.app import build_public_app  # noqa: E402
from services.console.figures.counting import figures_job  # noqa: E402
from tests.conftest import Hands  # noqa: E402
from tests.contract.consoling import Console, Officer, running  # noqa: E402

LIMITS = {"sqlite": 1000.0, "postgresql": 300.0}
PAGES_DEEP = 20


async def measure(kind: str, cases: int, times: int) -> list[Goal]:
    """One goal for each kind of page: the 95th percentile."""
    with new_database(kind) as url:
        await upgrade(url)
        database = Database(url)
        vault, clock = Vault([Fernet.generate_key().decode()], ["k1:bench"]), Hands()
        begun = time.monotonic()
        numbers = await fill(database, vault, cases, clock())
        print(f"{kind}: {cases} cases in {time.monotonic() - begun:.0f} s")
        begun = time.monotonic()
        await figures_job(database, clock).run()
        print(f"{kind}: figures of {180} days in {time.monotonic() - begun:.0f} s")
        server = TestServer(build_public_app(database, vault, clock, Settings(operator="Bench")))
        async with running(server, database, vault, clock) as console:
            goals = await _pages(kind, console, numbers, times)
        await database.close()
        return goals


async def _pages(kind: str, console: Console, numbers: list[str], times: int) -> list[Goal]:
    hotline, auditor = await console.officer("165", "cib"), await console.officer("auditor")
    deep = await _far_behind(hotline)
    kinds = {
        "home": (hotline, ["/"]),
        "queue": (hotline, ["/queues/site/reported"]),
        f"queue, page {PAGES_DEEP}": (hotline, [deep]),
        "case": (hotline, [f"/cases/{number}" for number in numbers]),
        "figures": (hotline, ["/figures"]),
        "history": (auditor, ["/audit"]),
        "history of cases in a month": (auditor, ["/audit?entity=case&since=2026-08-01&until=2026-08-31"]),
        "history of one person": (auditor, ["/audit?actor=p_bench"]),
    }
    goals = []
    for name, (officer, paths) in kinds.items():
        taken = []
        for turn in range(times + 3):
            begun = time.perf_counter()
            page = await officer.open(paths[turn % len(paths)])
            taken.append((time.perf_counter() - begun) * 1000)
            if page.status != 200:
                raise SystemExit(f"{paths[turn % len(paths)]}: {page.status}")
        ordered = sorted(taken[3:])
        print(f"  {name:<30} median {ordered[len(ordered) // 2]:6.1f} ms")
        goals.append(
            Goal(f"{kind}: {name}, 95th percentile, ms", ordered[int(len(ordered) * 0.95)], LIMITS[kind])
        )
    return goals


async def _far_behind(officer: Officer) -> str:
    path = "/queues/site/reported"
    for _ in range(PAGES_DEEP):
        page = await officer.open(path)
        following = re.search(r'href="/console(/queues/site/reported\?after=[^"]+)"', page.text)
        if following is None:
            break
        path = following[1].replace("&amp;", "&")
    return path


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--times", type=int, default=100)
    asked = parser.parse_args()
    goals: list[Goal] = []
    for kind in KINDS if asked.database == "both" else (asked.database,):
        goals += asyncio.run(measure(kind, asked.cases, asked.times))
    print(*(goal.row() for goal in goals), sep="\n")
    return 0 if all(goal.reached for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
