"""What the customer would show at the till: the proof of a lock, read from the sandbox's own database."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.database import Database
from lianfang.privacy import Vault
from lianfang.settings import Settings
from services.locks.models import Lock
from services.locks.serials import serial_indexes


async def proof_of(settings: Settings, issuer: str, serial: str) -> str | None:
    """The proof of the last lock of this card, None when there was none."""
    vault = Vault(settings.secret_keys, settings.index_keys)

    def look(session: Session) -> bytes | None:
        proofs = select(Lock.proof).where(
            Lock.serial_index.in_(serial_indexes(vault, issuer, serial)), Lock.proof.is_not(None)
        )
        return session.scalar(proofs.order_by(Lock.locked_at.desc()).limit(1))

    database = Database(settings.database_url)
    try:
        proof = await database.look(look)
    finally:
        await database.close()
    return vault.decrypt(proof) if proof else None
