"""A customer at the till: which proof is shown, and at which chain."""

from dataclasses import dataclass

from cli.sandbox.cast import WAYS
from cli.sandbox.customer import proof_of
from cli.sandbox.memory import reference
from cli.sandbox.playing import Result, refund, result
from cli.sandbox.stage import Stage

ANY_CHAIN = "familymart"


@dataclass(frozen=True)
class AtTheTill:
    """A `proof`, or the `serial` of a card whose lock has one; `chain`: where, if not where it was sold."""

    proof: str | None
    issuer: str | None
    serial: str | None
    chain: str | None
    invoice: str | None


async def refund_card(stage: Stage, shown: AtTheTill) -> Result:
    """`refunded`, or refused with the reason."""
    if shown.proof is not None:
        return await refund(stage, shown.proof, shown.chain or ANY_CHAIN, shown.invoice)
    serial = shown.serial or ""
    for issuer in [shown.issuer] if shown.issuer else WAYS:
        proof = await proof_of(stage.settings, issuer, serial)
        if proof is not None:
            card = stage.memory.card(reference(issuer, serial))
            chain = shown.chain or (card.chain if card else ANY_CHAIN)
            return await refund(stage, proof, chain, shown.invoice)
    return result("refused", "no_proof")
