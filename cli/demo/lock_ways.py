"""The ways a demo card's story goes, and how many of each."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cli.demo.days import Story
from cli.demo.locks import CHAINS, VALUES, Deal, Way
from cli.demo.town import Town

DELAY = timedelta(hours=48)
SOON, LATER = (0.2, 5), (3, 40)


def _later(deal: Deal, hours: tuple[float, float]) -> datetime:
    return deal.town.clock() + deal.town.wait(hours)


async def locked(deal: Deal) -> Story:
    yield deal.sold_at
    await deal.sell()
    yield _later(deal, SOON)
    await deal.ask()


async def confirmed(deal: Deal) -> Story:
    async for moment in locked(deal):
        yield moment
    yield _later(deal, LATER)
    await deal.confirm()


async def locked_with_receipt(deal: Deal) -> Story:
    yield deal.sold_at
    await deal.sell()
    yield _later(deal, SOON)
    await deal.ask(receipt=True)


async def reported_to_165(deal: Deal) -> Story:
    async for moment in locked(deal):
        yield moment
    yield _later(deal, LATER)
    await deal.confirm(report_165=f"DEMO{deal.number:08d}")


async def confirmed_by_165(deal: Deal) -> Story:
    async for moment in locked(deal):
        yield moment
    yield _later(deal, LATER)
    await deal.decide("confirm", "report_165_seen")


async def refunded(deal: Deal) -> Story:
    async for moment in confirmed(deal):
        yield moment
    yield _later(deal, (10, 90))
    await deal.refund()


async def released(deal: Deal) -> Story:
    async for moment in locked(deal):
        yield moment
    yield _later(deal, (0.1, 20))
    await deal.release()


async def too_late(deal: Deal) -> Story:
    yield deal.sold_at
    await deal.sell()
    yield deal.sold_at + DELAY + timedelta(minutes=3)
    await deal.credit("credited", "spent")
    yield _later(deal, (1, 30))
    await deal.ask()


async def being_credited(deal: Deal) -> Story:
    yield deal.sold_at
    await deal.sell()
    yield deal.town.ago(0.1)
    await deal.credit()
    yield deal.town.ago(0.05)
    await deal.ask()


async def refused_to_scammer(deal: Deal) -> Story:
    """The issuer asks after two days, and may not."""
    async for moment in confirmed(deal):
        yield moment
    yield deal.sold_at + DELAY + timedelta(hours=1)
    await deal.credit()


async def objected(deal: Deal) -> Story:
    async for moment in confirmed(deal):
        yield moment
    yield _later(deal, (2, 20))
    await deal.object()


async def upheld(deal: Deal) -> Story:
    async for moment in objected(deal):
        yield moment
    yield _later(deal, LATER)
    await deal.decide("keep", "receipt_seen")


async def given_back(deal: Deal) -> Story:
    async for moment in objected(deal):
        yield moment
    yield _later(deal, LATER)
    await deal.decide("release", "holder_is_right")


async def second_in_line(deal: Deal) -> Story:
    async for moment in locked(deal):
        yield moment
    yield _later(deal, (1, 10))
    await deal.ask(deal.town.somebody(deal.buyer))


async def unmatched(deal: Deal) -> Story:
    yield deal.sold_at
    await deal.sell()
    yield _later(deal, SOON)
    await deal.ask(wrong=True)


async def only_written_down(deal: Deal) -> Story:
    """The issuer has not joined."""
    yield deal.sold_at + timedelta(hours=2)
    await deal.ask()


async def taken_back(deal: Deal) -> Story:
    async for moment in only_written_down(deal):
        yield moment
    yield _later(deal, SOON)
    await deal.release()


async def locked_by_issuer(deal: Deal) -> Story:
    async for moment in only_written_down(deal):
        yield moment
    yield _later(deal, (0.02, 0.3))
    await deal.answer("locked")


async def unknown_to_issuer(deal: Deal) -> Story:
    async for moment in only_written_down(deal):
        yield moment
    yield _later(deal, (0.02, 0.3))
    await deal.answer("unknown_card")


HUBS, ASKED, OUTSIDE = ("gash", "mycard", "youe"), ("razer", "garena"), ("apple", "steam", "google_play")
# way, how many, at which issuers, how many days ago the card was sold
WAYS: tuple[tuple[Way, int, tuple[str, ...], tuple[float, float]], ...] = (
    (locked, 9, HUBS, (0.3, 2.2)),
    (locked, 6, HUBS, (5, 50)),  # nobody proved it: it ran out
    (confirmed, 5, HUBS, (3, 25)),
    (locked_with_receipt, 4, HUBS, (1, 20)),
    (reported_to_165, 4, HUBS, (3, 30)),
    (confirmed_by_165, 3, HUBS, (3, 30)),
    (refused_to_scammer, 4, HUBS, (3, 20)),
    (refunded, 15, HUBS, (8, 55)),
    (released, 4, HUBS, (3, 40)),
    (too_late, 6, HUBS, (5, 50)),
    (being_credited, 2, HUBS, (2.3, 2.6)),
    (objected, 3, HUBS, (3, 4)),
    (upheld, 1, HUBS, (10, 20)),
    (given_back, 2, HUBS, (10, 20)),
    (second_in_line, 2, HUBS, (0.8, 1.5)),
    (unmatched, 4, HUBS, (0.3, 12)),
    (only_written_down, 6, OUTSIDE, (0.2, 30)),
    (taken_back, 2, OUTSIDE, (3, 30)),
    (locked_by_issuer, 3, ASKED, (0.5, 2)),
    (unknown_to_issuer, 3, ASKED, (1, 20)),
)  # fmt: skip


def lock_stories(town: Town) -> list[Story]:
    """All of them, over the way's issuers in turn."""
    return [way(deal) for way, deal in _deals(town)]


def _deals(town: Town) -> Iterator[tuple[Way, Deal]]:
    number = town.first
    for way, count, issuers, days in WAYS:
        for _ in range(town.count(count)):
            number += 1
            sold_at = town.some_day(days)
            yield way, Deal(
                town, issuers[number % len(issuers)], number, sold_at,
                town.rng.choice(CHAINS), town.rng.choice(VALUES), town.somebody(),
            )  # fmt: skip
