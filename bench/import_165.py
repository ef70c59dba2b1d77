"""Import of a 165-sites file of 45,000 rows: seconds, peak memory, and how long other writers wait meanwhile.

    uv run --frozen python bench/import_165.py [--rows 45000] [--url DATABASE_URL]

The file is generated in the official layout (two header rows, BOM, repeats, dirty rows) and imported by
another process, as `lianfang import` does. This one writes all the time, as webhooks do.
"""

import argparse
import asyncio
import json
import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import text  # noqa: E402 -- the repository is no installed package here

import cli.tables  # noqa: E402, F401
from lianfang.clock import utc_now  # noqa: E402
from lianfang.database import Database  # noqa: E402
from lianfang.migrate import upgrade  # noqa: E402
from services.registry.importing import import_file  # noqa: E402
from services.registry.seeding import load_seed  # noqa: E402

MOST_SECONDS = 20
MOST_MEGABYTES = 300
DIRTY = ("bitgin", "154.209.3.50", "play.google.com/store/apps/details?id=com.evil", "www.acvd.sit", "")


def write_official_file(path: Path, rows: int) -> None:
    """About 70 % distinct addresses, weekly windows, one dirty row in 500."""
    chance = random.Random(165)  # noqa: S311 -- made-up rows, not secrets
    endings = ("top", "com", "cc", "vip", "shop", "xyz", "com.tw")
    with path.open("w", encoding="utf-8-sig", newline="\r\n") as file:
        file.write(
            "WEBSITE_NM,WEBURL,CNT,STA_SDATE,STA_EDATE\n網站名稱,網址,件數,統計起始日期,統計結束日期\n"
        )
        for number in range(rows):
            start = date(2022, 1, 3) + timedelta(weeks=number * 200 // rows)
            host = f"{chance.choice(('www.', 'm.', ''))}g{chance.randrange(rows)}x.{chance.choice(endings)}"
            address = chance.choice(DIRTY) if number % 500 == 0 else host
            week = f"{start:%Y/%m/%d},{start + timedelta(days=6):%Y/%m/%d}"
            file.write(f"Amazon,{address},{chance.randint(1, 5)},{week}\n")


async def write_beside(database: Database, stop: asyncio.Event) -> list[float]:
    """One small write every 10 ms, as the inbox makes them; returns how long each took, sorted."""
    waits: list[float] = []
    async with database.write() as session:
        await session.execute(text("CREATE TABLE bench_inbox (id INTEGER PRIMARY KEY, at TEXT)"))
    insert = text("INSERT INTO bench_inbox (id, at) VALUES (:id, 'x')")
    while not stop.is_set():
        started = time.perf_counter()
        async with database.write() as session:
            await session.execute(insert, {"id": len(waits)})
        waits.append(time.perf_counter() - started)
        await asyncio.sleep(0.01)
    return sorted(waits)


async def import_alone(url: str, path: Path) -> None:
    """The child process: import and print the figures as JSON."""
    database = Database(url)
    started = time.perf_counter()
    report = await import_file(database, "165-sites", path, utc_now, lambda _done, _all: None)
    seconds = time.perf_counter() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    await database.close()
    counts = {"rows": report.rows_read, "listed": report.listed, "rejected": report.rejected}
    print(json.dumps({**counts, "seconds": seconds, "megabytes": megabytes}))


async def measure(url: str, rows: int, folder: Path) -> bool:
    await upgrade(url)
    webhooks = Database(url)
    await load_seed(webhooks, utc_now)
    path = folder / "sites.csv"
    write_official_file(path, rows)
    stop = asyncio.Event()
    beside = asyncio.create_task(write_beside(webhooks, stop))
    child = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--url", url, "--only-import", str(path), stdout=asyncio.subprocess.PIPE
    )
    output, _ = await child.communicate()
    stop.set()
    waits = await beside
    await webhooks.close()
    found = json.loads(output)
    print(
        f"{found['rows']} rows, {found['listed']} listed, {found['rejected']} rejected: "
        f"{found['seconds']:.1f} s, peak {found['megabytes']:.0f} MB; "
        f"{len(waits)} writes beside it: median {waits[len(waits) // 2] * 1000:.1f} ms, "
        f"p99 {waits[int(len(waits) * 0.99)] * 1000:.1f} ms, worst {waits[-1] * 1000:.1f} ms"
    )
    return bool(found["seconds"] < MOST_SECONDS and found["megabytes"] < MOST_MEGABYTES)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=45_000)
    arguments.add_argument("--url", help="an empty database; SQLite in a temporary folder by default")
    arguments.add_argument("--only-import", type=Path, help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.only_import:
        asyncio.run(import_alone(chosen.url, chosen.only_import))
        return
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.url or f"sqlite+aiosqlite:///{folder}/bench.db"
        good = asyncio.run(measure(url, chosen.rows, Path(folder)))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
