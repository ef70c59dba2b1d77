"""LINE's own message objects for our replies, within LINE's limits; no IO.

Message objects: https://developers.line.biz/en/reference/messaging-api/#message-objects
Counting:        https://developers.line.biz/en/docs/messaging-api/text-character-count/
Share link:      https://developers.line.biz/en/docs/line-login/using-line-url-scheme/#sharing-text
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from bot.channels.split import cut, split, utf16_units
from bot.messages import Button, Reply

MESSAGES_PER_CALL = 5
TEXT_UNITS = 5000  # UTF-16 code units
ALT_TEXT_UNITS = 400  # newer documents say 1500; the older, smaller figure is right in both cases
QUICK_REPLIES = 13
QUICK_REPLY_LABEL = 20  # grapheme clusters; counted in code points, which are never fewer
FLEX_BUTTON_LABEL = 40
DISPLAY_TEXT = 300
URI_LENGTH = 1000
SHARE_LINK = "https://line.me/R/share?text="

# Quick replies vanish with the next message; after these cards people still need the buttons an hour later.
LASTING_CARDS = frozenset({"verdict", "emergency", "lock", "case", "proof"})
MOST_PICTURES = 3  # with text and buttons they fill one call


def render(replies: Sequence[Reply]) -> list[dict[str, Any]]:
    """Text always as text (it can be copied, forwarded, its numbers called); then what can be tapped."""
    messages: list[dict[str, Any]] = []
    for number, reply in enumerate(replies, start=1):
        messages += _render_one(reply, is_last=number == len(replies))
    return messages if len(messages) <= MESSAGES_PER_CALL else _join_plain_texts(messages)


def _render_one(reply: Reply, *, is_last: bool) -> list[dict[str, Any]]:
    texts: list[dict[str, Any]] = [{"type": "text", "text": part} for part in split(reply.text, TEXT_UNITS)]
    if texts:
        texts += _pictures(reply.card or {})
    if not reply.buttons or not texts:
        return texts
    lasting = (reply.card or {}).get("kind") in LASTING_CARDS
    # LINE shows quick replies only below the very last message
    if lasting or not is_last or len(reply.buttons) > QUICK_REPLIES:
        return [*texts, _buttons_bubble(reply)]
    items = [{"type": "action", "action": _action(button, QUICK_REPLY_LABEL)} for button in reply.buttons]
    return [*texts[:-1], {**texts[-1], "quickReply": {"items": items}}]


def _pictures(card: dict[str, Any]) -> list[dict[str, Any]]:
    """A proof's QR code, to be shown at the till; LINE takes pictures from https addresses only."""
    addresses = [proof["image"] for proof in card.get("proofs", ()) if proof["image"]]
    return [
        {"type": "image", "originalContentUrl": address, "previewImageUrl": address}
        for address in addresses[:MOST_PICTURES]
        if address.startswith("https://") and len(address) <= URI_LENGTH
    ]


def _buttons_bubble(reply: Reply) -> dict[str, Any]:
    buttons = [
        {
            "type": "button",
            "style": "primary" if reply.urgent else "secondary",
            "height": "sm",
            "margin": "sm",
            "adjustMode": "shrink-to-fit",
            "action": _action(button, FLEX_BUTTON_LABEL),
        }
        for button in reply.buttons
    ]
    return {
        "type": "flex",
        "altText": cut(reply.text, ALT_TEXT_UNITS),
        "contents": {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": buttons}},
    }


def _action(button: Button, longest_label: int) -> dict[str, Any]:
    label = cut(button.label, longest_label, len)
    if button.payload is not None:
        shown = cut(button.label, DISPLAY_TEXT)
        return {"type": "postback", "label": label, "data": button.payload, "displayText": shown}
    return {"type": "uri", "label": label, "uri": _uri(button)}


def _uri(button: Button) -> str:
    if button.url is not None:
        return button.url
    if button.tel is not None:
        return f"tel:{button.tel}"
    return SHARE_LINK + quote(cut(button.share or "", URI_LENGTH - len(SHARE_LINK), _quoted_length), safe="")


def _quoted_length(text: str) -> int:
    return len(quote(text, safe=""))


def _join_plain_texts(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Neighbouring texts become one where they fit: a sixth message would cost a push."""
    joined: list[dict[str, Any]] = []
    for message in messages:
        before = joined[-1] if joined else {}
        if before.keys() == {"type", "text"} and message["type"] == "text":
            text = f"{before['text']}\n\n{message['text']}"
            if utf16_units(text) <= TEXT_UNITS:
                joined[-1] = {**message, "text": text}
                continue
        joined.append(message)
    return joined
