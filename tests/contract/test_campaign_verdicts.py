"""Officers' verdicts: two persons of two organisations, passed on within one case only, told to those who asked, undone."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from lianfang.events import Event, verify
from tests.contract.campaigning import Json, Town

# Neither rules nor model see anything in it
MEETING = "社區公告：管委會訂於本週六晚間{number}點在一樓交誼廳開會，請住戶準時出席，議程見 {link}"
PAGE = "https://lane-community.store/{}"
WATER = "【台灣自來水】明日上午9時至下午5時進行管線維修，該時段將暫停供水，敬請儲水備用，詳見 {}"
GENUINE, CLONE = WATER.format("https://www.water.gov.tw"), WATER.format("https://water-tw.top/pay")
POWER = "【台電】本週{}上午9時至下午4時更換變壓器，該時段暫停供電，敬請見諒"


async def ask_about_meeting(town: Town, name: str, number: int = 1) -> Json:
    text = MEETING.format(number=number, link=PAGE.format(number))
    return await town.ask(await town.person(name), text)


def told_of(verdicts: dict[str, list[tuple[str, Json]]], person: str) -> list[str]:
    return [key.removeprefix("notice.verdict_by_officer_") for key, _ in verdicts.get(person, [])]


@pytest.mark.parametrize("verdict", ["fraud", "suspicious"])
async def test_a_copy_inherits_what_two_officers_said(town: Town, verdict: str) -> None:
    first = await ask_about_meeting(town, "one")
    assert (first["verdict"], first["judged_by"]) == ("unknown", "rules")
    town.clock.move(days=1)
    await town.judge(first, verdict)
    town.clock.move(days=1)
    copy = await ask_about_meeting(town, "two", 22)
    reason = copy["reasons"][0]
    assert (copy["verdict"], copy["judged_by"], copy["score"] > first["score"]) == (verdict, "officer", True)
    assert reason == {
        "code": f"officer_{verdict}",
        "params": {"on": "11/23"},
        "source": "officer",
        "as_of": "2026-11-23",
    }


async def test_official_passes_to_the_same_words_only(town: Town) -> None:
    first = await town.ask(await town.person("one"), GENUINE)
    await town.judge(first, "official")
    copy = await town.ask(await town.person("two"), GENUINE.replace("9時", "10時"))
    altered = await town.ask(await town.person("three"), GENUINE + "，或搜尋好友找專員")
    assert altered["campaign"]["id"] == copy["campaign"]["id"]
    assert (copy["verdict"], copy["judged_by"]) == ("official", "officer")
    assert (altered["verdict"], altered["judged_by"]) == ("unknown", "rules")


@pytest.mark.parametrize(
    ("judged", "verdict", "other"), [(GENUINE, "official", CLONE), (CLONE, "fraud", GENUINE)]
)
async def test_a_genuine_message_and_its_clone_never_share_a_verdict(
    town: Town, judged: str, verdict: str, other: str
) -> None:
    one, two = await town.person("one"), await town.person("two")
    before = await town.ask(one, other)
    first = await town.ask(two, judged)
    assert first["campaign"]["id"] == before["campaign"]["id"]
    await town.judge(first, verdict)
    after = await town.ask(await town.person("three"), other)
    same = await town.ask(await town.person("four"), judged)
    assert same["verdict"] == verdict
    assert (after["verdict"], after["judged_by"]) == (before["verdict"], before["judged_by"])
    assert not [reason for reason in after["reasons"] if reason["source"] == "officer"]
    assert set(await town.notices()) <= {two}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MEETING.format(number=1, link="https://lane-community.shop/1"), {}),
        (MEETING.format(number=1, link=PAGE.format(1) + " 或 lane-community.shop"), {}),
        (MEETING.format(number=1, link=""), {}),
        (MEETING.format(number=1, link=PAGE.format(1)), {"sender": "0912345678"}),
    ],
)
async def test_another_link_or_sender_is_another_case(town: Town, text: str, told: dict[str, str]) -> None:
    first = await ask_about_meeting(town, "one")
    await town.judge(first, "fraud")
    other = await town.ask(await town.person("two"), text, **told)
    assert other["campaign"]["id"] == first["campaign"]["id"]
    assert other["judged_by"] != "officer"


async def test_without_indicators_the_organisation_and_the_words_are_the_case(town: Town) -> None:
    first = await town.ask(await town.person("one"), POWER.format("4"))
    await town.judge(first, "suspicious")
    same = await town.ask(await town.person("two"), POWER.format("5"))
    from_111 = await town.ask(await town.person("three"), POWER.format("5"), sender="111")
    reworded = await town.ask(await town.person("four"), POWER.format("5") + "，請洽專員")
    assert (same["verdict"], same["judged_by"]) == ("suspicious", "officer")
    assert "officer" not in (from_111["judged_by"], reworded["judged_by"])


async def test_telling_the_sender_takes_no_bad_verdict_back(town: Town) -> None:
    first = await ask_about_meeting(town, "one")
    await town.judge(first, "suspicious")
    two = await town.person("two")
    copy = await ask_about_meeting(town, "two", 2)
    told = await town.again(two, copy["id"], sender="0912345678")
    more = await town.again(two, told["id"], app="sms")
    assert [one["verdict"] for one in (copy, told, more)] == ["suspicious"] * 3


async def test_a_verdict_needs_two_persons_of_two_organisations(town: Town) -> None:
    first = await ask_about_meeting(town, "one")
    desk = await town.officer("desk", "registry_desk", "lianfang")
    colleague = await town.officer("colleague", "registry_desk", "lianfang")
    proposed = await town.propose(desk, first, "fraud")
    assert (proposed["state"], proposed["proposed_for"]) == ("proposed", "lianfang")
    for person in (desk, colleague):
        refused = await town.step("confirm", person, proposed)
        assert (refused["status"], refused["code"]) == (403, "second_person_required")
    assert (await ask_about_meeting(town, "two"))["judged_by"] == "rules"
    await town.officer("colleague", "165", "police")
    assert (await town.step("confirm", colleague, proposed))["confirmed_for"] == "police"
    assert (await ask_about_meeting(town, "three"))["judged_by"] == "officer"


async def test_the_proposer_cannot_confirm_for_another_organisation(town: Town) -> None:
    first = await ask_about_meeting(town, "one")
    both = await town.officer("both", "registry_desk", "lianfang")
    await town.officer("both", "165", "police")
    police = await town.officer("police", "165", "police")
    proposed = await town.propose(both, first, "fraud")
    for person in (both, police):
        assert (await town.step("confirm", person, proposed))["code"] == "second_person_required"


async def test_whoever_is_no_officer_finds_nothing(town: Town) -> None:
    first = await ask_about_meeting(town, "one")
    desk = await town.officer("desk", "registry_desk", "lianfang")
    proposed = await town.propose(desk, first, "fraud")
    citizen, clerk = await town.person("one"), await town.officer("clerk", "issuer", "mycard")
    path = f"/v1/campaigns/{first['campaign']['id']}"
    answers = []
    for person in (citizen, clerk, None):
        answers += [
            await town.call("GET", "/v1/campaigns", person),
            await town.call("GET", path, person),
            await town.propose(person, first, "fraud"),
            await town.step("confirm", person, proposed),
            await town.step("undo", person, proposed),
        ]
    answers += [
        await town.call("GET", "/v1/campaigns/cp_missing", desk),
        await town.step("confirm", desk, {**proposed, "id": "cv_missing"}),
        await town.step("undo", desk, {**proposed, "campaign": "cp_missing"}),
        await town.propose(desk, {**first, "id": "ck_missing"}, "fraud"),
    ]
    missing = {
        "type": "about:blank",
        "title": "No such campaign",
        "status": 404,
        "code": "campaign_not_found",
    }
    assert answers == [missing] * len(answers)


async def test_those_who_asked_before_are_told_once(town: Town) -> None:
    one, two, three = [await town.person(name) for name in ("one", "two", "three")]
    await ask_about_meeting(town, "one")
    town.clock.move(days=1)
    await ask_about_meeting(town, "one", 2)
    first = await ask_about_meeting(town, "two", 3)
    await town.ask(three, MEETING.format(number=1, link="https://lane-community.shop/1"))
    await town.ask(None, MEETING.format(number=1, link=PAGE.format(1)))
    town.clock.move(days=1)
    confirmed = await town.judge(first, "fraud")
    notices = await town.notices()
    key = "notice.verdict_by_officer_fraud"
    assert confirmed["told"] == 2
    assert notices == {one: [(key, {"asked_on": "11/23"})], two: [(key, {"asked_on": "11/23"})]}


async def test_who_told_more_and_asked_another_case_is_not_told(town: Town) -> None:
    one = await town.person("one")
    asked = await ask_about_meeting(town, "one")
    await town.again(one, asked["id"], sender="0912345678")
    await town.judge(await ask_about_meeting(town, "two"), "fraud")
    assert one not in await town.notices()


async def test_who_was_told_fraud_hears_it_no_second_time(town: Town) -> None:
    one = await town.person("one")
    first = await town.ask(one, CLONE)
    assert first["verdict"] == "fraud"
    assert (await town.judge(first, "fraud"))["told"] == 0


async def test_one_step_undoes_it_and_is_told(town: Town) -> None:
    one, two = await town.person("one"), await town.person("two")
    first = await ask_about_meeting(town, "one")
    confirmed = await town.judge(first, "fraud")
    town.clock.move(hours=1)
    await ask_about_meeting(town, "two")
    anyone = await town.officer("anyone", "165", "another")
    undone = await town.step("undo", anyone, confirmed)
    assert (undone["status"], undone["state"], undone["told"]) == (200, "undone", 1)
    notices = await town.notices()
    assert told_of(notices, one) == []  # nobody had sent the first notice yet
    assert notices[two] == [("notice.verdict_by_officer_withdrawn", {"told_on": "11/22"})]
    assert (await ask_about_meeting(town, "three"))["judged_by"] == "rules"
    assert (await town.step("undo", anyone, confirmed))["code"] == "already_undone"
    assert (await town.step("confirm", anyone, confirmed))["code"] == "already_undone"
    await town.judge(first, "suspicious")
    assert (await ask_about_meeting(town, "four"))["verdict"] == "suspicious"


async def test_a_proposal_is_undone_without_a_word_to_anybody(town: Town) -> None:
    first = await ask_about_meeting(town, "one")
    desk = await town.officer("desk", "registry_desk", "lianfang")
    proposed = await town.propose(desk, first, "fraud")
    assert (await town.propose(desk, first, "suspicious"))["code"] == "verdict_exists"
    assert (await town.step("undo", desk, proposed))["told"] == 0
    assert await town.notices() == {}
    assert (await town.propose(desk, first, "suspicious"))["status"] == 200


async def test_a_verdict_holds_for_its_time(town: Town) -> None:
    await town.judge(await ask_about_meeting(town, "one"), "fraud")
    judges = []
    for number in range(4):
        town.clock.now += timedelta(days=25)
        judges.append((await ask_about_meeting(town, f"p{number}"))["judged_by"])
    assert judges == ["officer", "officer", "officer", "rules"]


@pytest.mark.parametrize(
    ("text", "told", "verdict", "code"),
    [
        (CLONE, {}, "official", "bad_signs_stand"),
        (GENUINE, {}, "fraud", "organisations_own"),
        (GENUINE, {"sender": "111"}, "suspicious", "organisations_own"),
        (GENUINE, {"sender": "+85261234567", "app": "sms"}, "fraud", None),
        (CLONE, {}, "fraud", None),
        (POWER.format(4), {}, "fraud", None),
    ],
)
async def test_what_must_not_be_said(
    town: Town, text: str, told: dict[str, str], verdict: str, code: str | None
) -> None:
    first = await town.ask(await town.person("one"), text, **told)
    desk = await town.officer("desk", "registry_desk", "lianfang")
    answer = await town.propose(desk, first, verdict)
    assert answer.get("code") == code


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"check": "ck_1", "verdict": "unknown", "reason": "x"},
        {"check": "ck_1", "verdict": "fraud", "reason": "what somebody wrote"},
    ],
)
async def test_what_does_not_fit_is_refused(town: Town, body: dict[str, Any]) -> None:
    desk = await town.officer("desk", "registry_desk", "lianfang")
    answer = await town.call("POST", "/v1/campaigns/cp_1/verdicts", desk, body)
    assert (answer["status"], answer["code"]) == (422, "invalid_request")
    assert (await town.call("GET", "/v1/campaigns?since=Tuesday", desk))["status"] == 422


async def test_a_repeated_request_changes_nothing_twice(town: Town) -> None:
    first = await ask_about_meeting(town, "one")
    desk = await town.officer("desk", "registry_desk", "lianfang")
    police = await town.officer("police", "165", "police")
    proposed = [await town.propose(desk, first, "fraud", key="k1") for _ in range(2)]
    confirmed = [await town.step("confirm", police, proposed[0], key="k2") for _ in range(2)]
    assert proposed[0] == proposed[1]
    assert confirmed[0] == confirmed[1]
    assert confirmed[0]["told"] == 1
    reused = await town.step("undo", police, proposed[0], key="k2")
    assert (reused["status"], reused["code"]) == (409, "idempotency_key_reused")
    assert (await town.step("confirm", police, proposed[0]))["code"] == "already_confirmed"


async def test_every_change_is_in_the_history(town: Town) -> None:
    first = await ask_about_meeting(town, "one")
    confirmed = await town.judge(first, "fraud")
    await town.step("undo", await town.officer("anyone"), confirmed, trace="in_9")
    async with town.database.read() as session:
        history = await session.scalars(
            select(Event).where(Event.entity_id == confirmed["id"]).order_by(Event.number)
        )
        steps = [(one.from_state, one.to_state, one.reason, one.actor_kind, one.trace) for one in history]
        assert await verify(session) == []
    assert steps == [
        (None, "proposed", "seen_by_desk", "officer", None),
        ("proposed", "confirmed", None, "officer", None),
        ("confirmed", "undone", None, "officer", "in_9"),
    ]


async def test_officers_see_counts_and_cases_and_no_text(town: Town) -> None:
    first = await ask_about_meeting(town, "one")
    await ask_about_meeting(town, "two", 2)
    town.clock.move(days=2)
    clone = await town.ask(await town.person("three"), CLONE)
    await town.judge(first, "fraud")
    desk = await town.officer("desk", "registry_desk", "lianfang")
    listed = await town.call("GET", "/v1/campaigns", desk)
    recent = await town.call("GET", "/v1/campaigns?since=2026-11-23T00:00:00Z", desk)
    shown = await town.call("GET", f"/v1/campaigns/{first['campaign']['id']}", desk)
    assert [one["id"] for one in listed["campaigns"]] == [clone["campaign"]["id"], first["campaign"]["id"]]
    assert [one["id"] for one in recent["campaigns"]] == [clone["campaign"]["id"]]
    assert listed["next"] is None
    assert (shown["askers"], shown["verdicts"]) == (2, {"unknown": 2})
    assert (shown["first_seen"], shown["last_seen"]) == ("2026-11-22T06:05:00.000Z",) * 2
    [case], [decision] = shown["cases"], shown["decisions"]
    assert (case["checks"], case["askers"], case["sender"]) == (2, 2, "none")
    assert case["indicators"][0]["shown"].startswith("lane-community[.]store")
    assert (decision["check"], decision["verdict"], decision["state"]) == (first["id"], "fraud", "confirmed")
    assert not [word for word in ("管委會", "住戶", "儲水") if word in str([listed, shown])]


async def test_pages_follow_each_other(town: Town) -> None:
    words = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    for number in range(52):
        text = "".join(words[(number * 7 + place * (number + 3)) % len(words)] for place in range(20))
        await town.ask(None, text + words[number % 22] * 2 + str(number))
    desk = await town.officer("desk", "registry_desk", "lianfang")
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await town.call("GET", f"/v1/campaigns?cursor={cursor}" if cursor else "/v1/campaigns", desk)
        seen += [one["id"] for one in page["campaigns"]]
        cursor = page["next"]
    assert seen == sorted(set(seen), reverse=True)
