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
