"""How are my cases: the list, one by number, the last one; nobody sees another's."""

import re

import pytest

from tests.dialogue.conftest import User
from tests.dialogue.selling import Till
from tests.dialogue.test_own_locks import locks

pytestmark = pytest.mark.processes

NUMBER = re.compile(r"LF-[0-9A-Z]{4}-[0-9A-Z]{4}")


async def recorded(user: User, serial: str = "MCAB8888000001") -> str:
    """A case with an issuer that has not joined; its number."""
    await user.says(f"我被騙買了 MyCard，序號 {serial} 給他了")
    await user.taps("btn.record_cards")
    (number,) = set(NUMBER.findall(user.text))
    return str(number)


async def test_without_a_case_it_says_whom_to_ask(user: User) -> None:
    await user.says("我想查我的案件進度")
    user.sees("utter_cases_none")


async def test_the_only_case_is_told_with_what_to_do(user: User) -> None:
    number = await recorded(user)
    await user.says("我的案件進度")
    user.sees("utter_case_opened", "utter_lock_recorded", "utter_do_now")
    assert number in user.text
    assert user.cards == ["case"]


async def test_several_are_listed_and_the_last_one_is_known(user: User, till: Till) -> None:
    first = await recorded(user)
    await locks(user, await till.sells("gash"))
    (last,) = set(NUMBER.findall(user.text))
    await user.says("查我的案件")
    user.sees("utter_cases_list", "utter_state_recorded", "utter_state_provisional")
    assert user.text.index(last) < user.text.index(first)
    await user.says("最近那個案件的進度")
    user.sees("utter_case_opened", "utter_lock_locked")
    assert first not in user.text


async def test_by_number_however_it_is_written(user: User) -> None:
    number = await recorded(user)
    await recorded(user, "MCAB8888000002")
    await user.says(f"查案件 {number.lower().replace('-', ' ')}")
    assert number in user.text
    user.sees("utter_case_opened")


async def test_a_foreign_case_and_an_unknown_one_look_alike(user: User, english: User) -> None:
    number = await recorded(user)
    await english.says(f"what is the status of my case {number} please")
    english.sees("utter_case_not_found")
    foreign = english.replies[-1]["text"].split("\n\n")[0]
    await english.says("what is the status of my case LF-7F3K-92QX please")
    assert english.replies[-1]["text"] == foreign


async def test_in_english(english: User, till: Till) -> None:
    await locks(english, await till.sells("gash"))
    await english.says("what is the status of my case?")
    english.sees("utter_case_opened", "utter_lock_locked")
    assert english.button("btn.add_receipt")


async def test_something_can_be_added(user: User) -> None:
    await recorded(user)
    await user.says("我的案件進度")
    await user.taps("btn.add_evidence")
    user.sees("utter_ask_evidence")
    await user.says("對方的 LINE 是 good_stock_101，11/20 叫我去買的")
    user.sees("utter_evidence_added")


async def test_somebody_elses_message_can_be_added(user: User) -> None:
    await recorded(user)
    await user.taps("btn.add_evidence")
    await user.says("【客服中心】您的訂單異常，請購買 MyCard 並提供序號 https://mycard-tw.top")
    user.sees("utter_evidence_added")


async def test_adding_can_be_stopped(user: User) -> None:
    await recorded(user)
    await user.taps("btn.add_evidence")
    await user.says("取消")
    user.sees("utter_evidence_not_added")


async def test_a_question_what_becomes_of_cases_is_no_wish_to_see_them(user: User) -> None:
    await user.says("刪了案件還查得到嗎")
    user.sees("utter_info_deleted_cases")


async def test_deleted_data_hide_the_cases_too(user: User) -> None:
    number = await recorded(user)
    await user.says("刪除我的資料")
    await user.taps("btn.confirm_delete")
    await user.says(f"查案件 {number}")
    user.sees("utter_case_not_found")


@pytest.mark.parametrize("written", ["{}", "案號 {}", "case number {}"])
async def test_a_bare_number_is_enough(user: User, written: str) -> None:
    number = await recorded(user)
    for named in (number, number.lower(), number.lower().replace("-", " ")):
        await user.says(written.format(named))
        assert number in user.text
        assert user.cards == ["case"]


async def test_a_bare_number_within_an_appeal_is_no_subject(user: User) -> None:
    number = await recorded(user)
    await user.says("我要申訴")
    await user.says(number)
    assert user.cards[0] == "case"


@pytest.mark.parametrize(
    "text", ["這張卡是我的，對方才是詐騙", "垃圾佐證 0", "不知道他叫什麼，LINE 上叫小美"]
)
async def test_evidence_is_kept_whatever_it_resembles(user: User, text: str) -> None:
    await recorded(user)
    await user.taps("btn.add_evidence")
    await user.says(text)
    user.sees("utter_evidence_added")


async def test_evidence_that_tells_of_a_loss_is_kept_below_the_line(user: User) -> None:
    await recorded(user)
    await user.taps("btn.add_evidence")
    await user.says("我昨天匯了三萬給他，他還要我再買卡")
    user.sees("utter_emergency_line", "utter_evidence_added")


@pytest.mark.parametrize("text", ["撤回", "不要了 撤回"])
async def test_to_take_back_shows_what_can_be_taken_back(user: User, till: Till, text: str) -> None:
    await locks(user, await till.sells("gash"))
    await user.says(text)
    user.sees("utter_take_back_one", "utter_case_opened")
    await user.taps("btn.locked_by_mistake")
    user.sees("utter_unlock_confirm")


async def test_of_several_to_take_back_one_is_chosen_in_english(english: User, till: Till) -> None:
    await locks(english, await till.sells("gash"), await till.sells("gash"))
    await english.says("withdraw the lock")
    english.sees("utter_take_back_which", "utter_cases_list")


async def test_with_nothing_open_there_is_nothing_to_take_back(user: User) -> None:
    await user.says("撤回")
    user.sees("utter_nothing_to_cancel")
