"""Issuers and stores of the demo: joined as sandbox, with keys, and quick to answer what they are told."""

from datetime import timedelta

from sqlalchemy.orm import Session

from cli.demo.town import Moved, Town
from cli.sandbox.cast import SCOPES, played_issuers
from services.locks.answers import handlers
from services.locks.chains import chains
from services.locks.importing import save_issuers
from services.partners import deliveries, joining, keys
from services.partners.due import lease
from services.partners.joining import Kind

STORES = ("seven_eleven", "familymart", "hilife", "okmart", "pxmart")
NOT_JOINED = "pxmart"  # noted, nothing agreed yet
SILENT = "garena"  # its deliveries wait
ANSWERS_AFTER = timedelta(minutes=1)


async def join_partners(town: Town) -> None:
    """Whoever is a partner already stays as it is."""
    issuers = played_issuers()
    wanted: dict[str, tuple[Kind, str, str]] = {
        **{one.id: ("issuer", one.name_zh, one.name_en) for one in issuers},
        **{one: ("store", chains()[one].name_zh, chains()[one].name_en) for one in STORES},
    }

    def join(session: Session) -> set[str]:
        now = town.clock()
        known = {one.id for one in joining.all_partners(session)}
        save_issuers(session, [one for one in issuers if one.id not in known], now)
        for partner in wanted.keys() - known:
            kind, name_zh, name_en = wanted[partner]
            joining.add_partner(session, partner, kind=kind, name_zh=name_zh, name_en=name_en, now=now)
            if partner == NOT_JOINED:
                continue
            joining.set_status(session, partner, "sandbox", now)
            keys.mint(session, partner, SCOPES[kind], now)
            webhook = f"https://{partner.replace('_', '-')}.example/lianfang"
            joining.set_webhook(session, town.vault, partner, webhook, now, loopback=False)
        return wanted.keys() - known

    town.partners = await town.do(join)


async def change_keys(town: Town) -> None:
    """One issuer's key was renewed, one store's was lost."""

    def change(session: Session) -> None:
        now = town.clock()
        if not town.partners.issuperset({"mycard", "hilife"}):
            return
        keys.rotate(session, "mycard", now, timedelta(days=14))
        lost = keys.all_valid(session, now)["hilife"][0]
        keys.revoke(session, lost.id, now)
        keys.mint(session, "hilife", SCOPES["store"], now, expires_at=now + timedelta(days=365))

    await town.do(change)


def answer_deliveries(session: Session, town: Town) -> None:
    """What waits is noted by its partner, a minute after it was sent."""
    while leased := lease(session, town.clock()):
        for row, partner in leased:
            if partner.id == SILENT or partner.id not in town.partners:
                continue
            row.answer_code, moment = 200, Moved(row.created_at + ANSWERS_AFTER)
            deliveries.end(
                session, row, "answered", moment(), handlers(town.vault, moment), {"result": "noted"}
            )
        session.flush()
