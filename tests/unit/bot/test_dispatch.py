"""From inbox to sent: every step survives a crash, nobody is left silent, nothing is said twice."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.inbox import DUE
from bot.messages import SendLater, SendRefused
from bot.models import Conversation, InboxRow, Tap
from bot.typed import escape, is_command
from lianfang.notices import Notice, notify
from services.people import memory
from tests.fakes.core import answer, say
from tests.unit.bot.conftest import Bench

HELP = {"key": "btn.help", "goal": "help", "params": {}}


async def state_of(bench: Bench, event_id: str = "e1") -> tuple[str, str | None]:
    async with bench.database.read() as session:
        row = (await session.scalars(select(InboxRow).where(InboxRow.event_id == event_id))).one()
        return row.state, row.outcome


async def test_a_turn_is_answered_and_the_first_one_carries_the_privacy_line(bench: Bench) -> None:
    await bench.receives("這是真的嗎")
    await bench.receives("那這個呢")
    await bench.works()
    privacy = bench.says("utter_privacy")
    assert [privacy in text for text in bench.channel.texts] == [True, False]
    assert await state_of(bench) == ("done", "answered")
    assert bench.channel.sent[0][0].reply_to == "r1"


async def test_the_core_hears_who_speaks_and_how(bench: Bench) -> None:
    await bench.receives("Is this message real?")
    await bench.works()
    asked = bench.core.asked[0]
    assert asked["sender"].startswith("s_")
    assert asked["message"] == "Is this message real?"
    metadata = asked["metadata"]
    assert metadata["lang"] == "en"
    assert metadata["person"].startswith("p_")
    assert metadata["event"].startswith("in_")
    assert (metadata["kind"], metadata["group"], metadata["channel"]) == ("text", False, "line")
    assert metadata["at"] == "2026-11-22T06:05:00.000Z"


async def test_the_apps_language_counts_while_nothing_was_typed(bench: Bench) -> None:
    bench.channel.profiles["U1"] = "en"
    await bench.receives("【台灣自來水】水費逾期395元 http://water-tw.top/pay")
    await bench.receives(kind="image")
    await bench.works()
    assert bench.core.asked[0]["metadata"]["lang"] == "en"
    assert bench.channel.texts[1] == bench.says("utter_no_pictures", "en")


@pytest.mark.parametrize("status", [500, 404])
async def test_without_the_core_a_message_is_still_checked_and_limited_mode_is_stated(
    bench: Bench, status: int
) -> None:
    bench.core.script = lambda _body: status
    await bench.receives("【台灣自來水】水費逾期395元 http://water-tw.top/pay")
    await bench.works()
    text = bench.channel.texts[0]
    assert bench.says("utter_limited_mode") in text
    assert "water-tw[.]top" in text
    assert "165" in text


async def test_silence_of_the_core_is_a_failure(bench: Bench) -> None:
    bench.core.script = lambda _body: {"messages": [], "form": None}
    await bench.receives("請點 http://a-b.top 領獎")
    await bench.works()
    assert bench.says("utter_limited_mode") in bench.channel.texts[0]


async def test_words_of_loss_come_first_whatever_the_core_says_and_without_it(bench: Bench) -> None:
    await bench.receives("我剛剛轉了三萬給他")
    await bench.works()
    bench.core.script = lambda _body: 500
    await bench.receives("我已經把錢匯過去了怎麼辦")
    await bench.works()
    line = bench.says("utter_emergency_line")
    assert [messages[0]["text"] == line for _, messages in bench.channel.sent] == [True, True]


async def test_an_emergency_card_needs_no_second_line(bench: Bench) -> None:
    bench.core.script = lambda _body: answer(say("utter_help", card={"kind": "emergency"}))
    await bench.receives("我剛剛轉了三萬給他")
    await bench.works()
    assert bench.says("utter_emergency_line") not in bench.channel.texts


async def test_words_of_self_harm_get_1925_first_and_no_small_talk_after(bench: Bench) -> None:
    await bench.receives("錢都被騙光了 我不想活了")
    await bench.works()
    assert bench.channel.texts[0] == bench.says("utter_self_harm")
    assert not any(text.startswith(bench.says("utter_help")) for text in bench.channel.texts)


async def test_an_emergency_below_a_picture_comes_first(bench: Bench) -> None:
    bench.core.script = lambda _body: answer(say("utter_thanks", card={"kind": "emergency"}))
    await bench.receives("我匯錢了怎麼辦", kind="image")
    await bench.works()
    assert bench.channel.texts[0] == bench.says("utter_thanks")


async def test_the_core_hears_when_something_was_shown_since_its_last_reply(bench: Bench) -> None:
    await bench.receives("刪除我的資料")
    await bench.receives("好")
    await bench.receives(kind="image")
    await bench.receives("好")
    await bench.receives(kind="tap", tap="t_forged")
    await bench.receives("好")
    await bench.works()
    shown = [asked["metadata"]["shown_since_core"] for asked in bench.core.asked]
    assert shown == [False, False, True, True]


async def test_without_the_core_small_talk_gets_no_verdict(bench: Bench) -> None:
    bench.core.script = lambda _body: 500
    await bench.receives("你好")
    await bench.works()
    assert bench.channel.texts[0].startswith(bench.says("utter_limited_mode"))
    assert bench.says("utter_verdict_unknown") not in bench.channel.texts[0]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay", "fraud"),
        ("abc-shop-new.store 這個可以買嗎", "unknown"),
    ],
)
async def test_without_the_core_every_fraud_verdict_names_the_way_to_appeal(
    bench: Bench, text: str, verdict: str
) -> None:
    bench.core.script = lambda _body: 500
    await bench.receives(text)
    await bench.works()
    assert bench.says(f"utter_verdict_{verdict}") in bench.channel.texts[0]
    assert (bench.says("utter_appeal_later") in bench.channel.texts[0]) is (verdict == "fraud")


async def test_a_reply_may_be_in_another_language_than_the_turn(bench: Bench) -> None:
    bench.core.script = lambda _body: answer(say("utter_thanks") | {"lang": "en"})
    await bench.receives("換成英文")
    await bench.works()
    assert bench.channel.texts[0].startswith(bench.says("utter_thanks", "en"))


async def test_a_dead_letter_becomes_the_persons_own_for_deletion(bench: Bench) -> None:
    await bench.services.close()
    await bench.receives("我的祕密")
    for _ in range(10):
        await bench.works()
        bench.clock.move(seconds=120)
    await bench.restarts_services()
    await bench.receives("嗨")
    await bench.works()
    async with bench.database.read() as session:
        persons = set(await session.scalars(select(InboxRow.person)))
    assert len(persons) == 1
    assert None not in persons


async def test_services_down_holds_then_answers_by_push(bench: Bench) -> None:
    await bench.services.close()
    await bench.receives("這是真的嗎")
    assert await bench.works() == 1
    assert bench.channel.texts == [bench.says("utter_holding")]
    assert bench.channel.sent[0][0].reply_to == "r1"
    assert await state_of(bench) == ("new", None)
    await bench.restarts_services()
    bench.clock.move(seconds=3)
    assert await bench.works() == 1
    to, _ = bench.channel.sent[1]
    assert to.reply_to is None
    assert to.retry_key != bench.channel.sent[0][0].retry_key
    assert await state_of(bench) == ("done", "answered")


async def test_a_yes_that_was_held_answers_the_card_it_was_given_to(bench: Bench) -> None:
    bench.core.script = lambda _body: answer(say("utter_help", card={"confirms": "lock_card"}))
    await bench.receives("鎖卡")
    await bench.works()
    await bench.services.close()
    await bench.receives("好")
    await bench.works()
    assert bench.channel.texts[-1] == bench.says("utter_holding_answer")
    await bench.restarts_services()
    bench.clock.move(seconds=3)
    await bench.works()
    assert [asked["metadata"]["shown_since_core"] for asked in bench.core.asked] == [False, False]


async def test_after_the_apology_a_yes_is_no_answer_to_an_older_card(bench: Bench) -> None:
    await bench.receives("鎖卡")
    await bench.works()
    await bench.services.close()
    await bench.receives("好")
    for _ in range(10):
        await bench.works()
        bench.clock.move(seconds=120)
    await bench.restarts_services()
    await bench.receives("好")
    await bench.works()
    assert bench.core.asked[-1]["metadata"]["shown_since_core"] is True


async def test_after_the_last_attempt_an_apology_and_a_dead_letter(bench: Bench) -> None:
    await bench.services.close()
    await bench.receives("這是真的嗎")
    for _ in range(10):
        await bench.works()
        bench.clock.move(seconds=120)
    assert bench.channel.texts == [bench.says("utter_holding"), bench.says("utter_failed")]
    assert await state_of(bench) == ("dead", "given_up")


async def test_an_answer_that_was_stored_is_sent_without_asking_again(bench: Bench) -> None:
    bench.channel.faults = [SendLater("429", after=30)]
    await bench.receives("這是真的嗎")
    await bench.works()
    assert await state_of(bench) == ("answered", None)
    bench.clock.move(seconds=29)
    assert await bench.works() == 0
    bench.clock.move(seconds=2)
    await bench.works()
    assert len(bench.core.asked) == 1
    assert await state_of(bench) == ("done", "answered")


async def test_messages_that_are_out_are_not_sent_again(bench: Bench) -> None:
    bench.core.script = lambda _body: answer(say("utter_help"), say("utter_greet"))
    bench.channel.faults = [SendLater("500", parts_sent=1)]
    await bench.receives("嗨")
    await bench.works()
    bench.clock.move(seconds=5)
    await bench.works()
    (_, messages), *_ = bench.channel.sent
    assert len(messages) == 1


async def test_a_person_who_blocked_us_is_a_dead_letter(bench: Bench) -> None:
    bench.channel.faults = [SendRefused()]
    await bench.receives("嗨")
    await bench.works()
    assert await state_of(bench) == ("dead", "refused")


async def test_a_button_is_opaque_and_works_for_its_person_only(bench: Bench) -> None:
    bench.core.script = lambda _body: answer(say("utter_greet", HELP))
    await bench.receives("嗨")
    await bench.works()
    ((_label, payload),) = bench.channel.sent[0][1][0]["buttons"]
    assert payload.startswith("t_")
    assert "help" not in payload
    await bench.receives(kind="tap", tap=payload)
    await bench.receives(kind="tap", tap=payload, conversation="U2", person="U2")
    await bench.receives(kind="tap", tap="/lock_card")
    await bench.works()
    assert [asked["message"] for asked in bench.core.asked] == ["嗨", "/help"]
    stale = bench.says("utter_stale_tap")
    assert sum(text.startswith(stale) for text in bench.channel.texts) == 2


async def test_an_old_button_is_answered_kindly(bench: Bench) -> None:
    bench.core.script = lambda _body: answer(say("utter_greet", HELP))
    await bench.receives("嗨")
    await bench.works()
    async with bench.database.read() as session:
        (tap,) = (await session.scalars(select(Tap))).all()
    bench.clock.move(hours=25)
    await bench.receives(kind="tap", tap=tap.id)
    await bench.works()
    assert bench.channel.texts[-1] == bench.says("utter_stale_tap")


async def test_a_button_of_a_goal_that_an_update_took_away_is_stale(bench: Bench) -> None:
    bench.core.script = lambda _body: answer(say("utter_greet", HELP))
    await bench.receives("嗨")
    await bench.works()
    async with bench.database.write() as session:
        (tap,) = (await session.scalars(select(Tap))).all()
        tap.goal = "confirm_delete"
        payload = tap.id
    await bench.receives(kind="tap", tap=payload)
    await bench.works()
    assert bench.channel.texts[-1] == bench.says("utter_stale_tap")


@pytest.mark.parametrize("typed", ["/lock_card", "／restart", " \u200b/\u200b／ /lock_card{}", "\u2060/x"])
async def test_typed_commands_never_reach_the_core_as_such(bench: Bench, typed: str) -> None:
    await bench.receives(typed)
    await bench.works()
    assert not bench.core.asked[0]["message"].lstrip().startswith(("/", "／"))


def test_nothing_but_slashes_is_nothing() -> None:
    assert escape(" ／/ \u200b") is None
    assert escape("http://a.tw/b") == "http://a.tw/b"


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/confirm", True),
        (" \u3000／confirm", True),
        ("\u200b/ 對", True),
        (" 對", False),
        ("對/好", False),
        ("", False),
    ],
)
def test_what_was_typed_as_a_command_is_told_to_the_core(typed: str, command: bool) -> None:
    assert is_command(typed) is command


async def test_pictures_groups_and_followers_get_their_sentence(bench: Bench) -> None:
    await bench.receives(kind="image")
    await bench.receives(kind="followed")
    await bench.receives(kind="joined", conversation="G1", person=None, is_group=True)
    await bench.receives("秘密", kind="group_message", conversation="G1", is_group=True)
    await bench.works()
    by_event = {to.extra["event"]: messages[0]["text"] for to, messages in bench.channel.sent}
    assert by_event.keys() == {"e1", "e2", "e3"}
    assert by_event["e1"].startswith(bench.says("utter_no_pictures"))
    assert by_event["e2"].startswith(bench.says("utter_welcome"))
    assert by_event["e3"] == bench.says("utter_group_joined")
    assert bench.core.asked == []


async def test_the_words_below_a_picture_are_read(bench: Bench) -> None:
    await bench.receives("【某商店】點 http://a-b.top 領獎", kind="image")
    await bench.works()
    assert len(bench.core.asked) == 1
    assert bench.channel.texts[0] == bench.says("utter_no_pictures")
    assert len(bench.channel.texts) == 2


async def test_a_new_session_after_forty_turns_but_not_in_a_form(bench: Bench) -> None:
    bench.core.script = lambda _body: answer(say("utter_help"), form="check_form")
    await bench.receives("一")
    await bench.works()
    async with bench.database.write() as session:
        (row,) = (await session.scalars(select(Conversation))).all()
        row.turns = 40
    await bench.receives("二")
    await bench.works()
    bench.core.script = lambda _body: answer(say("utter_help"))
    await bench.receives("三")
    await bench.receives("四")
    await bench.works()
    first, second, third, fourth = (asked["sender"] for asked in bench.core.asked)
    assert first == second == third != fourth


async def test_a_new_session_after_a_day_even_in_a_form_and_the_core_forgets_the_old_one(
    bench: Bench,
) -> None:
    bench.core.script = lambda _body: answer(say("utter_help"), form="check_form")
    await bench.receives("Is this message real?")
    await bench.works()
    bench.clock.move(hours=24)
    await bench.receives("二")
    await bench.receives("三")
    await bench.works()
    first, second, third = (asked["sender"] for asked in bench.core.asked)
    assert first != second == third
    assert bench.core.forgotten == [first]
    assert {asked["metadata"]["lang"] for asked in bench.core.asked} == {"en"}


async def test_a_session_counts_its_own_turns(bench: Bench) -> None:
    for number in range(41):
        await bench.receives(str(number))
        await bench.works()
    senders = [asked["sender"] for asked in bench.core.asked]
    assert len(set(senders[:40])) == 1
    assert senders[40] != senders[39]
    async with bench.database.read() as session:
        (row,) = (await session.scalars(select(Conversation))).all()
    assert (row.turns, row.session) == (1, senders[40])


async def test_the_oldest_open_row_is_found_without_a_look_at_those_that_are_done(bench: Bench) -> None:
    if not bench.database.is_sqlite:
        pytest.skip("PostgreSQL chooses by its statistics")
    statement = str(DUE.compile(bench.database.engine))
    asked = f"EXPLAIN QUERY PLAN {statement}", (None,) * statement.count("?")
    async with bench.database.engine.connect() as connection:
        steps = [row.detail for row in await connection.exec_driver_sql(*asked)]
    assert any("ix_inbox_order" in step for step in steps), steps


async def test_unsend_forgets_the_check_and_the_session(bench: Bench) -> None:
    await bench.receives("【某銀行】請點 http://a-b.top")
    await bench.works()
    await bench.receives(kind="unsent", message_id="m1", reply_to=None)
    await bench.works()
    assert bench.core.forgotten == [bench.core.asked[0]["sender"]]
    assert await state_of(bench, "e2") == ("done", "unsent")


async def test_erasure_leaves_nothing_but_the_event_id(bench: Bench) -> None:
    await bench.receives("嗨")
    await bench.works()
    async with bench.database.read() as session:
        person = (await session.scalars(select(InboxRow.person))).one() or ""

    async def erase(body: dict[str, Any]) -> dict[str, Any]:
        async with bench.database.write() as session:
            await memory.erase(session, person, event=body["metadata"]["event"], now=bench.clock())
        return answer(say("utter_help", card={"kind": "erased"}))

    bench.core.script = erase
    await bench.receives("刪除我的資料")
    await bench.works()
    async with bench.database.read() as session:
        rows = (await session.scalars(select(InboxRow))).all()
        assert [(row.event_id, row.payload, row.answer, row.person, row.conversation) for row in rows] == [
            ("e2", None, None, None, None)
        ]
        assert (await session.scalars(select(Conversation))).all() == []


async def test_a_notice_is_sent_once_and_to_the_person_only(bench: Bench) -> None:
    await bench.receives("嗨")
    await bench.works()
    person = bench.core.asked[0]["metadata"]["person"]
    for _ in range(2):
        async with bench.database.write() as session:
            await notify(
                session,
                bench.vault,
                person=person,
                key="utter_help",
                params={},
                dedupe_key="case-1:done",
                now=bench.clock(),
            )
    assert await bench.noticing.send_due() == 1
    assert await bench.noticing.send_due() == 0
    to, messages = bench.channel.sent[-1]
    assert (to.conversation, to.reply_to) == ("U1", None)
    assert messages[0]["text"] == bench.says("utter_help")


async def test_an_undeliverable_notice_is_shown_at_the_next_contact(bench: Bench) -> None:
    await bench.receives("嗨")
    await bench.works()
    async with bench.database.write() as session:
        await notify(
            session,
            bench.vault,
            person=bench.core.asked[0]["metadata"]["person"],
            key="utter_greet",
            params={},
            dedupe_key="case-1:done",
            now=bench.clock(),
            expires=bench.clock() + timedelta(days=1),
        )
    bench.channel.faults = [SendRefused()]
    await bench.noticing.send_due()
    async with bench.database.read() as session:
        assert list(await session.scalars(select(Notice.state))) == ["undeliverable"]
    await bench.receives("再一次")
    await bench.works()
    assert bench.channel.texts[-1] == bench.says("utter_greet")
    async with bench.database.read() as session:
        assert list(await session.scalars(select(Notice.state))) == ["sent"]
