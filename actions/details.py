"""Reads the answers to the questions that can change a verdict: sender, own last three digits, app."""

import re

from lianfang.text.find import find_all
from lianfang.text.forwarded import looks_forwarded
from lianfang.text.normalise import normalise

LONGEST_SENDER = 40

_DIGIT_WORDS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_THREE_DIGITS = re.compile(r"(?<!\d)\d{3}(?!\d)")
_APPS = (
    ("imessage", re.compile(r"imessage|藍色|blue", re.IGNORECASE)),
    ("rcs", re.compile(r"\brcs\b|google\s*messages", re.IGNORECASE)),
    ("whatsapp", re.compile(r"whats\s*app", re.IGNORECASE)),
    ("telegram", re.compile(r"telegram|飛機|紙飛機|\btg\b", re.IGNORECASE)),
    ("line", re.compile(r"(?<![a-z])line(?![a-z])|^賴$", re.IGNORECASE)),
    ("email", re.compile(r"e-?mail|gmail|outlook|信箱|郵件", re.IGNORECASE)),
    ("other", re.compile(r"其他|別的|臉書|messenger|facebook|instagram|\big\b|other", re.IGNORECASE)),
    ("sms", re.compile(r"簡訊|\bsms\b|text message", re.IGNORECASE)),
)
_DOES_NOT_KNOW = re.compile(
    r"不知道|不曉得|不清楚|不記得|忘記|忘了|沒看到|看不到|找不到|沒有顯示|不想說|跳過"
    r"|don'?t know|no idea|not sure|can'?t (see|find|remember)|forgot|skip",
    re.IGNORECASE,
)

_QUESTION = re.compile(r"[?？]$|嗎$|為什麼|為何|^why|^what", re.IGNORECASE)


def does_not_know(text: str) -> bool:
    return bool(_DOES_NOT_KNOW.search(normalise(text)))


def is_another_message(text: str) -> bool:
    """Somebody who answers with an address or a whole message wants that checked."""
    return looks_forwarded(text) or any(found.kind == "url" for found in find_all(text))


def read_sender(text: str) -> str | None:
    """A number when there is one, else the short name as it was written; a question back is no sender."""
    for found in find_all(text):
        if found.kind in {"phone", "short_code"}:
            return found.text
    shown = normalise(text).strip().strip("「」\"'")
    fits = 0 < len(shown) <= LONGEST_SENDER and "\n" not in shown and not _QUESTION.search(shown)
    return shown if fits else None


def read_receiver_last3(text: str) -> str | None:
    """Three digits; of a whole number given all the same only its last three are kept."""
    plain = normalise(text)
    for found in find_all(plain):
        if found.kind == "phone":
            return re.sub(r"\D", "", found.text)[-3:]
    match = _THREE_DIGITS.search(plain) or _THREE_DIGITS.search(plain.translate(_DIGIT_WORDS))
    return match[0] if match else None


def read_app(text: str) -> str | None:
    plain = normalise(text)
    return next((app for app, pattern in _APPS if pattern.search(plain)), None)


READERS = {"sender": read_sender, "receiver_last3": read_receiver_last3, "app": read_app}
APPS = ("sms", "line", "telegram", "imessage", "rcs", "whatsapp", "email", "other")  # as they are offered
