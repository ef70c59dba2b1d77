"""A proof's QR code is a picture where the channel takes one; the text carries its address everywhere."""

import pytest

from bot.channels import line_messages, telegram
from bot.messages import Button, Reply

PAGE = "https://example.tw/verify/LP-1"


def proof(*images: str | None) -> Reply:
    card = {"kind": "proof", "proofs": [{"number": "LF-7F3K-92QX", "image": image} for image in images]}
    return Reply(f"退費證明 {PAGE}", card, (Button("QR 碼", url=f"{PAGE}.png"), Button("撥 165", tel="165")))


def test_line_shows_it_between_the_text_and_the_buttons_that_stay() -> None:
    messages = line_messages.render([proof(f"{PAGE}.png")])
    assert [message["type"] for message in messages] == ["text", "image", "flex"]
    assert messages[1]["originalContentUrl"] == messages[1]["previewImageUrl"] == f"{PAGE}.png"


@pytest.mark.parametrize("image", [None, "http://127.0.0.1:8101/verify/LP-1.png"])
def test_line_takes_no_picture_from_an_address_that_is_not_https(image: str | None) -> None:
    assert [message["type"] for message in line_messages.render([proof(image)])] == ["text", "flex"]


def test_many_proofs_fit_in_one_call() -> None:
    messages = line_messages.render([proof(*(f"{PAGE}{number}.png" for number in range(9)))])
    assert len(messages) == line_messages.MESSAGES_PER_CALL


def test_telegram_opens_it_by_a_button() -> None:
    (message,) = telegram.render([proof(f"{PAGE}.png")])
    assert message["reply_markup"]["inline_keyboard"] == [[{"text": "QR 碼", "url": f"{PAGE}.png"}]]
