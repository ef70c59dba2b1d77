"""Keys: minted once, found by themselves only, rotated with an overlap, revoked at once; partners join and leave."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.database import Database
from lianfang.events import Event
from lianfang.privacy import Vault
from services.partners import joining, keys
from services.partners.keys import NoKey
from services.partners.models import Partner, PartnerKey
from tests.conftest import Hands

T = TypeVar("T")
SCOPES = ["cards:write", "locks:read"]


class Office:
    """Partners of one database, at the clock's time."""

    def __init__(self, database: Database, clock: Hands) -> None:
        self._database = database
        self._clock = clock

    async def change(self, work: Callable[[Session], T]) -> T:
        return await self._database.together(work)

    async def key(self, scopes: list[str] = SCOPES, **more: timedelta) -> str:
        ends = self._clock() + more["ends_in"] if more else None
        return await self.change(lambda s: keys.mint(s, "gash", scopes, self._clock(), expires_at=ends)[1])

    async def rotate(self, overlap: timedelta) -> str:
        return await self.change(lambda s: keys.rotate(s, "gash", self._clock(), overlap)[1])

    async def caller(self, presented: str) -> keys.Caller | None:
        return await self.change(lambda s: keys.find_caller(s, presented, self._clock()))

    async def events(self, entity: str) -> list[tuple[str | None, str, str | None]]:
        async with self._database.read() as session:
            found = await session.scalars(select(Event).where(Event.entity == entity).order_by(Event.id))
            return [(event.from_state, event.to_state, event.reason) for event in found]


@pytest.fixture
async def office(database: Database, clock: Hands) -> Office:
    one = Office(database, clock)
    await one.change(
        lambda s: joining.add_partner(
            s, "gash", kind="issuer", name_zh="GASH", name_en="GASH", status="live", now=clock()
        )
    )
    return one


async def test_a_key_tells_who_calls_and_is_stored_as_a_hash(office: Office, database: Database) -> None:
    key = await office.key()
    assert await office.caller(key) == keys.Caller("gash", "issuer", "live", frozenset(SCOPES))
    async with database.read() as session:
        row = (await session.scalars(select(PartnerKey))).one()
    assert key.endswith(row.last4)
    assert key.rpartition("_")[2] not in (row.key_hash, row.id)


async def test_anything_else_is_nobodys(office: Office) -> None:
    key, other = await office.key(), await office.key()
    key_id, _, secret = key.rpartition("_")
    for wrong in (
        "",
        "lfk_",
        key[:-1],
        key + "0",
        f"{other.rpartition('_')[0]}_{secret}",
        f"{key_id}_{'0' * 64}",
    ):
        assert await office.caller(wrong) is None, wrong


async def test_a_key_ends(office: Office, clock: Hands) -> None:
    key = await office.key(ends_in=timedelta(days=1))
    assert await office.caller(key)
    clock.move(days=1)
    assert await office.caller(key) is None


async def test_rotation_keeps_the_old_key_for_the_overlap(office: Office, clock: Hands) -> None:
    old = await office.key()
    new = await office.rotate(timedelta(hours=1))
    assert await office.caller(old) == await office.caller(new)
    clock.move(hours=1)
    assert await office.caller(old) is None
    assert await office.caller(new) is not None
    assert await office.events("partner_key") == [
        (None, "valid", None),
        ("valid", "ending", None),
        (None, "valid", None),
    ]


async def test_rotation_never_makes_a_key_last_longer(office: Office, clock: Hands) -> None:
    old = await office.key(ends_in=timedelta(minutes=5))
    await office.rotate(timedelta(hours=1))
    clock.move(minutes=5)
    assert await office.caller(old) is None


async def test_a_revoked_key_is_over_at_once(office: Office, clock: Hands) -> None:
    key = await office.key()
    key_id = f"pk_{key.split('_')[1]}"
    await office.change(lambda s: keys.revoke(s, key_id, clock()))
    assert await office.caller(key) is None
    for gone in (key_id, "pk_nothing"):
        with pytest.raises(NoKey):
            await office.change(lambda s, gone=gone: keys.revoke(s, gone, clock()))  # type: ignore[misc]
    with pytest.raises(NoKey):
        await office.rotate(timedelta())
    with pytest.raises(NoKey):
        await office.change(lambda s: keys.mint(s, "nobody", SCOPES, clock()))


async def test_status_is_none_until_somebody_says_otherwise(office: Office, clock: Hands) -> None:
    def look(session: Session) -> tuple[str, str, dict[str, str]]:
        return (
            joining.status_of(session, "gash"),
            joining.status_of(session, "mycard"),
            joining.statuses(session),
        )

    assert await office.change(look) == ("live", "none", {"gash": "live"})
    await office.change(lambda s: joining.set_status(s, "gash", "none", clock()))
    assert await office.change(look) == ("none", "none", {})
    assert await office.events("partner") == [(None, "live", None), ("live", "none", None)]


async def test_a_webhooks_secret_is_shown_once_and_kept_encrypted(
    office: Office, vault: Vault, database: Database, clock: Hands
) -> None:
    url = "https://gash.example/lianfang"
    secret = await office.change(
        lambda s: joining.set_webhook(s, vault, "gash", url, clock(), loopback=False)
    )
    async with database.read() as session:
        row = (await session.scalars(select(Partner))).one()
    assert row.webhook_secret is not None
    assert secret.encode() not in row.webhook_secret
    assert vault.decrypt(row.webhook_secret) == secret
    assert (await office.events("partner"))[-1] == ("live", "live", "webhook_changed")


@pytest.mark.parametrize(
    ("url", "anywhere", "in_development"),
    [
        ("https://gash.example/hook", True, True),
        ("https://gash.example:8443/hook?x=1", True, True),
        ("http://127.0.0.1:9000/hook", False, True),
        ("http://localhost:9000/", False, True),
        ("http://[::1]:9000/", False, True),
        ("http://gash.example/hook", False, False),
        ("http://169.254.169.254/latest", False, False),
        ("http://127.0.0.1.example/hook", False, False),
        ("https://user:word@gash.example/", False, False),
        ("https:///hook", False, False),
        ("file:///etc/passwd", False, False),
        ("gash.example", False, False),
        ("https://[oops/", False, False),
        ("", False, False),
    ],
)
def test_where_we_may_post(url: str, anywhere: bool, in_development: bool) -> None:
    assert joining.may_call(url, loopback=False) is anywhere
    assert joining.may_call(url, loopback=True) is in_development


async def test_what_cannot_be_is_refused(office: Office, vault: Vault, clock: Hands) -> None:
    def twice(session: Session) -> None:
        joining.add_partner(session, "gash", kind="issuer", name_zh="x", name_en="x", now=clock())

    def unknown(session: Session) -> None:
        joining.set_status(session, "nobody", "live", clock())

    def elsewhere(session: Session) -> None:
        joining.set_webhook(session, vault, "gash", "http://gash.example/", clock(), loopback=True)

    for work in (twice, unknown, elsewhere):
        with pytest.raises(joining.NotAllowed):
            await office.change(work)
