"""A person's own lock as the actions get it: everything its words need, the proof too."""

from collections.abc import Collection
from typing import Any
from urllib.parse import quote

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from lianfang.clock import rfc3339
from lianfang.privacy import Vault
from services.cases.finding import by_ids
from services.locks import lock_states as states
from services.locks.card_states import PERMITTED
from services.locks.chains import chains
from services.locks.directory import API
from services.locks.models import Card, Issuer, Lock
from services.partners.joining import status_beside, statuses

Json = dict[str, Any]
WORDS = {
    states.REQUESTED: "requested",
    states.PROVISIONAL: "locked",
    **{state: state for state in (states.CONFIRMED, states.OBJECTED, *states.ENDS)},
}
_LOCKS = (
    select(Lock, Card, Issuer, status_beside(func.coalesce(Card.chain, Lock.chain)))
    .outerjoin(Card, Card.id == Lock.card)
    .join(Issuer, Issuer.id == Lock.issuer)
    .where(Lock.case.in_(bindparam("wanted", expanding=True)))
)


def shown_locks(
    session: Session, vault: Vault, public_url: str, wanted: Collection[str], again: Collection[str] = ()
) -> list[Json]:
    """These cases in this order; `again`: those the person had already."""
    rows = session.execute(_LOCKS, {"wanted": list(wanted)})
    by_case = {lock.case: (lock, card, issuer, status) for lock, card, issuer, status in rows}
    cases = by_ids(session, wanted)
    shown = []
    for case_id in wanted:
        (lock, card, issuer, chain_status), case = by_case[case_id], cases[case_id]
        waiting = lock.place is not None and card is not None and card.state == PERMITTED
        chain = chains().get((card.chain if card else lock.chain) or "")
        shown.append(
            {
                "number": case.number,
                "state": case.state,
                "words": _words(lock, case.state, waiting=waiting),
                "issuer": issuer.id,
                "issuer_zh": issuer.name_zh,
                "issuer_en": issuer.name_en,
                "last4": lock.last4,
                "status": lock.status,
                "way": lock.way,
                "outsider": issuer.outsider,
                "waiting": waiting,
                "again": case_id in again,
                "chain": chain.id if chain else None,
                "chain_zh": chain.name_zh if chain else None,
                "chain_en": chain.name_en if chain else None,
                "chain_status": chain_status,
                "amount": card.face_value if card else None,
                "refund_rule": issuer.refund_rule,
                "needs": issuer.needs,
                "hotline": issuer.hotline,
                "url": issuer.url,
                "page": issuer.page,
                "verified_on": issuer.verified_on.isoformat(),
                "locked_at": rfc3339(lock.locked_at) if lock.locked_at else None,
                "expires_at": rfc3339(lock.until) if lock.until else None,
                "confirmed_by": lock.confirmed_by,
                **_proof(vault, public_url, lock, case.state),
            }
        )
    return shown


def shown_issuers(session: Session) -> list[Json]:
    """Every issuer, outsiders last."""
    joined = statuses(session)
    rows = session.scalars(select(Issuer).order_by(Issuer.outsider, Issuer.id))
    return [
        {
            "id": row.id,
            "name_zh": row.name_zh,
            "name_en": row.name_en,
            "spoken": row.spoken,
            "status": joined.get(row.id, "none"),
            "way": row.way if row.id in joined else "manual",
            "delay_hours": row.delay_hours,
            "refund_rule": row.refund_rule,
            "needs": row.needs,
            "url": row.url,
            "page": row.page,
            "hotline": row.hotline,
            "verified_on": row.verified_on.isoformat(),
            "outsider": row.outsider,
        }
        for row in rows
    ]


def _words(lock: Lock, state: str, *, waiting: bool) -> str:
    if state != states.REQUESTED:
        return WORDS[state]
    if lock.status == "none":
        return "recorded"
    if waiting:
        return "waiting"
    return "asked" if lock.way == API and lock.answer is None else "requested"


def _proof(vault: Vault, public_url: str, lock: Lock, state: str) -> Json:
    if lock.proof is None or state not in states.STANDING | {states.REFUNDED}:
        return {"proof": None, "proof_url": None, "proof_image": None}
    proof = vault.decrypt(lock.proof)
    page = f"{public_url}/verify/{quote(proof, safe='')}"
    return {"proof": proof, "proof_url": page, "proof_image": f"{page}.png"}
