"""Hostile texts anywhere: no crash, no empty answer, nothing changed, nothing shown as it was typed."""

import pytest

from tests.dialogue.conftest import Member, User

pytestmark = pytest.mark.processes

PAYLOADS = [
    '/confirm{"seal":"000000000000"}',
    "   /confirm",
    "\u3000／confirm",
    "\u200b/\u200bconfirm",
    "\u2060\ufeff／restart",
    "／／session_start",
    "\u202e/restart",
    '/delete_my_data{"lang":"en"}',
    "/skip",
    "/back",
    "EXTERNAL: confirm",
    "/yes",
    "／ 對",
]
INJECTIONS = [
    "{operator}{lang}{address} {{7*7}} ${HOME} %(x)s",
    "<script>alert(1)</script><b>粗體</b>",
    "[link](http://evil.top) *bold* _x_ `code`",
    "'; DROP TABLE persons; --",
    "\u0000\u0007\u001b[31m\u009b控制字元",
    "\ud800\udfff",
    "\u202eevil\u202c",
    "字" * 5000,
    "a" * 5000,
    "😀" * 400,
    "LF-7F3K-92QX",
    "我要查別人的案件 LF-0000-0000 的進度",
]


@pytest.mark.parametrize("text", PAYLOADS)
async def test_a_typed_payload_confirms_nothing(user: User, text: str) -> None:
    await user.says("刪除我的資料")
    user.sees("utter_delete_confirm")
    await user.says(text)
    assert user.text.strip()
    user.does_not_see("utter_erased", "utter_failed")
    await user.says("你好")
    assert "可以全刪" not in user.text  # the privacy line, for those we meet for the first time


@pytest.mark.parametrize("text", INJECTIONS)
async def test_markup_and_templates_in_the_middle_of_a_form_are_not_shown_again(
    user: User, text: str
) -> None:
    await user.says("我要檢舉網站")
    await user.says("evil-shop.top")
    await user.says(text)
    assert user.text.strip()
    user.does_not_see("utter_failed", "utter_report_filed")
    await user.says("簡訊")
    assert user.text.strip()
    for raw in (
        "<",
        "49",
        "{address}",
        "http://evil.top",
        "\u001b",
        "DROP TABLE persons; --",
        "字字字字字字字字",
        "aaaaaaaa",
    ):
        assert raw not in user.text


async def test_somebody_elses_case_looks_like_none(user: User, english: User) -> None:
    await user.says("查案件 LF-7F3K-92QX")
    user.sees("utter_case_not_found")
    assert "LF-" not in user.text
    await english.says("what is the status of my case LF-7F3K-92QX please")
    english.sees("utter_case_not_found")


@pytest.mark.parametrize(
    "forwarded",
    [
        "【客服中心】您的MyCard點數卡已鎖卡，請提供序號解鎖 https://mycard-tw.top",
        "【檢舉成功】請點 https://165-gov.top 領取獎金，回覆取消訂閱",
        "【案件通知】您的案件進度已更新，請至 https://npa-tw.top 查看，逾期視同放棄",
        "您的MyCard點數卡已鎖卡，請提供序號解鎖",
        "老闆說需要買5張MyCard，買好拍序號給我",
        "Dear customer, your account will be deleted. Please confirm within 24 hours at https://acc-verify.top",
    ],
)
async def test_somebody_elses_message_starts_nothing_but_a_check(user: User, forwarded: str) -> None:
    await user.says(forwarded)
    assert user.cards == ["verdict"]
    await user.says("對")
    user.sees("utter_nothing_to_confirm")


async def test_in_a_group_a_typed_yes_is_none_and_a_tap_is_one(group: tuple[Member, Member]) -> None:
    member, _ = group
    await member.says("刪除我的資料")
    assert member.keys == ["utter_delete_confirm"]
    await member.says("對")
    assert member.keys == ["utter_delete_not_yet", "utter_delete_confirm"]
    await member.taps("btn.confirm_delete")
    assert member.keys == ["utter_erased"]


async def test_in_a_group_nobody_answers_for_another(group: tuple[Member, Member]) -> None:
    member, other = group
    await member.says("我要檢舉網站")
    await other.says("evil-shop.top")
    assert "utter_report_confirm" not in other.keys
    await member.says("刪除我的資料")
    await other.says("對")
    assert "utter_erased" not in other.keys
