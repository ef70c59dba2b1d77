"""The demo's database: every state is there, the history holds, nobody real is in it, and it is not for production."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
import structlog
from click.testing import CliRunner
from cryptography.fernet import Fernet
from sqlalchemy import func, select

from cli.commands.demo_data import _fill, demo_data
from cli.demo.courses import MESSAGES, MESSAGES_AGAIN, SITES, SITES_AGAIN
from cli.demo.filling import Filled, cases_in, fill
from cli.demo.lock_ways import WAYS
from cli.places import Failure, read_settings
from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.events import SYSTEM, verify
from lianfang.migrate import upgrade
from lianfang.notices import Notice
from lianfang.privacy import Vault
from lianfang.settings import VARIABLES
from services.cases.models import Case
from services.cases.walking import open_case
from services.locks.models import Lock
from services.people.accounts.authenticator import step_of
from services.people.accounts.logging_in import Attempt, log_in
from services.people.roles import CONSOLE_ROLES
from services.registry.campaigns.models import CampaignVerdict
from services.registry.desk.models import DeskProposal
from services.reports.lanes import LANES
from services.reports.models import Report
from tests.conftest import Hands

TINY = 0.05
on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True, ids=[""])
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True, ids=[""])


def quiet(_sentence: str) -> None:
    """Nobody reads it."""


async def rows(database: Database, wanted: Any) -> list[Any]:
    async with database.read() as session:
        return list(await session.scalars(wanted))


@pytest.fixture(autouse=True)
def few_log_lines() -> Iterator[None]:
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    yield
    structlog.configure(**before)


@pytest.fixture
async def filled(database: Database, vault: Vault, clock: Hands) -> Filled:
    return await fill(database, vault, clock(), 165, quiet, share=TINY)


async def can_log_in(database: Database, vault: Vault, clock: Clock, filled: Filled) -> None:
    one = filled.accounts[0]
    code = pyotp.TOTP(one.secret).at(clock())
    assert step_of(one.secret, code, clock(), used=0)
    assert await log_in(database, vault, clock, Attempt(one.login, one.password, code, "127.0.0.1"))


def test_how_much_there_is() -> None:
    assert sum(one.cases for one in SITES) + SITES_AGAIN == 150
    assert sum(one.cases for one in MESSAGES) + MESSAGES_AGAIN == 100
    assert sum(count for _, count, _, _ in WAYS) >= 80


@on_postgresql
async def test_a_town_with_every_state_and_an_unbroken_history(
    database: Database, vault: Vault, clock: Hands, filled: Filled
) -> None:
    for lane in ("site", "message", "appeal"):
        missing = LANES[lane].states - {state for one, state in filled.cases if one == lane}
        assert missing <= {"removed", "lapsed", "withdrawn"}, lane
    assert {account.role for account in filled.accounts} == CONSOLE_ROLES
    await can_log_in(database, vault, clock, filled)

    reports = await rows(database, select(Report))
    assert any(one.late for one in reports)
    assert any(one.merchant for one in reports)
    assert any(one.reporters > 1 for one in reports)
    assert all("demo" in one.shown or "•" in one.shown or "*" in one.shown for one in reports if one.shown)
    locks = {one.status for one in await rows(database, select(Lock))}
    assert locks == {"none", "sandbox"}
    assert {one.state for one in await rows(database, select(DeskProposal))} == {
        "proposed", "approved", "rejected", "withdrawn", "undone",
    }  # fmt: skip
    assert {one.state for one in await rows(database, select(CampaignVerdict))} == {
        "proposed", "confirmed", "undone",
    }  # fmt: skip
    assert await rows(database, select(Notice).where(Notice.state == "waiting")) == []
    assert await rows(database, select(Case).where(Case.due_at < clock())) == []
    assert await rows(database, select(func.max(Case.changed_at))) <= [clock()]
    async with database.read() as session:
        assert await verify(session) == []


@on_sqlite
async def test_the_same_seed_gives_the_same_town_and_a_second_run_goes_beside_it(
    database: Database, vault: Vault, clock: Hands, filled: Filled, tmp_path: Path, sqlite_template: Path
) -> None:
    async def town(of: Database) -> list[tuple[Any, ...]]:
        found = await rows(of, select(Report).order_by(Report.opened_at, Report.shown))
        return [(one.shown, one.state, one.opened_at, one.money_lost, one.reporters) for one in found]

    other = Database(f"sqlite+aiosqlite:///{shutil.copy(sqlite_template, tmp_path / 'other.db')}")
    await fill(other, vault, clock(), 165, quiet, share=TINY)
    assert await town(other) == await town(database)
    await other.close()

    again = await fill(database, vault, clock(), 166, quiet, share=TINY)
    assert sum((await cases_in(database)).values()) > 1.8 * sum(filled.cases.values())
    assert {one.login for one in again.accounts}.isdisjoint(one.login for one in filled.accounts)


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LIANFANG_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.mark.usefixtures("data_dir")
def test_not_in_production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIANFANG_MODE", "production")
    for name, value in {
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/x.db",
        "PUBLIC_URL": "https://example.org",
        "OPERATOR": "x",
        "INTERNAL_KEY": "k" * 40,
        "SECRET_KEYS": Fernet.generate_key().decode(),
        "INDEX_KEYS": "k1:" + "s" * 40,
    }.items():
        monkeypatch.setenv(f"LIANFANG_{name}", value)
    result = CliRunner().invoke(demo_data, [])
    assert isinstance(result.exception, Failure)
    assert "production" in str(result.exception)
    assert not (tmp_path / "x.db").exists()


@pytest.mark.usefixtures("data_dir")
async def test_not_beside_cases_unless_forced() -> None:
    settings = read_settings()
    await upgrade(settings.database_url)
    database = Database(settings.database_url)
    vault = Vault(settings.secret_keys, settings.index_keys)
    await database.together(
        lambda session: open_case(
            session,
            vault,
            LANES["site"],
            person=None,
            channel=None,
            details={},
            actor=SYSTEM,
            now=Hands.start(),
        )
    )
    await database.close()
    with pytest.raises(Failure, match="has cases already"):
        await _fill(settings, 165, force=False, small=True)
