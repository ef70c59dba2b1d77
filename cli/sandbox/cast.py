"""Who is played: the five issuers of the joint defence and every chain, noted as sandbox partners with keys and webhooks."""

from dataclasses import replace

from sqlalchemy.orm import Session
from yarl import URL

from cli.sandbox.memory import Credentials, Memory
from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.privacy import Vault
from services.locks.chains import chains
from services.locks.importing import save_issuers
from services.locks.issuers import IssuerFacts, Way, shipped_issuers
from services.partners import joining, keys
from services.partners.joining import Joined, Kind

WAYS: dict[str, Way] = {"gash": "hub", "mycard": "hub", "youe": "hub", "razer": "api", "garena": "api"}
DELAY_HOURS = 48
OWN_RULE_HOURS = 24
SCOPES: dict[Kind, tuple[str, ...]] = {
    "issuer": ("cards:write", "locks:read", "refunds:read"),
    "store": ("refunds:read", "refunds:write"),
}


async def prepare(database: Database, vault: Vault, clock: Clock, memory: Memory, webhooks: URL) -> None:
    """Make them partners of this database, who listen at `webhooks`: whatever of that is missing or has changed."""
    issuers = played_issuers()
    wanted: dict[str, tuple[Kind, str, str]] = {
        **{one.id: ("issuer", one.name_zh, one.name_en) for one in issuers},
        **{one.id: ("store", one.name_zh, one.name_en) for one in chains().values()},
    }

    def join(session: Session) -> None:
        now = clock()
        save_issuers(session, issuers, now)
        joined = {one.id: one for one in joining.all_partners(session)}
        for partner, (kind, name_zh, name_en) in wanted.items():
            known = joined.get(partner)
            if _is_complete(known, memory.credentials(partner), webhooks / partner):
                continue
            if known is None:
                joining.add_partner(
                    session, partner, kind=kind, name_zh=name_zh, name_en=name_en, status="sandbox", now=now
                )
            credentials = Credentials(
                key=keys.mint(session, partner, SCOPES[kind], now)[1],
                secret=joining.set_webhook(
                    session, vault, partner, str(webhooks / partner), now, loopback=True
                ),
            )
            memory.keep_credentials(partner, credentials)

    await database.together(join)


def played_issuers() -> list[IssuerFacts]:
    """The shipped facts with the way each one works here; those of no joint defence stay as they are."""
    return [
        replace(one, way=WAYS[one.id], delay_hours=DELAY_HOURS, own_rule_hours=OWN_RULE_HOURS)
        for one in shipped_issuers()
        if one.id in WAYS
    ]


def _is_complete(known: Joined | None, credentials: Credentials | None, webhook: URL) -> bool:
    return known is not None and known.webhook_url == str(webhook) and credentials is not None
