"""Joining by a one-time code: read anywhere, good once, for one role of one organisation, refused all alike."""

import pytest

from tests.dialogue.behind import Behind
from tests.dialogue.conftest import Member, User

pytestmark = pytest.mark.processes


async def test_a_merchant_joins_and_is_told_as_what(user: User, behind: Behind) -> None:
    code = await behind.invites("merchant", "good-tea")
    await user.says(code)
    user.sees("utter_joined", "utter_role_merchant", "utter_joined_merchant")
    assert "good-tea" in user.text
    assert await behind.bound("good-tea") == [("merchant", 1)]


@pytest.mark.parametrize("role", ["bank", "police", "issuer", "store"])
async def test_staff_of_others_join_the_same_way(user: User, behind: Behind, role: str) -> None:
    code = await behind.invites(role, f"office-of-{role}")
    await user.says(f"我拿到邀請碼了 {code}")
    user.sees("utter_joined", f"utter_role_{role}")
    user.does_not_see("utter_joined_merchant")
    assert await behind.bound(f"office-of-{role}") == [(role, 1)]


async def test_in_english(english: User, behind: Behind) -> None:
    code = await behind.invites("merchant", "blue-magpie")
    await english.says(f"hello, my code is {code.lower().replace('-', ' ')} thanks")
    english.sees("utter_joined", "utter_role_merchant")


async def test_without_a_code_it_says_how_to_get_one(user: User, english: User) -> None:
    await user.says("我是商家，要綁定")
    user.sees("utter_join_how")
    await english.says("how do I register my shop?")
    english.sees("utter_join_how")


async def test_a_used_an_expired_and_an_unknown_one_look_alike(
    user: User, english: User, behind: Behind
) -> None:
    used, old = (
        await behind.invites("merchant", "used-shop"),
        await behind.invites("merchant", "old-shop", days_ago=8),
    )
    await user.says(used)
    user.sees("utter_joined")
    english.language = "zh-TW"
    await english.says(f"你好 {used}")
    seen = english.text
    english.sees("utter_join_not_valid")
    for code in (old, "JOIN-0000-1111-2222"):
        await english.says(f"你好 {code}")
        assert english.replies[-1]["text"] in seen
    assert await behind.bound("old-shop") == []


async def test_a_console_role_is_not_given_in_chat(user: User, behind: Behind) -> None:
    await user.says(await behind.invites("authority", "moda-test"))
    user.sees("utter_join_not_valid")
    assert await behind.bound("moda-test") == []


async def test_guessing_is_stopped(user: User, behind: Behind) -> None:
    for guess in range(5):
        await user.says(f"JOIN-9{guess}00-1111-2222")
        user.sees("utter_join_not_valid")
    await user.says(await behind.invites("merchant", "guessed-shop"))
    user.sees("utter_join_too_many")
    assert await behind.bound("guessed-shop") == []


async def test_in_the_middle_of_a_report_which_then_goes_on(user: User, behind: Behind) -> None:
    code = await behind.invites("merchant", "middle-shop")
    await user.says("我要檢舉網站")
    await user.says(code)
    user.sees("utter_joined", "utter_ask_address")


async def test_an_invitation_as_it_was_mailed(user: User, behind: Behind) -> None:
    code = await behind.invites("bank", "mailed-bank")
    await user.says(f"【聯防】您的邀請碼：{code}，七天內有效，請傳給聯防機器人。")
    user.sees("utter_joined", "utter_role_bank")


async def test_words_that_look_like_a_code_are_none(english: User) -> None:
    await english.says("I want to join them with some other shops")
    english.does_not_see("utter_join_not_valid", "utter_joined")


async def test_not_in_a_group(group: tuple[Member, Member], behind: Behind) -> None:
    member, _ = group
    code = await behind.invites("merchant", "group-shop")
    await member.says(code)
    assert member.keys == ["utter_join_not_here"]
    assert await behind.bound("group-shop") == []


async def test_a_bound_merchants_own_brand_comes_first(user: User, behind: Behind) -> None:
    await user.says(await behind.invites("merchant", "shopee"))
    await user.taps("btn.report_site")
    await user.says("own-brand-fake.top 假冒蝦皮")
    await user.taps("btn.report_send")
    user.sees("utter_report_filed")
