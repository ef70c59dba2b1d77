"""Issuers and cases as the lock service tells them."""

from dataclasses import asdict
from typing import Any

from services.locks.client import CardCase, Issuer


def issuer(name: str, **changes: Any) -> dict[str, Any]:
    """By default one that has not joined and whose number nobody knows."""
    known = Issuer(
        id=name.lower().replace(" ", "_"),
        name_zh=name,
        name_en=name,
        spoken=name,
        status="none",
        way="manual",
        delay_hours=None,
        refund_rule="unknown",
        needs=("serial",),
        url=None,
        page=None,
        hotline=None,
        verified_on="2026-11-22",
        outsider=False,
    )
    return {**asdict(known), **changes}


def joined(name: str, **changes: Any) -> dict[str, Any]:
    return issuer(name, status="live", way="hub", **changes)


def case(number: str = "LF-7F3K-92QX", **changes: Any) -> dict[str, Any]:
    """By default a card that is locked for now."""
    known = CardCase(
        number=number,
        state="provisional",
        words="locked",
        issuer="mycard",
        issuer_zh="MyCard",
        issuer_en="MyCard",
        last4="7890",
        status="live",
        way="hub",
        outsider=False,
        waiting=False,
        again=False,
        chain="seven_eleven",
        chain_zh="7-ELEVEN",
        chain_en="7-ELEVEN",
        chain_status="none",
        amount=None,
        refund_rule="unknown",
        needs=("serial",),
        hotline=None,
        url=None,
        page=None,
        verified_on="2026-11-22",
        locked_at="2026-11-22T06:05:12.000Z",
        expires_at="2026-11-25T06:05:12.000Z",
        confirmed_by=None,
        proof=None,
        proof_url=None,
        proof_image=None,
    )
    return {**asdict(known), **changes}
