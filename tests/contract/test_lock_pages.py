"""The page that a till sees of a proof, its QR code, and the figures."""

import base64
import hashlib
import re
import struct
import zlib

import pytest

from tests.contract.locking import Counter


async def page(counter: Counter, path: str) -> tuple[int, str, dict[str, str]]:
    async with counter.public.get(path) as answer:
        return answer.status, await answer.text(), dict(answer.headers)


async def test_the_till_sees_a_proof_and_nothing_of_the_person(counter: Counter) -> None:
    await counter.sell(face_value=1000, store="Secret Street")
    case = await counter.lock()

    status, text, headers = await page(counter, f"/verify/{case['proof']}")

    assert status == 200
    for shown in (
        "MyCard",
        "7890",
        "NT$1,000",
        "全家",
        "FamilyMart",
        "2026/11/22 14:05",
        "2026/11/25 14:05",
        "Test",
    ):
        assert shown in text
    for hidden in (case["number"], "p_1", "Secret Street", "示範", "<script"):
        assert hidden not in text
    assert 'lang="zh-TW"' in text
    assert 'lang="en"' in text
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in headers["Content-Security-Policy"]
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")


async def test_a_sandbox_proof_is_marked(counter: Counter) -> None:
    await counter.sell(issuer="gash")
    case = await counter.lock(issuer="gash")

    _, text, _ = await page(counter, f"/verify/{case['proof'].lower()}")

    assert text.count("示範") == 2


@pytest.mark.parametrize("proof", ["LP-0000-0000-0000-0000", "LP-7F3K-92QX", "x", "%3Cscript%3E"])
async def test_no_proof_is_no_proof(counter: Counter, proof: str) -> None:
    status, text, _ = await page(counter, f"/verify/{proof}")

    assert status == 404
    assert "There is no such proof" in text
    assert "<script" not in text


async def test_the_till_sees_when_a_proof_is_over(counter: Counter) -> None:
    await counter.sell()
    case = await counter.lock()
    await counter.tell("p_1", f"/v1/locks/{case['number']}/release")

    status, text, _ = await page(counter, f"/verify/{case['proof']}")

    assert status == 200
    assert "the lock was lifted" in text


async def test_the_qr_code_is_a_picture_of_the_address(counter: Counter) -> None:
    await counter.sell()
    proof = (await counter.lock())["proof"]
    async with counter.public.get(f"/verify/{proof}.png") as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")
        picture = await answer.read()
    width, height = struct.unpack(">II", picture[16:24])
    assert width == height > 200
    data = b"".join(re.findall(rb"IDAT(.*?)....IEND", picture, re.DOTALL))
    assert zlib.decompress(data)
    status, text, headers = await page(counter, f"/verify/{proof}.svg")
    assert (status, headers["Content-Type"]) == (200, "image/svg+xml")
    assert text.count("<path") == 1
    assert (await page(counter, "/verify/nothing.svg"))[0] == 404
    assert (await page(counter, f"/verify/{proof}.gif"))[0] == 404


async def test_figures(counter: Counter) -> None:
    for number in range(4):
        await counter.sell(
            f"MCAB000000000{number}", ref=f"r{number}", face_value=1000, invoice_number=f"AB0000000{number}"
        )
        await counter.lock(f"p_{number}", f"MCAB000000000{number}")
    await counter.permit("r0")
    await counter.permit("r0")
    (released,) = await counter.mine("p_1")
    await counter.tell("p_1", f"/v1/locks/{released['number']}/release")
    (refunded,) = await counter.mine("p_2")
    await counter.call("familymart", f"/v1/refunds/{refunded['proof']}", {"receipt": "AB00000002"})
    await counter.lock("p_9", "GA12345678", issuer="garena")
    counter.clock.move(days=10)
    await counter.lock("p_9", "MCAB5555555555")

    answer = await counter.ask("p_1", "/v1/stats/locks?from=2026-11-01&to=2027-01-01T00:00:00Z")

    live, none = answer["live"], answer["none"]
    assert (live["locked"], live["amount_locked"], live["amount_kept"]) == (4, 4000, 3000)
    assert (live["reached"]["refunded"], live["reached"]["released"], live["crediting_refused"]) == (1, 1, 1)
    assert live["to_lock_seconds"] == {"p50": 40.0, "p95": 40.0}
    assert live["reports_by_month"] == {"2026-11": 4, "2026-12": 1}
    assert (none["locked"], none["to_lock_seconds"]["p50"], none["reports_by_month"]) == (
        0,
        None,
        {"2026-11": 1},
    )
    assert (await counter.ask("p_1", "/v1/stats/locks?from=x"))["code"] == "invalid_request"


async def test_issuers_are_listed_as_they_are_today(counter: Counter) -> None:
    issuers = {one["id"]: one for one in (await counter.ask("p_1", "/v1/issuers"))["issuers"]}

    assert (issuers["mycard"]["status"], issuers["mycard"]["way"], issuers["mycard"]["delay_hours"]) == (
        "live",
        "hub",
        48,
    )
    assert (issuers["garena"]["status"], issuers["garena"]["way"], issuers["garena"]["delay_hours"]) == (
        "none",
        "manual",
        None,
    )
    assert list(issuers)[-3:] == ["apple", "google_play", "steam"]
