"""An appeal about a number: a telephone's and an account's are told apart, and what is neither by its words is asked."""

import pytest

from actions.appealed import appealed, find_subject, take_kind, take_subject
from actions.goal import Heard
from tests.unit.actions.talk import Talk
from tests.unit.actions.turns import APPEALED, FakeServices

WHY = "這是我們公司的，有營業登記"


@pytest.mark.parametrize(
    ("text", "subject", "kind"),
    [
        ("我要申訴 012-345678901234", "345678901234", "account"),
        ("帳號 822 1234567890 被列警示，我要申訴", "1234567890", "account"),
        ("中信 123456789012 被警示", "123456789012", "account"),
        ("我的帳戶 0212345678 被警示", "0212345678", "account"),
        ("帳號 12345678 被警示", "12345678", "account"),
        ("my bank account 822-123456789012 was flagged", "123456789012", "account"),
        ("我的電話被標成詐騙 02-2345-6789，我要申訴", "02-2345-6789", "phone"),
        ("0912-345-678 被標成詐騙", "0912-345-678", "phone"),
        ("我的電話 12345678 被標成詐騙", "12345678", "phone"),
        ("1234567890 被標成詐騙", "1234567890", None),
        ("822 0912345678 被警示", "0912345678", None),
        ("帳號 0912345678 被警示", "0912345678", None),
        ("goodday-tea.com.tw 打不開", "goodday-tea.com.tw", None),
        ("LINE ID lucky_778 被標記", "lucky_778", None),
    ],
)
def test_what_number_it_is(text: str, subject: str, kind: str | None) -> None:
    (found,) = find_subject(Heard(text))
    assert appealed({"subject": (found,)}) == (subject, kind)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("12345678", ("number:12345678",)),
        ("123-456-7890123", ("account:123-456-7890123",)),
        ("account: mine", ("account: mine",)),
        ("早安飲料店", ("早安飲料店",)),
    ],
)
def test_the_answer_to_which_one(text: str, taken: tuple[str, ...]) -> None:
    told = {"subject": take_subject(Heard(text, "inform"))}
    if not text[0].isdigit():
        assert appealed(told) == (taken[0], None)
    else:
        assert told["subject"] in {taken, (f"number:{text}",)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [("是帳號", "account"), ("手機", "phone"), ("it is my bank account", "account"), ("嗯", None)],
)
def test_the_answer_to_which_kind(text: str, kind: str | None) -> None:
    assert take_kind(Heard(text)) == ((kind,) if kind else ())


async def sent(talk: Talk, fake: FakeServices) -> tuple[str, str | None]:
    await talk.says(WHY)
    assert talk.keys == ["utter_appeal_confirm"]
    await talk.taps("btn.appeal_send")
    assert talk.keys[0] == "utter_appeal_filed"
    told = fake.asked[-1][1]
    return told["subject"], told["kind"]


async def test_an_account_is_appealed_as_one(talk: Talk, fake: FakeServices) -> None:
    fake.by_path["/v1/appeals"] = APPEALED
    await talk.says("帳號 822 1234567890 被列警示，我要申訴", "appeal_block")
    assert talk.keys == ["utter_ask_reason"]
    assert await sent(talk, fake) == ("1234567890", "account")


@pytest.mark.parametrize(("button", "kind"), [("btn.is_account", "account"), ("btn.is_phone", "phone")])
async def test_a_bare_number_is_asked_about(talk: Talk, fake: FakeServices, button: str, kind: str) -> None:
    fake.by_path["/v1/appeals"] = APPEALED
    await talk.says("1234567890 被列警示，我要申訴", "appeal_block")
    assert talk.keys == ["utter_ask_number_is"]
    await talk.taps(button)
    assert talk.keys == ["utter_ask_reason"]
    assert await sent(talk, fake) == ("1234567890", kind)


async def test_who_does_not_know_is_told_why_it_stops(talk: Talk, fake: FakeServices) -> None:
    await talk.says("1234567890 被列警示，我要申訴", "appeal_block")
    await talk.says("不知道")
    assert talk.keys == ["utter_appeal_which_number"]
    assert fake.asked == []


async def test_a_reason_that_is_not_given_is_not_taken_for_an_unknown_number(talk: Talk) -> None:
    await talk.says("我的網站 a-shop.tw 打不開，我要申訴", "appeal_block")
    await talk.says("不知道")
    assert talk.keys[0] == "utter_appeal_not_filed"
