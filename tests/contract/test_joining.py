"""Somebody in the chat uses an invitation: bound once, limited, the same answer for a repeated turn."""

import pytest

from lianfang.events import SYSTEM
from services.locks.importing import load_shipped_issuers
from services.partners.joining import add_partner
from services.people.accounts import invitations
from services.people.roles import bound_to
from tests.contract.campaigning import Town

PATH = "/v1/people/me/join"


async def invite(town: Town, role: str, organisation: str) -> str:
    issued = await town.database.together(
        lambda s: invitations.issue(s, town.vault, role, organisation, actor=SYSTEM, now=town.clock())
    )
    return issued.code


async def test_a_merchant_joins_once(town: Town) -> None:
    code, merchant, other = (
        await invite(town, "merchant", "momo"),
        await town.person("U1"),
        await town.person("U2"),
    )
    for _ in range(2):
        joined = await town.call("POST", PATH, merchant, {"code": code}, trace="in_1", key="in_1:join")
        assert (joined["status"], joined["role"], joined["organisation"]) == (200, "merchant", "momo")
    late = await town.call("POST", PATH, other, {"code": code}, key="in_2:join")
    assert (late["status"], late["code"]) == (404, "invitation_not_found")
    bound = await town.database.look(lambda s: bound_to(s, [merchant, other]))
    assert bound == {merchant: frozenset({("merchant", "momo")})}


@pytest.mark.parametrize(
    ("role", "organisation", "names"),
    [
        ("merchant", "taiwan-water-corporation", ("台灣自來水公司", "Taiwan Water Corporation")),
        ("issuer", "gash", ("GASH", "GASH")),
        ("store", "corner", ("轉角商店", "Corner Shop")),
        ("merchant", "nobody-knows-it", ("nobody-knows-it", "nobody-knows-it")),
    ],
)
async def test_it_is_told_for_whom_by_name(
    town: Town, role: str, organisation: str, names: tuple[str, str]
) -> None:
    await load_shipped_issuers(town.database, town.clock)
    await town.database.together(
        lambda s: add_partner(
            s, "corner", kind="store", name_zh="轉角商店", name_en="Corner Shop", now=town.clock()
        )
    )
    code, person = await invite(town, role, organisation), await town.person("U1")
    joined = await town.call("POST", PATH, person, {"code": code}, key="in_1:join")
    assert (joined["name_zh"], joined["name_en"]) == names


async def test_an_officers_invitation_opens_nothing_in_the_chat(town: Town) -> None:
    code, person = await invite(town, "authority", "moda"), await town.person("U1")
    refused = await town.call("POST", PATH, person, {"code": code}, key="in_1:join")
    unknown = await town.call("POST", PATH, person, {"code": "JOIN-0000-0000-0000"}, key="in_2:join")
    assert refused == unknown
    assert refused["status"] == 404


async def test_guessing_ends(town: Town) -> None:
    person, code = await town.person("U1"), await invite(town, "merchant", "momo")
    for number in range(5):
        await town.call("POST", PATH, person, {"code": "JOIN-0000-0000-0000"}, key=f"in_{number}:join")
    refused = await town.call("POST", PATH, person, {"code": code}, key="in_9:join")
    assert (refused["status"], refused["code"]) == (429, "too_many_tries")
    assert refused["until"] > "2026-11-22T06:05"
    assert (await town.call("POST", PATH, None, {"code": code}))["status"] == 400
