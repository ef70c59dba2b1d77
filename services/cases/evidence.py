"""What is added to a case: encrypted at once, readable by its owner's officers only."""

from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lianfang.events import Actor, append
from lianfang.ids import new_id
from lianfang.privacy import Vault
from services.cases.models import Case, Evidence
from services.cases.walking import ENTITY

Kind = Literal["text", "invoice", "report_165", "file"]
MOST, MOST_OF_A_FOLLOWER = 20, 5  # of each person: nobody fills somebody else's case


class TooMuchEvidence(Exception):
    """This person has added as much to the case as they may."""


def add_evidence(
    session: Session,
    vault: Vault,
    case: Case,
    *,
    kind: Kind,
    body: str,
    actor: Actor,
    now: datetime,
    trace: str | None = None,
) -> Evidence:
    """Keep one piece; the history names it by id. Raises TooMuchEvidence."""
    person = actor.id if actor.kind == "person" else None
    own = select(func.count()).where(Evidence.case == case.id, Evidence.person == person)
    most = MOST if person in {None, case.person} else MOST_OF_A_FOLLOWER
    if (session.scalar(own) or 0) >= most:
        raise TooMuchEvidence
    piece = Evidence(
        id=new_id("evd"), case=case.id, person=person, kind=kind, body=vault.encrypt(body), added_at=now
    )
    session.add(piece)
    append(
        session,
        at=now,
        actor=actor,
        entity=ENTITY,
        entity_id=case.id,
        from_state=case.state,
        to_state=case.state,
        reason="evidence_added",
        params={"evidence": piece.id, "kind": kind},
        trace=trace,
    )
    return piece


def evidence_of(session: Session, vault: Vault, case: Case) -> list[tuple[Evidence, str]]:
    """Every piece with its text, oldest first."""
    rows = session.scalars(select(Evidence).where(Evidence.case == case.id).order_by(Evidence.id))
    return [(row, vault.decrypt(row.body)) for row in rows]
