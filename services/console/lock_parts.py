"""Locks as officers tell them apart and judge them: the card, its sale, and who claims it with which receipt."""

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy.orm import Session

from lianfang.privacy import Vault
from services.cases.officers import CaseShown
from services.console.desk import Field, Part
from services.console.plain_desk import Named
from services.locks.for_console import Claims, Side, claims_on, labels_of

MARKED = ("none", "sandbox")  # statuses of an issuer that change what a lock is worth


def named_locks(session: Session, cases: Collection[str]) -> Mapping[str, Named]:
    """`GASH ····0084`, and whether the issuer has joined for good."""
    return {
        case: (
            one.issuer,
            f"····{one.last4}" if one.last4 else "",
            ((one.status, {}),) if one.status in MARKED else (),
        )
        for case, one in labels_of(session, cases).items()
    }


def lock_parts(session: Session, vault: Vault, case: CaseShown) -> list[Part]:
    """The lock, the sale that it matched, and each side's claim."""
    claims = claims_on(session, vault, case)
    parts = [
        Part("lock", list(_lock(claims))),
        Part("sale", list(_sale(claims))),
        Part("owner", list(_side(claims.owner, "asked_at"))),
        *(Part("holder", list(_side(one, "objected_at"))) for one in claims.holders),
    ]
    return [part for part in parts if part.fields]


def _lock(claims: Claims) -> Iterator[Field]:
    yield Field("partner_status", "choice", claims.status)
    if claims.locked_at:
        yield Field("locked_at", "time", claims.locked_at)
    if claims.until:
        yield Field("until", "time", claims.until)
    if claims.confirmed_by:
        yield Field("confirmed_by", "choice", claims.confirmed_by)


def _sale(claims: Claims) -> Iterator[Field]:
    sold = claims.sold
    if sold is None:
        return
    yield Field("chain", "code", sold.chain)
    if sold.store:
        yield Field("store", "text", sold.store)
    yield Field("sold_at", "time", sold.sold_at)
    if sold.face_value:
        yield Field("amount", "money", sold.face_value)
    yield Field("card_state", "choice", sold.state)


def _side(side: Side, when: str) -> Iterator[Field]:
    yield Field(when, "time", side.at)
    if side.number and when == "objected_at":
        yield Field("own_request", "case", side.number)
    if side.told is not None:
        yield Field("told", "names", side.told)
    if side.receipt is not None:
        yield Field("receipt", "choice", side.receipt)
