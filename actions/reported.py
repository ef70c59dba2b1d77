"""What a report is about decides its goal, whatever the words resembled: an address, or a message, number or id."""

import re

from actions.goal import Heard
from actions.sites import address_meant, find_addresses
from lianfang.text.find import find_all
from lianfang.text.normalise import normalise, to_traditional

SITE, MESSAGE = "report_site", "report_message"
_CONTACTS = frozenset({"phone", "line_id", "telegram", "short_code"})
_NAMES_A_MESSAGE = re.compile(
    r"簡訊|訊息|電話|來電|號碼|門號|(?<![a-z])line(?![a-z])|賴|帳號|群組"
    r"|\b(?:sms|text message|this text|messages?|calls?|caller|numbers?|account|group)\b",
    re.IGNORECASE,
)
_WHERE_IT_WAS_MET = re.compile(
    r"(?:在|從|透過)[^\s,，。]{0,6}?(?:簡訊|訊息|line|賴|群組)[^\s,，。]{0,3}?(?:看|收|點|傳)到?"
    r"|\b(?:in|by|from|via) (?:an? )?(?:sms|text message|message|group|line)\b",
    re.IGNORECASE,
)
_NAMES_A_SITE = re.compile(
    r"網站|網址|網頁|連結|頁面|賣場|\b(?:web ?sites?|sites?|web ?pages?|links?|shops?)\b", re.IGNORECASE
)


def goal_of_report(heard: Heard) -> str:
    """The goal that a report really wants; any other goal is what its words resemble."""
    if heard.intent not in {SITE, MESSAGE}:
        return heard.intent
    plain = _WHERE_IT_WAS_MET.sub("", to_traditional(normalise(heard.text)))
    contacts = [found for found in find_all(heard.text) if found.kind in _CONTACTS]
    if _NAMES_A_SITE.search(plain):
        return SITE
    if _NAMES_A_MESSAGE.search(plain):
        return MESSAGE
    if contacts:  # also those behind a link to a chat
        return MESSAGE
    return SITE if find_addresses(heard) or address_meant(heard) else heard.intent
