"""Whether every listed indicator is found however it is written: the official lists beside this repository.

    lianfang bench listed

Imports the three lists of ../shared/data, writes each indicator once in a form chosen by chance with a fixed seed
(no scheme, full-width, hxxp, [.], spaces, zero-width, user-info, ports, capitals; 賴, ＠, links), and counts how many
checks name it. Then asks about every name in WEBSITE_NM: that column is whom the swindlers pretended to be.
"""

import asyncio
import csv
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import select  # noqa: E402 -- the repository is no installed package here

import cli.tables  # noqa: E402, F401
from lianfang.clock import utc_now  # noqa: E402
from lianfang.database import Database  # noqa: E402
from lianfang.migrate import upgrade  # noqa: E402
from services.registry.checking import judge_request  # noqa: E402
from services.registry.importing import import_file  # noqa: E402
from services.registry.models import Indicator  # noqa: E402
from services.registry.requests import CheckRequest  # noqa: E402
from services.registry.seeding import load_seed  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
LISTS = {
    "165-sites": "165_fake_investment_sites_160055.csv",
    "165-line-ids": "165_line_ids_78432.csv",
    "moda-rpz": "moda_ecommerce_rpz_165027.csv",
}
WANTED = 0.999
SHOWN = 20


def wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def as_written(kind: str, value: str, chance: random.Random) -> str:
    """One of the ways people and swindlers write it."""
    forms: tuple[str, ...]
    if kind == "host":
        forms = (
            value, f"https://{value}/a", f"hxxps://{value.replace('.', '[.]')}/x", f"www.{value}", value.upper(),
            wide(value), value.replace(".", "。"), f"https://user@{value}", f"請點 {value} 領取", f"http://{value}:8080/",
            "\u200b".join(value), value.replace(".", " . "), f"https://m.{value}/?a=1",
        )  # fmt: skip
    elif kind == "line_id":
        forms = (
            f"加賴 {value}", f"LINE ID：{value}", f"賴：{value}", f"line id: {value.upper()}", f"＠{value}",
            f"加LINE @{value}", f"https://line.me/ti/p/~{value}",
        )  # fmt: skip
    else:
        forms = (f"https://{value}", value)
    return chance.choice(forms)


async def run() -> bool:
    chance = random.Random(165)  # noqa: S311 -- which form, no secret
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/listed.db"
        await upgrade(url)
        database = Database(url)
        await load_seed(database, utc_now)
        for kind, name in LISTS.items():
            await import_file(database, kind, DATA / name, utc_now, lambda *_: None)
        async with database.read() as session:
            rows = (await session.execute(select(Indicator.kind, Indicator.value).distinct())).all()
        found: Counter[str] = Counter()
        missed = []
        for kind, value in rows:
            text = as_written(kind, value, chance)
            answer = await judge_request(database, CheckRequest(text=text), utc_now())
            hit = any(reason["code"].startswith("listed_") for reason in answer["reasons"])
            found[kind] += hit
            if not hit:
                missed.append(text)
        there = Counter(kind for kind, _ in rows)
        for kind, of in there.items():
            print(f"{kind:8} found {found[kind]}/{of}")
        print("missed:", *missed[:SHOWN], sep="\n  ")
        accused, asked = await _names(database)
        print(f"names of WEBSITE_NM taken for a bad name: {accused}/{asked}")
        await database.close()
        return sum(found.values()) >= WANTED * len(rows) and not accused


async def _names(database: Database) -> tuple[int, int]:
    with (DATA / LISTS["165-sites"]).open(encoding="utf-8-sig", newline="") as file:
        names = sorted({row["WEBSITE_NM"].strip() for row in csv.DictReader(file)})
    asked = [name for name in names if name and "." not in name]
    accused = 0
    for name in asked:
        answer = await judge_request(database, CheckRequest(text=f"{name} 這家公司怎麼樣"), utc_now())
        accused += any(reason["code"].startswith("listed_") for reason in answer["reasons"])
    return accused, len(asked)


if __name__ == "__main__":
    if not DATA.exists():
        sys.exit("../shared/data is not here, and with it the lists")
    sys.exit(0 if asyncio.run(run()) else 1)
