"""Imports as generations, on both databases: visible by one row, idempotent, undone in one step."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select

from lianfang.database import Database
from services.registry.checking import judge_request
from services.registry.generations import NothingToUndo, undo
from services.registry.importing import DownloadFailed, ImportReport, download, import_file
from services.registry.layouts import NotThisData
from services.registry.models import Current, Generation, Indicator
from services.registry.requests import CheckRequest
from services.registry.seeding import load_seed
from tests.conftest import Hands

HEADER = "\ufeffWEBSITE_NM,WEBURL,CNT,STA_SDATE,STA_EDATE\n網站名稱,網址,件數,統計起始日期,統計結束日期\n"


def sites(folder: Path, name: str, *hosts: str) -> Path:
    path = folder / f"{name}.csv"
    rows = "".join(f"Amazon,{host},1,2025/12/02,2025/12/08\n" for host in hosts)
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


@pytest.fixture
async def seeded(database: Database, clock: Hands) -> Database:
    await load_seed(database, clock)
    return database


async def bring(database: Database, clock: Hands, path: Path, kind: str = "165-sites") -> ImportReport:
    return await import_file(
        database, kind, path, clock, lambda _done, _all: None, rejected_to=path.with_suffix(".rejected.csv")
    )


async def verdict(database: Database, clock: Hands, text: str) -> str:
    clock.move(seconds=30)
    return str((await judge_request(database, CheckRequest(text=text), clock()))["verdict"])


async def test_the_shipped_registry_is_loaded_once(database: Database, clock: Hands) -> None:
    assert await load_seed(database, clock)
    assert not await load_seed(database, clock)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Generation)) == 1


async def test_two_processes_may_load_the_shipped_registry_at_once(database: Database, clock: Hands) -> None:
    loaded = await asyncio.gather(load_seed(database, clock), load_seed(database, clock))
    assert True in loaded


async def test_import_repeat_replace_and_undo(seeded: Database, clock: Hands, tmp_path: Path) -> None:
    old, new = sites(tmp_path, "old", "old-evil.top", "www.gov.tw"), sites(tmp_path, "new", "new-evil.top")
    report = await bring(seeded, clock, old)
    assert (report.outcome, report.rows_read, report.listed, report.rejected) == ("imported", 2, 1, 1)
    assert report.rejected_file is not None
    assert "www.gov.tw,official_domain" in report.rejected_file.read_text(encoding="utf-8")
    assert (await bring(seeded, clock, old)).outcome == "unchanged"
    assert await verdict(seeded, clock, "old-evil.top") == "fraud"

    assert (await bring(seeded, clock, new)).outcome == "imported"
    assert await verdict(seeded, clock, "old-evil.top") == "unknown"
    assert await verdict(seeded, clock, "new-evil.top") == "fraud"

    await undo(seeded, "165-sites", clock)
    assert await verdict(seeded, clock, "old-evil.top") == "fraud"
    assert await verdict(seeded, clock, "new-evil.top") == "unknown"
    with pytest.raises(NothingToUndo):
        await undo(seeded, "165-sites", clock)
    assert (await bring(seeded, clock, new)).outcome == "restored"
    assert await verdict(seeded, clock, "new-evil.top") == "fraud"


async def test_only_the_last_two_generations_stay(seeded: Database, clock: Hands, tmp_path: Path) -> None:
    for number in range(4):
        await bring(seeded, clock, sites(tmp_path, f"n{number}", f"evil-{number}.top"))
    async with seeded.read() as session:
        assert sorted(await session.scalars(select(Indicator.value))) == ["evil-2.top", "evil-3.top"]


@pytest.mark.parametrize("kind", ["165-sites", "165-line-ids", "moda-rpz"])
async def test_a_wrong_file_changes_nothing(
    seeded: Database, clock: Hands, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("name,phone\nA,1\n", encoding="utf-8")
    with pytest.raises(NotThisData):
        await bring(seeded, clock, path, kind)
    async with seeded.read() as session:
        assert await session.get(Current, kind) is None


async def test_an_import_that_fails_in_the_middle_leaves_nothing(
    seeded: Database, clock: Hands, tmp_path: Path
) -> None:
    path = sites(tmp_path, "many", *(f"evil-{number}.top" for number in range(600)))

    def stop(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await import_file(seeded, "165-sites", path, clock, stop)
    async with seeded.read() as session:
        assert await session.get(Current, "165-sites") is None
        assert await session.scalar(select(func.count()).select_from(Indicator)) == 0


async def test_others_write_between_the_batches(seeded: Database, clock: Hands, tmp_path: Path) -> None:
    path = sites(tmp_path, "many", *(f"evil-{number}.top" for number in range(1500)))
    importing = asyncio.create_task(bring(seeded, clock, path))
    written = 0
    while not importing.done():
        async with seeded.write() as session:
            await session.scalar(select(func.count()).select_from(Current))
        written += 1
        await asyncio.sleep(0)
    assert (await importing).listed == 1500
    assert written >= 3


async def test_a_list_from_an_address(tmp_path: Path) -> None:
    async def serve(request: web.Request) -> web.Response:
        return web.Response(body=b"x" * 1000, status=200 if request.path == "/list" else 404)

    app = web.Application()
    app.router.add_get("/{name}", serve)
    async with TestServer(app) as server:
        path = tmp_path / "list"
        await download(str(server.make_url("/list")), path)
        assert path.stat().st_size == 1000
        for url, cap in (
            (server.make_url("/list"), 10),
            (server.make_url("/none"), 10_000),
            ("file:///etc/x", 1),
        ):
            with pytest.raises(DownloadFailed):
                await download(str(url), path, max_bytes=cap)


async def test_a_list_that_lost_more_than_half_is_imported_and_said(
    seeded: Database, clock: Hands, tmp_path: Path
) -> None:
    whole = sites(tmp_path, "whole", *(f"evil-{number}.top" for number in range(1100)))
    assert (await bring(seeded, clock, whole)).shrunk_from is None
    cut = await bring(seeded, clock, sites(tmp_path, "cut", "evil-1.top"))
    assert (cut.outcome, cut.listed, cut.shrunk_from) == ("imported", 1, 1100)
