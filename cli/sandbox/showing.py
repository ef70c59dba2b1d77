"""`lianfang sandbox status`: the clock, the partners and the cards they sold, without a serial."""

from cli.sandbox.cast import WAYS
from cli.sandbox.playing import Result, result
from cli.sandbox.stage import Stage
from lianfang.clock import rfc3339


async def show(stage: Stage) -> Result:
    """Everything the sandbox's partners know."""
    now = stage.clock()
    return result(
        "ok",
        now=rfc3339(now),
        chain_runs=stage.is_chain,
        issuers=[{"id": one, "way": way, "away": stage.memory.outage(one, now)} for one, way in WAYS.items()],
        cards=[
            {
                "issuer": card.issuer,
                "last4": card.serial[-4:],
                "chain": card.chain,
                "sold_at": rfc3339(card.sold_at),
                "state": card.state,
            }
            for card in stage.memory.cards()
        ],
    )
