"""A lock from its first minute to its end: confirmed, expired, taken back, objected to, refunded."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lianfang.events import Actor
from lianfang.words import LANGUAGES, Words
from services.cases.deadlines import run_deadlines
from services.cases.officers import look_at
from services.cases.walking import lock_case, walk
from services.locks.jobs import ask_about_permissions, warn_of_expiry
from services.locks.lane import LOCK
from services.locks.models import Lock
from services.partners import joining
from tests.conftest import ROOT
from tests.contract.locking import Counter, Json

RECEIPT = {"invoice": "ab 12345678", "amount": 1000}


async def sold_and_locked(counter: Counter, issuer: str = "mycard") -> Json:
    await counter.sell(issuer=issuer, invoice_number="AB12345678", total=1000, store="Taipei Main")
    return await counter.lock(issuer=issuer)


async def confirm(counter: Counter, case: Json, **receipt: object) -> Json:
    return await counter.tell("p_1", f"/v1/locks/{case['number']}/confirm", receipt)


@pytest.mark.parametrize(
    ("receipt", "outcome", "state"),
    [
        (RECEIPT, "confirmed", "confirmed"),
        ({"invoice": "AB12345678", "store": "Taipei Main"}, "confirmed", "confirmed"),
        ({"invoice": "AB12345678"}, "differs", "provisional"),
        ({"invoice": "AB12345678", "amount": 1001}, "differs", "provisional"),
        ({"invoice": "AB12345679", "amount": 1000}, "differs", "provisional"),
        ({"report_165": "A11511220001"}, "confirmed", "confirmed"),
    ],
)
async def test_what_confirms(counter: Counter, receipt: Json, outcome: str, state: str) -> None:
    case = await sold_and_locked(counter)

    answer = await confirm(counter, case, **receipt)

    assert (answer["outcome"], answer["state"]) == (outcome, state)
    assert answer["expires_at"] == (None if state == "confirmed" else case["expires_at"])


async def test_a_report_to_a_live_hotline_waits_for_its_word(counter: Counter) -> None:
    case = await sold_and_locked(counter)
    async with counter.database.write() as session:
        await session.run_sync(
            joining.add_partner,
            "165",
            kind="hotline",
            name_zh="165",
            name_en="165",
            now=counter.clock(),
            status="live",
        )

    answer = await confirm(counter, case, report_165="A11511220001")

    assert (answer["outcome"], answer["state"]) == ("pending", "provisional")


async def test_receipts_are_not_guessed_for_long(counter: Counter) -> None:
    case = await sold_and_locked(counter)
    for number in range(5):
        await confirm(counter, case, invoice=f"AB0000000{number}", amount=1000)

    assert (await confirm(counter, case, **RECEIPT))["outcome"] == "differs"
    assert (await confirm(counter, case, report_165="A11511220001"))["outcome"] == "confirmed"


async def test_an_invoice_found_later_locks_what_was_only_requested(counter: Counter) -> None:
    await counter.sell(invoice_number="AB12345678", total=1000)
    case = await counter.lock(hours_ago=2)
    assert case["words"] == "requested"

    wrong = await confirm(counter, case, invoice="AB00000000")
    found = await confirm(counter, case, **RECEIPT)

    assert (wrong["outcome"], wrong["words"]) == ("recorded", "requested")
    assert (found["outcome"], found["words"]) == ("confirmed", "confirmed")


async def test_an_unconfirmed_lock_warns_and_ends(counter: Counter) -> None:
    case = await sold_and_locked(counter)
    counter.clock.move(hours=61)
    assert await warn_of_expiry(counter.database, counter.vault, counter.clock) == 1
    assert await warn_of_expiry(counter.database, counter.vault, counter.clock) == 0
    ((key, params),) = await counter.notices()
    assert (key, params["until"], params["number"]) == ("notice.lock_expiring", "11/25 14:05", case["number"])

    counter.clock.move(hours=12)
    await run_deadlines(counter.database, counter.vault, counter.clock, {LOCK.name: LOCK})

    assert [one["state"] for one in await counter.mine()] == ["expired"]
    assert [key for key, _ in await counter.notices()][1:] == ["notice.lock_expired"]
    assert (await counter.permit())["result"] == "permitted"
    assert (await confirm(counter, case, **RECEIPT))["outcome"] == "not_open"


async def test_a_confirmed_lock_does_not_end(counter: Counter) -> None:
    await confirm(counter, await sold_and_locked(counter), **RECEIPT)
    counter.clock.move(days=20)

    assert await warn_of_expiry(counter.database, counter.vault, counter.clock) == 0
    assert await run_deadlines(counter.database, counter.vault, counter.clock, {LOCK.name: LOCK}) == 0


async def test_a_request_nobody_answered_lapses(counter: Counter) -> None:
    await counter.lock()
    counter.clock.move(days=61)

    await run_deadlines(counter.database, counter.vault, counter.clock, {LOCK.name: LOCK})

    assert [one["state"] for one in await counter.mine()] == ["closed"]
    assert await counter.notices() == []


async def test_an_issuer_is_asked_about_a_permission_until_it_reports(counter: Counter) -> None:
    await counter.sell()
    permission = (await counter.permit())["permission"]

    async def ask() -> int:
        return await ask_about_permissions(counter.database, counter.vault, counter.clock)

    counter.clock.move(seconds=59)
    assert await ask() == 0
    counter.clock.move(seconds=1)
    assert (await ask(), await ask()) == (1, 0)
    counter.clock.move(minutes=10)
    assert await ask() == 1
    counter.clock.move(days=3)
    assert (await counter.permit())["permission"] == permission
    await counter.report("not_credited", permission)
    counter.clock.move(minutes=10)
    assert await ask() == 0
    assert await counter.deliveries() == ["card.ask", "card.ask"]


async def test_what_is_somebody_elses_is_not_there(counter: Counter) -> None:
    case = await sold_and_locked(counter)

    for act in ("confirm", "release", "object"):
        foreign = await counter.tell("p_2", f"/v1/locks/{case['number']}/{act}", {})
        unknown = await counter.tell("p_2", f"/v1/locks/LF-0000-0000/{act}", {})
        assert foreign == unknown
        assert (foreign["status"], foreign["code"]) == (404, "case_not_found")
    assert await counter.mine("p_2") == []


async def test_the_holder_of_a_wrongly_locked_card_objects(counter: Counter) -> None:
    case = await sold_and_locked(counter)
    card = {"issuer": "MyCard", "serial": "MCAB1234567890"}
    bought = {"chain": "familymart", "bought_at": counter.hours_ago(49)}

    wrong = await counter.tell("p_2", "/v1/locks/objections", {**card, **bought, "chain": "hilife"})
    unknown = await counter.tell(
        "p_2", "/v1/locks/objections", {**card, **bought, "serial": "MCAB0000000000"}
    )
    own = await counter.tell("p_1", "/v1/locks/objections", {**card, **bought})
    objected = await counter.tell("p_2", "/v1/locks/objections", {**card, **bought})

    assert wrong == unknown == own == {"case": None, "status": 200}
    shown = objected["case"]
    assert (shown["number"], shown["state"], shown["proof"], shown["outcome"]) == (
        case["number"],
        "objected",
        None,
        "objected",
    )
    assert [shown[name] for name in ("locked_at", "expires_at", "confirmed_by")] == [None] * 3
    assert [key for key, _ in await counter.notices("p_1")] == ["notice.lock_objected"]
    assert await counter.notices("p_2") == []
    seen = await counter.ask("p_2", f"/v1/cases/{case['number']}")
    assert (seen["may"], seen["due_at"], seen["shown"]["until"]) == ([], None, "")
    assert (await counter.ask("p_1", f"/v1/cases/{case['number']}"))["may"] == ["wrong"]
    assert (await counter.card())["state"] == "locked"

    counter.clock.move(hours=72)
    await run_deadlines(counter.database, counter.vault, counter.clock, {LOCK.name: LOCK})
    assert (await counter.card())["state"] == "held"
    assert [key for key, _ in await counter.notices("p_2")] == ["notice.lock_expired"]


async def objects(counter: Counter, person: str, **told: object) -> str | None:
    """The state of the case that this person's objection meets, None when it is not taken."""
    card = {"issuer": "mycard", "serial": "MCAB1234567890", "chain": "familymart"}
    said = {**card, "bought_at": counter.hours_ago(49), **told}
    case = (await counter.tell(person, "/v1/locks/objections", said))["case"]
    return case["state"] if case else None


async def test_a_receipt_with_two_issuers_opens_the_card_that_is_named(counter: Counter) -> None:
    await counter.sell("GASH12345678", issuer="gash", invoice_number="AB12345678")
    await sold_and_locked(counter)

    assert await objects(counter, "p_2", issuer="gash", serial="GASH12345678", invoice="AB12345678") is None
    assert await objects(counter, "p_2", invoice="AB12345678") == "objected"


async def decide(counter: Counter, event: str) -> None:
    def walk_on(session: Session) -> None:
        lock = session.scalars(select(Lock).where(Lock.person == "p_1")).one()
        case, officer = lock_case(session, lock.case), Actor("officer", "p_officer")
        walk(session, counter.vault, LOCK, case, event, actor=officer, now=counter.clock())

    await counter.database.together(walk_on)


async def test_whoever_objects_cannot_keep_a_receipt_out(counter: Counter) -> None:
    case = await sold_and_locked(counter)
    await objects(counter, "p_2")
    path = f"/v1/cases/{case['number']}/evidence"

    junk = [(await counter.tell("p_2", path, {"body": "x"}))["status"] for _ in range(6)]
    own = [(await counter.tell("p_1", path, {"body": "x"}))["status"] for _ in range(21)]
    answer = await confirm(counter, case, **RECEIPT)

    assert junk == [200] * 5 + [409]
    assert own == [200] * 20 + [409]
    assert (answer["outcome"], answer["state"]) == ("confirmed", "objected")
    counter.clock.move(days=10)
    await run_deadlines(counter.database, counter.vault, counter.clock, {LOCK.name: LOCK})
    assert [one["state"] for one in await counter.mine()] == ["objected"]


async def test_a_person_objects_to_a_lock_once(counter: Counter) -> None:
    await confirm(counter, await sold_and_locked(counter), **RECEIPT)
    assert await objects(counter, "p_2") == "objected"
    assert await objects(counter, "p_2") == "objected"
    await decide(counter, "keep")

    assert await objects(counter, "p_2", invoice="AB12345678") is None
    assert await objects(counter, "p_3") is None
    assert await objects(counter, "p_3", invoice="AB12345679") is None
    second = await counter.lock("p_4")
    recorded = await counter.tell("p_4", f"/v1/locks/{second['number']}/object")
    assert (recorded["outcome"], recorded["number"]) == ("recorded", second["number"])
    assert [one["state"] for one in await counter.mine()] == ["confirmed"]
    assert await objects(counter, "p_3", invoice="AB12345678") == "objected"


async def test_everybody_who_objects_is_on_record_and_told(counter: Counter) -> None:
    case = await sold_and_locked(counter)
    for person in ("p_2", "p_3", "p_2"):
        assert await objects(counter, person) == "objected"

    seen = await counter.database.look(lambda session: look_at(session, counter.vault, case["number"]))
    assert seen is not None
    assert [step.actor for step in seen.history if step.params["event"] == "object"] == ["p_2", "p_3"]
    assert [key for key, _ in await counter.notices("p_1")] == ["notice.lock_objected"]
    counter.clock.move(hours=72)
    await run_deadlines(counter.database, counter.vault, counter.clock, {LOCK.name: LOCK})
    for person in ("p_2", "p_3"):
        assert [key for key, _ in await counter.notices(person)] == ["notice.lock_expired"]


async def test_no_secret_stays_in_evidence(counter: Counter) -> None:
    case = await sold_and_locked(counter)

    await counter.tell("p_1", f"/v1/cases/{case['number']}/evidence", {"body": "密碼 Qwer9876 驗證碼 112233"})

    seen = await counter.database.look(lambda session: look_at(session, counter.vault, case["number"]))
    assert seen is not None
    assert [piece.text for piece in seen.evidence] == ["密碼 ［已隱藏:pin］ 驗證碼 ［已隱藏:otp］"]


async def test_what_is_proven_after_an_objection_keeps_the_lock_until_officers_decide(
    counter: Counter,
) -> None:
    case = await sold_and_locked(counter)
    second = await counter.lock("p_2")
    objected = await counter.tell("p_2", f"/v1/locks/{second['number']}/object")
    assert (objected["outcome"], objected["number"]) == ("objected", case["number"])

    proven = await confirm(counter, case, **RECEIPT)
    counter.clock.move(days=10)
    await run_deadlines(counter.database, counter.vault, counter.clock, {LOCK.name: LOCK})

    assert (proven["outcome"], proven["state"]) == ("confirmed", "objected")
    assert [one["state"] for one in await counter.mine()] == ["objected"]


async def test_the_selling_store_refunds_once(counter: Counter) -> None:
    case = await sold_and_locked(counter)
    path = f"/v1/refunds/{case['proof']}"
    early = await counter.call("familymart", path)
    assert (early["status"], early["code"], early["state"]) == (409, "not_refundable", "provisional")
    await confirm(counter, case, **RECEIPT)

    looked = await counter.call("familymart", path.lower(), get=True)
    assert (looked["valid"], looked["refundable"], looked["last4"], looked["issuer"]) == (
        True,
        True,
        "7890",
        "mycard",
    )
    assert not {"person", "number", "case"} & set(looked)
    for stranger in ("seven_eleven", "gash"):
        other = await counter.call(stranger, path, get=True)
        unknown = await counter.call(stranger, "/v1/refunds/LP-0000-0000-0000-0000", get=True)
        assert other == unknown
        assert (await counter.call(stranger, path))["code"] == "proof_not_found"

    assert (await counter.call("familymart", path, {"receipt": "AB12345678"}))["state"] == "refunded"
    assert (await counter.call("familymart", path))["state"] == "refunded"
    assert (await counter.card())["state"] == "refunded"
    assert (await counter.permit())["reason"] == "refunded"
    assert [key for key, _ in await counter.notices()] == ["notice.lock_refunded"]
    assert await counter.deliveries() == ["lock.placed", "lock.confirmed", "refund.done"]


async def test_the_receipt_at_the_till_confirms_and_refunds(counter: Counter) -> None:
    case = await sold_and_locked(counter)

    wrong = await counter.call("familymart", f"/v1/refunds/{case['proof']}", {"receipt": "AB12345679"})
    right = await counter.call("familymart", f"/v1/refunds/{case['proof']}", {"receipt": "AB-12345678"})

    assert (wrong["code"], right["state"]) == ("receipt_differs", "refunded")


async def test_another_receipt_refunds_nothing_however_the_lock_was_confirmed(counter: Counter) -> None:
    case = await sold_and_locked(counter)
    await confirm(counter, case, report_165="ZZ99999")
    path = f"/v1/refunds/{case['proof']}"

    wrong = await counter.call("familymart", path, {"receipt": "ZZ00000000"})

    assert (wrong["status"], wrong["code"]) == (409, "receipt_differs")
    assert (await counter.card())["state"] == "locked"
    assert (await counter.call("familymart", path, {"receipt": "AB12345678"}))["state"] == "refunded"


async def test_a_receipt_of_a_sale_registered_without_an_invoice_is_taken(counter: Counter) -> None:
    await counter.sell()
    case = await counter.lock()
    await confirm(counter, case, report_165="A11511220001")

    refunded = await counter.call("familymart", f"/v1/refunds/{case['proof']}", {"receipt": "AB12345678"})

    assert refunded["state"] == "refunded"


async def test_what_a_sandbox_does_is_marked(counter: Counter) -> None:
    words = Words.load(ROOT / "domain.yml")
    await sold_and_locked(counter, "gash")
    counter.clock.move(hours=72)
    await run_deadlines(counter.database, counter.vault, counter.clock, {LOCK.name: LOCK})

    ((key, params),) = await counter.notices()
    for language in LANGUAGES:
        assert words.say(params["demo"]["key"], language)
        assert "示範" in words.say(
            key, language, {**params, "demo": words.say(params["demo"]["key"], language)}
        )
