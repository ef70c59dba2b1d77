"""Issuers that keep their cards themselves are asked to lock; what they answer, late, twice or never, is told as it is."""

from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from services.locks.answers import handlers
from services.partners import joining
from services.partners.delivering import Delivering
from tests.contract.locking import SERIAL, Counter, Json


class Issuer:
    """A small issuer that remembers what it was told and answers as it is made to."""

    def __init__(self) -> None:
        self.told: list[Json] = []
        self.answers: list[web.Response | Json] = []

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.told.append(await request.json())
        answer = self.answers.pop(0) if self.answers else {}
        return answer if isinstance(answer, web.Response) else web.json_response(answer)


@pytest.fixture
async def issuer(counter: Counter) -> Any:
    one, app = Issuer(), web.Application()
    app.router.add_post("/hook", one.serve)
    async with TestServer(app) as server:
        url = str(server.make_url("/hook"))

        def join(session: Any) -> None:
            for partner in ("razer", "mycard"):
                joining.set_webhook(session, counter.vault, partner, url, counter.clock(), loopback=True)

        await counter.database.together(join)
        yield one


@pytest.fixture
async def worker(counter: Counter) -> Any:
    answered = handlers(counter.vault, counter.clock)
    one = Delivering(counter.database, counter.vault, counter.clock, answered, loopback=True)
    yield one
    await one.close()


async def ask(counter: Counter) -> Json:
    return await counter.lock(issuer="razer", invoice="AB12345678", amount=500)


async def states(counter: Counter) -> list[tuple[str, str]]:
    return [(one["state"], one["words"]) for one in await counter.mine()]


async def test_it_is_asked_with_the_serial_and_says_that_it_locked(
    counter: Counter, issuer: Issuer, worker: Delivering
) -> None:
    asked = await ask(counter)
    assert (asked["state"], asked["words"], asked["way"]) == ("requested", "asked", "api")
    issuer.answers = [{"answer": "locked"}]

    await worker.send_due()

    (told,) = issuer.told
    assert told["kind"] == "lock.requested"
    assert (told["data"]["serial"], told["data"]["chain"], told["data"]["invoice_number"]) == (
        SERIAL,
        "familymart",
        "AB12345678",
    )
    assert await states(counter) == [("provisional", "locked")]
    assert [key for key, _ in await counter.notices()] == ["notice.lock_placed"]
    assert (await counter.mine())[0]["proof"]


@pytest.mark.parametrize(
    ("answer", "expected", "notices"),
    [
        ("too_late", ("too_late", "too_late"), ["notice.lock_too_late"]),
        ("unknown_card", ("requested", "requested"), []),
        ("refused", ("requested", "requested"), []),
    ],
)
async def test_its_other_answers(
    counter: Counter,
    issuer: Issuer,
    worker: Delivering,
    answer: str,
    expected: tuple[str, str],
    notices: list[str],
) -> None:
    await ask(counter)
    issuer.answers = [{"answer": answer}]

    await worker.send_due()

    assert await states(counter) == [expected]
    assert [key for key, _ in await counter.notices()] == notices


async def test_down_slow_and_talking_nonsense_it_is_asked_again(
    counter: Counter, issuer: Issuer, worker: Delivering
) -> None:
    await ask(counter)
    issuer.answers = [
        web.Response(status=503),
        web.Response(text="<html>ok</html>", content_type="text/html"),
        {"answer": "locked"},
        {"answer": "locked"},
    ]

    for _ in range(4):
        await worker.send_due()
        counter.clock.move(minutes=1)

    assert len(issuer.told) == 3
    assert len({told["id"] for told in issuer.told}) == 1
    assert await states(counter) == [("provisional", "locked")]


async def test_who_does_not_take_the_request_is_told_of(
    counter: Counter, issuer: Issuer, worker: Delivering
) -> None:
    await ask(counter)
    issuer.answers = [web.json_response({"code": "not_here"}, status=404)]

    await worker.send_due()

    assert await states(counter) == [("requested", "requested")]
    ((key, _),) = await counter.notices()
    assert key == "notice.lock_unanswered"


async def test_who_never_answers_is_told_of_after_three_days(
    counter: Counter, issuer: Issuer, worker: Delivering
) -> None:
    await ask(counter)
    issuer.answers = [web.Response(status=500)] * 2
    await worker.send_due()
    assert await states(counter) == [("requested", "asked")]
    counter.clock.move(days=3)

    await worker.send_due()

    assert [key for key, _ in await counter.notices()] == ["notice.lock_unanswered"]
    assert await states(counter) == [("requested", "requested")]


async def test_it_may_poll_and_answer_instead(counter: Counter) -> None:
    await ask(counter)
    young = await counter.call("razer", "/v1/locks", get=True)
    counter.clock.move(seconds=5)
    page = await counter.call("razer", "/v1/locks?limit=1", get=True)
    (lock,) = page["locks"]
    rest = await counter.call("razer", f"/v1/locks?after={page['next']}", get=True)
    path = f"/v1/locks/{lock['lock']}"

    locked = await counter.call("razer", f"{path}/answers", {"answer": "locked"})
    late = await counter.call("razer", f"{path}/answers", {"answer": "unknown_card"})

    assert (young["locks"], rest["locks"], rest["next"]) == ([], [], page["next"])
    assert (lock["state"], lock["way"], lock["last4"]) == ("requested", "api", "7890")
    assert (locked["state"], late["state"]) == ("provisional", "provisional")
    assert (await counter.call("razer", path, get=True))["answer"] == "locked"
    assert (await counter.call("mycard", path, get=True))["code"] == "lock_not_found"
    assert (await counter.call("mycard", f"{path}/answers", {"answer": "locked"}))["code"] == "lock_not_found"
    assert (await counter.call("razer", "/v1/locks?limit=x", get=True))["code"] == "invalid_request"


async def test_a_lock_it_made_is_refunded_by_the_store_that_was_told(counter: Counter) -> None:
    await ask(counter)
    counter.clock.move(seconds=5)
    (lock,) = (await counter.call("razer", "/v1/locks", get=True))["locks"]
    await counter.call("razer", f"/v1/locks/{lock['lock']}/answers", {"answer": "locked"})
    (case,) = await counter.mine()
    receipt = await counter.tell(
        "p_1", f"/v1/locks/{case['number']}/confirm", {"invoice": "AB12345678", "amount": 500}
    )
    assert receipt["outcome"] == "recorded"
    reported = await counter.tell(
        "p_1", f"/v1/locks/{case['number']}/confirm", {"report_165": "A11511220001"}
    )
    assert reported["outcome"] == "confirmed"

    refunded = await counter.call("familymart", f"/v1/refunds/{case['proof']}")

    assert refunded["state"] == "refunded"


async def test_new_details_are_passed_on(counter: Counter, issuer: Issuer, worker: Delivering) -> None:
    case = await ask(counter)
    issuer.answers = [{"answer": "unknown_card"}, {"answer": "locked"}]
    await worker.send_due()
    await counter.tell("p_1", f"/v1/locks/{case['number']}/confirm", {"invoice": "CD12345678"})

    await worker.send_due()

    assert [told["data"]["invoice_number"] for told in issuer.told] == ["AB12345678", "CD12345678"]
    assert [told["data"]["serial"] for told in issuer.told] == [SERIAL, None]
    assert await states(counter) == [("provisional", "locked")]


async def test_asked_about_a_permission_it_may_answer_at_once(
    counter: Counter, issuer: Issuer, worker: Delivering
) -> None:
    await counter.sell()
    permission = (await counter.permit())["permission"]
    await counter.lock()
    issuer.answers = [{"report": "not_credited", "permission": permission}, {}]

    await worker.send_due()

    assert [told["kind"] for told in issuer.told] == ["card.ask"]
    assert issuer.told[0]["data"]["permission"] == permission
    assert await states(counter) == [("provisional", "locked")]
