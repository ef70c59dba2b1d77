"""The registry desk on both databases: two persons change facts of running checks, nobody changes them alone."""

import asyncio
from collections.abc import Awaitable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from lianfang.database import Database
from lianfang.events import Event, verify
from lianfang.privacy import Vault
from services.registry.desk.asking import Asked
from services.registry.desk.dry_run import preview
from services.registry.desk.indicators import search_indicators
from services.registry.desk.listings import Decision, Keys
from services.registry.desk.models import DeskProposal
from services.registry.desk.officers import NotAllowed, NotFound, officer
from services.registry.desk.outside import Outside, decided_values
from services.registry.desk.showing import (
    find_organisations,
    numbers,
    one_organisation,
    one_proposal,
    page_of_proposals,
)
from services.registry.generations import make_current
from services.registry.models import Generation, Indicator
from services.registry.own_list import add_to_own_list, stored_key
from services.registry.records import directory_of, shipped_records
from services.registry.seed import read_organisations
from services.registry.seeding import load_seed
from services.registry.snapshots import snapshots_of
from tests.conftest import Hands
from tests.contract.desking import POWER, TODAY, WATER, Office, announced, codes, complete, domain

FOREIGN = "【台灣自來水】貴戶水費逾期412元，請至 https://new-water.tw/x 繳納"
BANK, TOLL = "mega-bank", "fetc-etc-toll"
BANKS = "【兆豐銀行】您的帳單已出，請至 https://megabill.tw/x 繳納"
OUTAGE = "【台電】停電通知：{date}檢修線路，暫停供電{digits}小時，造成不便敬請見諒，請提早準備。"
COPY = "123【台電】停電通知：11/25檢修線路，暫停供電3小時，造成不便敬請見諒，請提早準備。"
SMS = {"sender": "111", "receiver_last3": "123", "app": "sms"}


@pytest.fixture
async def office(database: Database, clock: Hands) -> Office:
    await load_seed(database, clock)
    return Office(database, clock)


async def refused(attempt: Awaitable[Any]) -> str:
    with pytest.raises(NotAllowed) as error:
        await attempt
    return error.value.code


async def ship_again(database: Database, clock: Hands) -> None:
    """A newer release brings its registry: another generation becomes current."""
    async with database.write() as session:
        await session.execute(update(Generation).values(sha256="an earlier release"))
    assert await load_seed(database, clock)


async def test_what_the_database_holds_is_what_was_shipped(office: Office) -> None:
    async with office.database.read() as session:
        records = await shipped_records(session, await session.scalar(select(func.max(Generation.id))))
    made = directory_of(records, "test").organisations
    for one in read_organisations():
        held = made[one.id]
        assert set(held.domains) == set(one.domains)
        assert set(held.contacts) == set(one.contacts)
        assert (held.written, held.domains_complete, held.complete_evidence, held.verified_on) == (
            one.written,
            one.domains_complete,
            one.complete_evidence,
            one.verified_on,
        )


async def test_an_approved_domain_is_known_by_running_checks_and_survives_an_import(office: Office) -> None:
    assert (await office.check(FOREIGN))["verdict"] == "fraud"
    proposal = await office.propose(
        await office.officer("one"), domain(WATER, "new-water.tw"), "letter of the 20th"
    )
    assert (await office.check(FOREIGN))["verdict"] == "fraud"
    approved = await office.approve(await office.officer("one"), proposal, "seen")
    assert (approved.state, approved.decision, approved.decided_for) == ("approved", "seen", "one")
    answer = await office.check(FOREIGN)
    assert "foreign_address_proven" not in codes(answer)
    assert answer["organisation"]["domains"] == ["water.gov.tw", "new-water.tw"]
    await ship_again(office.database, office.clock)
    assert (await office.check(FOREIGN))["verdict"] == answer["verdict"]
    await office.undo(await office.officer("two"), approved)
    assert (await office.check(FOREIGN))["verdict"] == "fraud"


async def test_the_version_of_a_verdict_tells_the_desks_changes(office: Office) -> None:
    before = (await office.check("好"))["version"]
    approved = await office.made(domain(WATER, "new-water.tw"))
    during = (await office.check("好"))["version"]
    await office.undo(await office.officer(), approved)
    after = (await office.check("好"))["version"]
    assert len({before, during, after}) == 3
    assert during.startswith(before)


async def test_each_step_is_an_event_and_the_chain_holds(office: Office) -> None:
    one, other = await office.officer(), await office.officer()
    proposal = await office.propose(one, domain(WATER, "new-water.tw"))
    await office.approve(other, proposal)
    await office.undo(one, proposal)
    async with office.database.read() as session:
        events = await session.scalars(
            select(Event).where(Event.entity == "desk_proposal").order_by(Event.number)
        )
        told = [(event.actor, event.from_state, event.to_state, event.params) for event in events]
        assert await verify(session) == []
    params = {
        "kind": "domain",
        "key": f"{WATER}/new-water.tw",
        "operation": "add",
        "organisation": "lianfang",
    }
    assert told == [
        (one, None, "proposed", params),
        (other, "proposed", "approved", params),
        (one, "approved", "undone", params),
    ]


async def test_nobody_approves_alone(office: Office) -> None:
    """Neither oneself, nor oneself in another role or for another organisation, nor somebody who is no officer."""
    one = await office.person(
        ("registry_desk", "lianfang"), ("registry_desk", "moda"), ("authority", "moda"), ("165", "npa")
    )
    proposal = await office.propose(one, domain(WATER, "new-water.tw"))
    assert await refused(office.approve(one, proposal)) == "second_person_required"
    assert await refused(office.reject(one, proposal, "no")) == "second_person_required"
    for role, organisation in (("authority", "moda"), ("bank", WATER), ("auditor", "lianfang")):
        outsider = await office.person((role, organisation))
        with pytest.raises(NotFound):
            await office.approve(outsider, proposal)
    with pytest.raises(NotFound):
        await office.act(None)
    assert (await office.check(FOREIGN))["verdict"] == "fraud"


async def test_what_makes_fraud_possible_needs_another_organisation(office: Office) -> None:
    assert (await office.check(BANKS))["verdict"] == "suspicious"
    one = await office.person(("registry_desk", "lianfang"), ("association", "moda"))
    proposal = await office.propose(one, complete(BANK))
    colleague, too_near = await office.officer("lianfang"), await office.officer("moda")
    assert await refused(office.approve(colleague, proposal)) == "other_organisation_required"
    assert await refused(office.approve(too_near, proposal)) == "other_organisation_required"
    both = await office.person(("registry_desk", "lianfang"), ("registry_desk", "fsc"))
    approved = await office.approve(both, proposal)
    assert approved.decided_for == "fsc"
    assert (await office.check(BANKS))["verdict"] == "fraud"
    await office.undo(colleague, approved)
    assert (await office.check(BANKS))["verdict"] == "suspicious"


async def test_colleagues_cannot_go_round_the_other_organisation(office: Office) -> None:
    """Out of proof, another name, and back again: each step theirs alone, but not the last."""
    text = "【水水通知】您的包裹已到，請至 https://parcel-shop.store/x"
    one, other = await office.officer("lianfang"), await office.officer("lianfang")
    paused = await office.propose(one, complete(WATER, is_complete=False))
    await office.approve(other, paused)
    async with office.database.read() as session:
        aliases = (await one_organisation(session, WATER, office.clock())).record["aliases"]
    wider = [*aliases, {"text": "水水通知", "brackets": False}]
    renamed = await office.propose(one, Asked("organisation", (WATER,), "change", {"aliases": wider}))
    await office.approve(other, renamed)
    assert await refused(office.undo(one, paused)) == "other_organisation_required"
    assert (await office.check(text))["verdict"] == "suspicious"
    await office.undo(await office.officer("moda"), paused)
    assert (await office.check(text))["verdict"] == "fraud"


async def test_rejected_with_a_reason_or_withdrawn_by_who_proposed(office: Office) -> None:
    one, other = await office.officer(), await office.officer()
    proposal = await office.propose(one, domain(WATER, "new-water.tw"))
    assert await refused(office.reject(other, proposal, "  ")) == "reason_required"
    rejected = await office.reject(other, proposal, "密碼 hunter2hunter2，沒有公文")
    assert rejected.state == "rejected"
    assert "hunter2hunter2" not in (rejected.decision or "")
    again = await office.propose(one, domain(WATER, "new-water.tw"))
    assert await refused(office.withdraw(other, again)) == "not_your_proposal"
    assert (await office.withdraw(one, again)).state == "withdrawn"
    for step in (office.approve(other, again), office.reject(other, again, "no"), office.undo(other, again)):
        assert await refused(step) == "already_withdrawn"
    assert (await office.check(FOREIGN))["verdict"] == "fraud"


async def test_one_open_proposal_for_one_record(office: Office) -> None:
    one, other = await office.officer(), await office.officer()
    await office.propose(one, domain(WATER, "new-water.tw"))
    assert await refused(office.propose(other, domain(WATER, "new-water.tw"))) == "proposal_exists"
    await office.propose(other, domain(WATER, "other-water.tw"))


async def test_two_officers_decide_at_the_same_moment(office: Office) -> None:
    proposal = await office.propose(await office.officer(), domain(WATER, "new-water.tw"))
    deciders = [await office.officer() for _ in range(4)]
    results = await asyncio.gather(
        *(office.approve(one, proposal) for one in deciders), return_exceptions=True
    )
    assert sum(isinstance(one, DeskProposal) for one in results) == 1
    refusals = [one.code for one in results if isinstance(one, NotAllowed)]
    assert refusals == ["already_approved"] * 3


async def test_what_changed_meanwhile_is_proposed_anew(office: Office) -> None:
    first = await office.made(domain(WATER, "water.gov.tw", "change", {"evidence": "letter 1"}))
    stale = await office.propose(
        await office.officer(), domain(WATER, "water.gov.tw", "change", {"confirmed": False})
    )
    await office.undo(await office.officer(), first)
    assert await refused(office.approve(await office.officer(), stale)) == "changed_meanwhile"
    added = await office.made(domain(WATER, "new-water.tw"))
    lost = await office.propose(await office.officer(), domain(WATER, "new-water.tw", "retire"))
    await office.undo(await office.officer(), added)
    assert await refused(office.approve(await office.officer(), lost)) == "no_such_record"


async def test_only_the_newest_change_is_undone(office: Office) -> None:
    first = await office.made(domain(WATER, "new-water.tw"))
    second = await office.made(domain(WATER, "new-water.tw", "change", {"confirmed": False}))
    one = await office.officer()
    assert await refused(office.undo(one, first)) == "changed_since"
    await office.undo(one, second)
    await office.undo(one, first)
    async with office.database.read() as session:
        domains = (await one_organisation(session, WATER, office.clock())).domains
    assert list(domains) == ["water.gov.tw"]


NO_FACTS = [
    (domain(WATER, "gov.tw"), "public_suffix"),
    (domain(WATER, "com.tw"), "public_suffix"),
    (domain(WATER, "github.io"), "public_suffix"),
    (domain(WATER, "bit.ly"), "shared_host"),
    (domain(WATER, "www.new-water.tw"), "not_a_domain"),
    (domain(WATER, "xn--wter-0ra.tw"), "not_a_domain"),
    (domain(WATER, "1.2.3.4"), "not_a_domain"),
    (domain(WATER, "New-Water.tw"), "invalid"),
    (domain(WATER, "cash-out.top"), "listed"),
    (domain(WATER, "pay.cash-out.top"), "listed"),
    (domain(WATER, "water.gov.tw"), "exists_already"),
    (domain("no-such", "new-water.tw"), "no_such_organisation"),
    (domain(WATER, "new-water.tw", "retire"), "no_such_record"),
    (domain(WATER, "water.gov.tw", "change", {"confirmed": True}), "nothing_changes"),
    (domain(WATER, "water.gov.tw", "change", {"role": "suffix"}), "role_not_allowed"),
    (domain(WATER, "new-water.tw", "add", {"confirmed": True}), "invalid"),
    (domain(WATER, "water.gov.tw", "change", {"verified_on": "2026-11-23"}), "date_in_future"),
    (domain(WATER, "water.gov.tw", "change", {"owner": "me"}), "invalid"),
    (
        Asked("domain_list", (BANK,), "change", {"complete": True, "verified_on": TODAY}),
        "evidence_missing",
    ),
    (complete("165-dashboard-2"), "no_such_record"),
    (Asked("organisation", (WATER,), "change", {"aliases": [{"text": "水"}]}), "name_too_short"),
    (Asked("organisation", (WATER,), "change", {"aliases": [{"text": "水費"}]}), "name_too_short"),
    (Asked("organisation", (WATER,), "change", {"category": "king"}), "invalid"),
    (Asked("contact", (POWER, "short_code", "68017"), "add", {}), "invalid"),
    (Asked("popularity", (WATER,), "add", {}), "unknown_kind"),
    (Asked("domain_list", (WATER,), "retire", {}), "unknown_kind"),
    (Asked("issuer", ("gash",), "change", {"delay_hours": 48}), "no_such_record"),
]


async def test_what_no_two_officers_may_make_a_fact(office: Office) -> None:
    await list_hosts(office.database, "165-sites", "cash-out.top")
    one = await office.officer()
    refusals = [(asked, await refused(office.propose(one, asked))) for asked, _ in NO_FACTS]
    assert refusals == NO_FACTS


async def list_hosts(database: Database, kind: str, *hosts: str) -> None:
    async with database.write() as session:
        generation = Generation(
            kind=kind, state="complete", sha256=kind, source=f"{kind}.csv", as_of=date(2026, 11, 20), rows=1,
            rejected=0, imported_at=Hands.start(),
        )  # fmt: skip
        session.add(generation)
        await session.flush()
        session.add_all(
            Indicator(generation_id=generation.id, kind="host", value=one, reports=3) for one in hosts
        )
        await make_current(session, generation, Hands.start(), "test")


async def test_a_code_has_one_operator_and_the_day_it_was_checked(office: Office) -> None:
    proven = {"confirmed": True, "evidence": "NCC list", "verified_on": TODAY}
    asked = Asked("contact", (POWER, "short_code", "68017"), "add", proven)
    assert await refused(office.propose(await office.officer(), asked)) == "belongs_to_another"
    await office.made(Asked("contact", ("first-bank", "short_code", "68007"), "add", proven))
    await office.made(
        Asked(
            "number",
            ("1914",),
            "add",
            {**proven, "name_zh": "測試專線", "name_en": "Test line", "use": "hotline", "operator": "MODA"},
        )
    )
    async with office.database.read() as session:
        found = {
            number: (who, record["verified_on"])
            for number, who, record in await numbers(session, office.clock())
        }
    assert (found["68007"], found["1914"]) == (("first-bank", TODAY), ("MODA", TODAY))
    answer = await office.check("【第一銀行】您的帳單已出帳", sender="68007", app="sms")
    assert (answer["verdict"], codes(answer)[0]) == ("official", "own_code")


async def test_organisations_come_change_and_go(office: Office) -> None:
    values = {
        "name_zh": "測試新公路局",
        "name_en": "Test Roads",
        "category": "agency",
        "aliases": [{"text": "測路", "brackets": True}],
        "source": "gazette 114/3",
        "verified_on": TODAY,
    }
    asked = Asked("organisation", ("test-roads",), "add", values)
    await office.made(asked)
    await office.made(domain("test-roads", "test-roads.gov.tw"))
    text = "【測路】罰單逾期，請至 https://pay-roads.top/x"
    assert "foreign_address" in codes(await office.check(text))
    directory, _ = await snapshots_of(office.database).current(office.clock())
    assert [one.id for one in find_organisations(directory, "test-roads.gov")] == ["test-roads"]
    await office.made(Asked("organisation", ("test-roads",), "retire", {}))
    assert "foreign_address" not in codes(await office.check(text))
    async with office.database.read() as session:
        with pytest.raises(NotFound):
            await one_organisation(session, "test-roads", office.clock())


async def test_a_dry_run_tells_what_would_change_and_changes_nothing(office: Office) -> None:
    act = await office.act(await office.officer())
    shown = await preview(office.database, act, complete(BANK))
    assert shown.needs_other_organisation
    assert ("complete", False, True) in shown.fields
    gone = await preview(office.database, act, domain(TOLL, "fetc.net.tw", "retire"))
    assert gone.effect is not None
    assert ("fetc.net.tw", TOLL, "nobody") in gone.effect.addresses
    assert gone.effect.examples > 0
    assert sum(gone.effect.verdicts.values()) > 0
    assert gone.after is None
    sample = (await preview(office.database, act, announced(OUTAGE, office.clock))).sample
    assert sample is not None
    assert (sample.verdict, sample.reasons[0]["code"]) == ("official", "announced")
    async with office.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(DeskProposal)) == 0
    assert await refused(preview(office.database, act, domain(WATER, "bit.ly"))) == "shared_host"


async def test_an_announcement_holds_from_its_approval_till_its_end(office: Office) -> None:
    staff = await office.person(("bank", POWER))
    proposal = await office.propose(staff, announced(OUTAGE, office.clock, days=2))
    assert proposal.proposed_for == POWER
    assert "announced" not in codes(await office.check(COPY, **SMS))
    assert await refused(office.approve(await office.person(("police", POWER)), proposal)) == "desk_required"
    await office.approve(await office.officer(), proposal)
    answer = await office.check(COPY, **SMS)
    assert (answer["verdict"], codes(answer)[0]) == ("official", "announced")
    assert answer["reasons"][0]["source"] == "announcement"
    assert answer["reasons"][0]["as_of"] == TODAY
    assert "announced" not in codes(await office.check(COPY + "詳見 https://evil.top", **SMS))
    await ship_again(office.database, office.clock)
    assert "announced" in codes(await office.check(COPY, **SMS))
    office.clock.move(days=2)
    assert "announced" not in codes(await office.check(COPY, **SMS))


async def test_an_announcement_is_ended_by_one_person(office: Office) -> None:
    staff = await office.person(("bank", POWER))
    proposal = await office.propose(staff, announced(OUTAGE, office.clock))
    await office.approve(await office.officer(), proposal)
    assert "announced" in codes(await office.check(COPY, **SMS))
    ended = await office.undo(await office.person(("bank", POWER)), proposal)
    assert ended.undone_for == POWER
    assert "announced" not in codes(await office.check(COPY, **SMS))


async def test_an_announcement_that_waited_too_long_is_over(office: Office) -> None:
    proposal = await office.propose(await office.officer(), announced(OUTAGE, office.clock, days=1))
    office.clock.move(days=1)
    assert await refused(office.approve(await office.officer(), proposal)) == "over"


async def test_staff_announce_for_their_own_organisation_only(office: Office) -> None:
    staff = await office.person(("bank", BANK), ("auditor", POWER), ("association", POWER))
    for asked in (announced(OUTAGE, office.clock), domain(BANK, "mega-new.tw"), complete(BANK)):
        with pytest.raises(NotFound):
            await office.propose(staff, asked)
    proposal = await office.propose(await office.officer(), announced(OUTAGE, office.clock))
    for attempt in (office.withdraw(staff, proposal), office.undo(staff, proposal)):
        with pytest.raises(NotFound):
            await attempt
    act = await office.act(staff)
    async with office.database.read() as session:
        assert (await page_of_proposals(session, act)).proposals == []
        with pytest.raises(NotFound):
            await one_proposal(session, act, proposal.id)


async def test_an_announcement_for_a_foreign_domain_is_refused_and_a_lost_one_makes_nothing_official(
    office: Office,
) -> None:
    text = "【台灣自來水】您的電子帳單已寄出，請至 https://new-water.tw/e/{digits} 查看本期帳單內容。"
    copy = "123【台灣自來水】您的電子帳單已寄出，請至 https://new-water.tw/e/77 查看本期帳單內容。"

    def asked() -> Asked:
        return announced(text, office.clock, organisation=WATER, domains=("new-water.tw",))

    assert await refused(office.propose(await office.officer(), asked())) == "domain_not_own"
    own = await office.made(domain(WATER, "new-water.tw"))
    await office.made(asked())
    assert "announced" in codes(await office.check(copy, **SMS))
    await office.undo(await office.officer(), own)
    answer = await office.check(copy, **SMS)
    assert (answer["verdict"], "announced" in codes(answer)) == ("fraud", False)


async def test_pages_of_proposals(office: Office) -> None:
    one = await office.officer()
    made = [await office.propose(one, domain(WATER, f"water-{number}.tw")) for number in range(5)]
    await office.propose(one, announced(OUTAGE, office.clock))
    act = await office.act(one)
    async with office.database.read() as session:
        first = await page_of_proposals(session, act, kind="domain", organisation=WATER, limit=3)
        rest = await page_of_proposals(session, act, kind="domain", limit=3, cursor=first.next)
        none = await page_of_proposals(session, act, state="approved")
        elsewhere = await page_of_proposals(session, act, organisation="taiwan-water")
        staff = await office.act(await office.person(("bank", POWER)))
        theirs = await page_of_proposals(session, staff)
        whole = await one_organisation(session, WATER, office.clock())
    ids = [proposal.id for proposal in (*first.proposals, *rest.proposals)]
    assert ids == [proposal.id for proposal in reversed(made)]
    assert (rest.next, none.proposals, elsewhere.proposals) == (None, [], [])
    assert [proposal.kind for proposal in theirs.proposals] == ["announcement"]
    assert (len(whole.proposals), whole.domain_list["complete"]) == (5, True)


def outside(rows: dict[str, dict[str, Any]]) -> dict[str, Outside]:
    """A service that keeps issuers in memory."""

    def write(_session: Session, one: str, record: dict[str, Any], _now: Any) -> None:
        rows[one] = record

    return {"issuer": Outside(lambda _session, one: rows.get(one), write)}


async def test_an_issuers_data_is_changed_where_it_is_kept(office: Office) -> None:
    gash = {
        "name_zh": "GASH", "name_en": "GASH", "way": "manual", "delay_hours": None, "own_rule_hours": None,
        "refund_rule": "unknown", "needs": ["serial"], "url": None, "page": None, "hotline": None, "source": "s",
        "verified_on": TODAY,
    }  # fmt: skip
    rows = {"gash": gash}
    outsides = outside(rows)
    asked = Asked("issuer", ("gash",), "change", {"delay_hours": 48, "way": "manual"})
    proposal = await office.propose(await office.officer(), asked, outsides=outsides)
    assert proposal.values == {"delay_hours": 48}
    assert rows["gash"]["delay_hours"] is None
    await office.approve(await office.officer(), proposal, outsides=outsides)
    assert rows["gash"] == {**gash, "delay_hours": 48}
    async with office.database.read() as session:
        assert await decided_values(session, "issuer", office.clock()) == {"gash": {"delay_hours": 48}}
    await office.undo(await office.officer(), proposal, outsides)
    assert rows["gash"] == gash


LISTED = [
    ("address", "hxxps://www.cash-out[.]top/x?y=1", "cash-out[.]top"),
    ("address", "pay.cash-out.top", "cash-out[.]top"),
    ("line_id", "＠Cash777X", "cash777x"),
    ("phone", "+886 912-345-678", "***"),
    ("account", "123-4567-8901", "***"),
]


async def test_officers_find_what_is_listed(office: Office, vault: Vault) -> None:
    await list_hosts(office.database, "165-sites", "cash-out.top")
    own = [("line_id", "cash777x"), ("phone", "0912345678"), ("account", "12345678901")]
    keys = [stored_key(vault, *one) for one in own]
    async with office.database.write() as session:
        await session.run_sync(add_to_own_list, keys, office.clock())
    decision = Decision("LF-1", office.clock() + timedelta(days=180))

    def decisions(_session: Session, asked: Keys) -> dict[tuple[str, str], Decision]:
        return dict.fromkeys(asked, decision)

    directory, _ = await snapshots_of(office.database).current(office.clock())
    person = await office.person(("165", "npa"))
    async with office.database.read() as session:
        for kind, written, shown in LISTED:
            found = await search_indicators(
                session, vault, person, kind, written, directory=directory, decisions=decisions
            )
            [one] = found.listings
            from_list = (one.source, one.file, str(one.since), one.reports, one.decision)
            official = ("165-sites", "165-sites.csv", "2026-11-20", 3, None)
            ours = ("lianfang", "officers", TODAY, None, decision)
            assert one.shown == shown
            assert from_list == (official if kind == "address" else ours)


async def test_nobody_else_searches(office: Office, vault: Vault) -> None:
    directory, _ = await snapshots_of(office.database).current(office.clock())
    for nobody in (None, await office.person(("merchant", "shop"), ("bank", BANK))):
        async with office.database.read() as session:
            with pytest.raises(NotFound):
                await search_indicators(session, vault, nobody, "address", "evil.top", directory=directory)


async def test_a_search_tells_whose_an_address_is(office: Office, vault: Vault) -> None:
    directory, _ = await snapshots_of(office.database).current(office.clock())
    person = await office.officer()
    async with office.database.read() as session:
        found = await search_indicators(
            session, vault, person, "address", "https://www.water.gov.tw/x", directory=directory
        )
        act = await officer(session, person, office.clock())
    assert (found.owners, found.listings) == ((WATER, "government"), ())
    assert act.desk == {"lianfang"}
