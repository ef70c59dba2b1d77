"""Notices to many at once: each person once, taken back while nobody was told."""

import pytest
from sqlalchemy import func, select, update

from lianfang.database import Database
from lianfang.notices import Notice, notify_all, take_back
from lianfang.privacy import Vault
from lianfang.words import LANGUAGES, Words
from services.registry.campaigns.telling import KEYS, WITHDRAWN
from tests.conftest import ROOT, Hands

PERSONS = [f"p_{number}" for number in range(1201)]
KEY = KEYS["fraud"]


async def tell(database: Database, vault: Vault, clock: Hands, persons: list[str]) -> int:
    params = {person: {"asked_on": "11/20"} for person in persons}
    async with database.write() as session:
        return await notify_all(session, vault, key=KEY, params=params, dedupe="news", now=clock())


async def test_each_is_told_once(database: Database, vault: Vault, clock: Hands) -> None:
    assert await tell(database, vault, clock, PERSONS[:700]) == 700
    assert await tell(database, vault, clock, PERSONS) == 501
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Notice)) == len(PERSONS)
        one = (await session.scalars(select(Notice).where(Notice.person == "p_7"))).one()
        assert await session.scalar(select(func.count(Notice.retry_key.distinct()))) == len(PERSONS)
    assert (one.key, vault.decrypt_json(one.params), one.state) == (KEY, {"asked_on": "11/20"}, "waiting")


async def test_taken_back_while_nobody_tried_to_send_it(
    database: Database, vault: Vault, clock: Hands
) -> None:
    await tell(database, vault, clock, PERSONS[:3])
    async with database.write() as session:
        await session.execute(update(Notice).where(Notice.person == "p_1").values(attempts=1))
        await session.execute(update(Notice).where(Notice.person == "p_2").values(state="sent"))
    async with database.write() as session:
        assert await take_back(session, "new") == set()
        assert await take_back(session, "news") == {"p_1", "p_2"}
    async with database.read() as session:
        told = await session.execute(select(Notice.person, Notice.state))
        states = {row.person: row.state for row in told}
    assert states == {"p_0": "expired", "p_1": "waiting", "p_2": "sent"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_have_what_they_name(language: str) -> None:
    words = Words.load(ROOT / "domain.yml")
    told = [words.say(key, language, {"asked_on": "11/20"}) for key in KEYS.values()]
    told.append(words.say(WITHDRAWN, language, {"told_on": "11/20"}))
    assert not [text for text in told if "{" in text or "11/20" not in text]
