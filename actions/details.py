"""Reads the answers to the questions that can change a verdict: sender, own last three digits, app."""

import re

from actions.saying import asks_back
from lianfang.text.find import find_all
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
# What is labelled is meant, wherever it stands.
_LABELLED_SENDER = re.compile(
    r"(?:寄件[人者]|發送?[人者端]|發訊[人者]|傳送者|\bsender\b)(?:那?一?欄)?[ :]{0,2}(?:顯示的?|寫的?|叫|name|number|line)?[ :]{0,2}(?:是|為|is|was|shows?|says)?"
    r"[ :「『\"]{0,3}(?P<name>[^,，、。;；!?？」』\"\n]{1,30})",
    re.IGNORECASE,
)
_SENT_BY = re.compile(
    r"(?P<number>\+?\d[\d-]{2,15}\d)\s?(?:這個?號碼?)?(?:傳|寄|發)(?:來|給我|送)?的?"
    r"|\b(?:sent|came|comes|got it|received) (?:by|from) (?P<english>\+?\d[\d -]{1,15}\d)",
    re.IGNORECASE,
)
_LABELLED_LAST3 = re.compile(
    r"(?:末|後|尾|最後)(?:[三3])?(?:碼|位數?|個數?字?|個號碼)?(?:數字)?(?:是|為|:|\s)*(?P<digits>\d{3})(?!\d)"
    r"|\blast (?:three|3)(?: digits)?(?: are| is| of my (?:number|mobile|phone)(?: are| is)?|:|\s)*(?P<english>\d{3})(?!\d)",
    re.IGNORECASE,
)
_BY_APP = re.compile(
    r"(?:用|從|在|透過|經由)\s?(?P<app>[^,，、。!?？]{2,12}?)\s?(?:上|裡面?|中)?(?:傳|寄|發|收|看|來|的)"
    r"|(?:^|[,，、。;；]\s?)(?:是|就是)?\s?(?P<alone>簡訊|sms|imessage|rcs|line|telegram|whatsapp|e-?mail|電子郵件)(?:訊息)?\s?(?:$|[,，、。;；])"
    r"|\b(?:by|on|via|through|in|over) (?:an? )?(?P<english>sms|text message|imessage|rcs|line|telegram|whatsapp|e-?mail)\b",
    re.IGNORECASE,
)


def find_sender(text: str) -> str | None:
    """A sender that is called so: 寄件人是 111, 0912345678 傳來的."""
    plain = normalise(text)
    match = _LABELLED_SENDER.search(plain) or _SENT_BY.search(plain)
    shown = _told(match)
    return read_sender(shown) if shown and not asks_back(shown) else None


def find_receiver_last3(text: str) -> str | None:
    return _told(_LABELLED_LAST3.search(normalise(text).translate(_DIGIT_WORDS)))


def find_app(text: str) -> str | None:
    shown = _told(_BY_APP.search(normalise(text)))
    return read_app(shown) if shown else None


def _told(match: re.Match[str] | None) -> str | None:
    """The part that is named, of whichever way of saying it."""
    return next((value.strip() for value in match.groupdict().values() if value), None) if match else None


def read_sender(text: str) -> str | None:
    """A number when there is one, else the short name as it was written; a question back is no sender."""
    for found in find_all(text):
        if found.kind in {"phone", "short_code"}:
            return found.text
    shown = normalise(text).strip().strip("「」\"'")
    fits = 0 < len(shown) <= LONGEST_SENDER and "\n" not in shown and not asks_back(shown)
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


APPS = ("sms", "line", "telegram", "imessage", "rcs", "whatsapp", "email", "other")  # as they are offered
