"""Wrong, foreign and unknown serials take the same statements, so that not even time tells them apart."""

from sqlalchemy import event

from services.locks.asking import LockRequest, WantedCard
from services.locks.requests import request_locks
from tests.unit.locks.test_any_order import START, World

SERIALS = {"wrong": "MCAB1234567890", "foreign": "MCAB1234567891", "unknown": "MCAB5555555555"}


def ask(world: World, person: str, serial: str, chain: str) -> list[str]:
    """The statements of a request to lock, each up to its conditions."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement.partition("WHERE")[0])

    request = LockRequest(
        person=person,
        channel="line",
        cards=[WantedCard("mycard", serial)],
        first_message_at=START,
        chain=chain,
        bought_at=START,
    )
    event.listen(world.engine, "before_cursor_execute", note)
    with world.session() as session:
        request_locks(session, world.vault, request, now=START)
    event.remove(world.engine, "before_cursor_execute", note)
    return said


def test_the_same_statements_whatever_was_wrong() -> None:
    world = World()
    world.sell("r2")
    world.ask_for_a_lock("r2", "p_owner", knows=True, receipt=False)

    said = {kind: ask(world, f"p_{kind}", serial, "hilife") for kind, serial in SERIALS.items()}

    assert said["wrong"] == said["foreign"] == said["unknown"]
    assert len(said["wrong"]) > 5
    world.engine.dispose()
