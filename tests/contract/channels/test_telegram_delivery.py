"""Telegram's own rules of delivery: taps that must be answered, commands, and repeats that are counted."""

from dataclasses import replace

import pytest

from bot.channels.telegram import Telegram, render
from bot.messages import Button, Reply, SendLater, SendRefused
from tests.contract.channels.telegram_cases import FIRST, PERSON, VERDICT, TelegramBench
from tests.fakes.faults import Fault

MESSAGES = render([FIRST, VERDICT])
TAP = {"callback_query_id": "4382bfdwdsb323b2d9"}


async def test_a_tap_is_answered_once_before_the_reply(telegram: TelegramBench) -> None:
    to = telegram.destination(extra=TAP)
    telegram.expect(Fault.NONE, Fault.TOO_FAST)
    with pytest.raises(SendLater) as raised:
        await telegram.channel.send(to, MESSAGES)
    await telegram.channel.send(to, MESSAGES, already_sent=raised.value.parts_sent)
    expected = ["answerCallbackQuery 200", "sendMessage 200", "sendMessage 429", "sendMessage 200"]
    assert expected == telegram.calls()


async def test_a_tap_too_old_to_be_answered_still_gets_its_reply(telegram: TelegramBench) -> None:
    telegram.fake.answered.append(TAP["callback_query_id"])
    await telegram.channel.send(telegram.destination(extra=TAP), MESSAGES[:1])
    assert telegram.calls() == ["answerCallbackQuery 400", "sendMessage 200"]


async def test_a_send_that_may_have_arrived_before_is_counted(telegram: TelegramBench) -> None:
    to = telegram.destination(extra=TAP)
    sent = await telegram.channel.send(replace(to, uncertain=True), MESSAGES)
    assert (sent.parts, sent.repeated) == (2, 1)
    assert telegram.fake.answered == []


async def test_a_wrong_bot_token_keeps_the_message(telegram: TelegramBench) -> None:
    telegram.fake.bot_token = "123456:another"
    with pytest.raises(SendLater, match="telegram_InvalidToken"):
        await telegram.channel.send(telegram.destination(), MESSAGES)


async def test_a_chat_that_is_gone_is_refused(telegram: TelegramBench) -> None:
    telegram.fake.unknown_chats.add(str(PERSON))
    with pytest.raises(SendRefused, match="telegram_BadRequest"):
        await telegram.channel.send(telegram.destination(), MESSAGES)


async def test_nobody_answers_the_phone(telegram: TelegramBench) -> None:
    await telegram.fake.stop()
    with pytest.raises(SendLater, match="telegram_NotSent") as raised:
        await telegram.channel.send(telegram.destination(), MESSAGES)
    assert (raised.value.uncertain, raised.value.repeated) == (False, 0)


async def test_working_is_shown_as_typing(telegram: TelegramBench) -> None:
    await telegram.channel.show_working(telegram.destination())
    assert telegram.fake.typing == [str(PERSON)]


async def test_showing_that_we_work_never_raises(telegram: TelegramBench) -> None:
    telegram.block()
    await telegram.channel.show_working(telegram.destination())
    assert telegram.fake.typing == []


async def test_a_start_does_not_depend_on_telegram() -> None:
    channel = Telegram("123456:token", "secret", api_base="http://127.0.0.1:9/")
    await channel.start()
    await channel.stop()
    await Telegram("123456:token", "secret").stop()


def test_buttons_that_telegram_refuses_are_left_to_the_text() -> None:
    buttons = (
        Button("撥 165", tel="165"),
        Button("本機", url="http://localhost:8101/verify"),
        Button("無主機", url="http:///x"),
        Button("壞網址", url="https://[::1"),
        Button("太長", payload="t_" + "x" * 63),
        Button("好", payload="t_" + "x" * 62),
    )
    rows = render([Reply("撥 165", buttons=buttons)])[0]["reply_markup"]["inline_keyboard"]
    assert [[key["text"] for key in row] for row in rows] == [["好"]]


def test_without_any_button_there_is_no_keyboard() -> None:
    assert render([Reply("撥 165", buttons=(Button("撥 165", tel="165"),))]) == [{"text": "撥 165"}]
