"""The scene of a race: one issuer that asks us before it credits, its numbered cards, and their buyers."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

import cli.tables as _tables  # noqa: F401 -- fills the metadata
from lianfang.clock import utc_now
from lianfang.database import Database
from lianfang.migrate import upgrade
from lianfang.privacy import Vault
from services.locks.asking import LockRequest, WantedCard
from services.locks.importing import save_issuers
from services.locks.issuers import shipped_issuers
from services.locks.sales import SoldCard
from services.partners import joining

ISSUER, CHAIN, SCOPES = "gash", "seven_eleven", ("cards:write",)
HELD_HOURS = 48
SOLD_BEFORE = timedelta(hours=HELD_HOURS + 2)  # crediting is due, and a lock still comes in time


@dataclass(frozen=True)
class Scene:
    """What every process knows: the database, the keys, when the cards were sold (RFC 3339)."""

    url: str
    secret_key: str
    index_key: str
    sold_at: str

    @classmethod
    def from_json(cls, text: str) -> "Scene":
        return cls(**json.loads(text))

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @property
    def vault(self) -> Vault:
        return Vault([self.secret_key], [self.index_key])

    @property
    def sold(self) -> datetime:
        return datetime.fromisoformat(self.sold_at)

    def sale(self, card: int) -> SoldCard:
        return SoldCard(card_ref(card), serial(card), CHAIN, self.sold, face_value=1000)

    def request(self, card: int) -> LockRequest:
        """The buyer tells what opens the card: serial, chain and time."""
        return LockRequest(
            person=person(card),
            channel="line",
            cards=[WantedCard(ISSUER, serial(card))],
            first_message_at=utc_now(),
            chain=CHAIN,
            bought_at=self.sold,
        )


def card_ref(card: int) -> str:
    return f"card-{card}"


def serial(card: int) -> str:
    return f"RACE{card:012d}"


def person(card: int) -> str:
    return f"p_{card:026d}"


async def prepare(scene: Scene) -> None:
    """Migrate the database; the issuer joins it."""
    await upgrade(scene.url)
    database = Database(scene.url)
    played = [
        replace(one, way="hub", delay_hours=HELD_HOURS) for one in shipped_issuers() if one.id == ISSUER
    ]

    def join(session: Session) -> None:
        now = utc_now()
        save_issuers(session, played, now)
        joining.add_partner(
            session, ISSUER, kind="issuer", name_zh="示範", name_en="Played", status="sandbox", now=now
        )

    await database.together(join)
    await database.close()
