"""Permission and lock at the same moment, from processes that are killed meanwhile: exactly one wins, nothing is lost.

The same as `lianfang bench locks`, for a few cards; and the judge of those races sees what would be wrong.
"""

from collections import Counter
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import delete, update

from bench.racing.crew import crew
from bench.racing.judging import judge
from bench.racing.races import Races, race, sell
from bench.racing.scene import SOLD_BEFORE, Scene, prepare
from lianfang.clock import rfc3339, utc_now
from lianfang.database import Database
from lianfang.events import Event
from services.locks.models import Card
from services.partners.models import DeliveryRow

CARDS, KILL_EVERY = 64, 16


async def raced(database: Database, folder: Path) -> Races:
    """Every card sold and fought for, over eight connections of four processes."""
    url = database.url.render_as_string(hide_password=False)
    sold_at = rfc3339(utc_now() - SOLD_BEFORE)
    scene = Scene(url, Fernet.generate_key().decode(), "k1:for tests only", sold_at)
    await prepare(scene)
    races = Races(seed=1)
    async with crew(scene, folder, hands=4, connections=2) as there:
        await sell(there, range(CARDS))
        await race(there, races, range(CARDS), KILL_EVERY)
    assert there.kills > 0
    return races


async def test_exactly_one_wins_and_nothing_is_lost(database: Database, tmp_path: Path) -> None:
    races = await raced(database, tmp_path)
    found = await judge(database, races.said)
    assert found.ended.total() == CARDS
    assert +(found.violations + races.faults) == Counter()

    async with database.write() as session:  # what would be wrong is seen
        await session.execute(update(Card).where(Card.state == "locked").values(state="held"))
        await session.execute(delete(DeliveryRow))
        await session.execute(update(Event).where(Event.to_state == "permitted").values(to_state="locked"))
    assert set(+(await judge(database, races.said)).violations) >= {
        "neither after a yes: held",
        "the lock or its message to the issuer is lost or double",
        "both credited and locked",
        "broken event chains",
    }
