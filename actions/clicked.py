"""Somebody says that he has opened a link: nothing is lost yet, and there is something to do. Pure rules."""

import re

from lianfang.replies import Say
from lianfang.text.normalise import normalise, to_traditional

CLICKED = Say("utter_clicked")

_CLICKED = re.compile(
    r"(?<![\d一二兩三四五六七八九十幾半早晚差慢快])點(?:了(?!點)|下去|進去了?|開了?(?:連結|網址|它)|到了?(?:連結|網址))"
    r"|(?:按|打開|開|點)(?:了|過|到了?)?(?:那個|這個|它的?|他的)?(?:連結|網址|下去|進去)(?!嗎)|誤點|手滑點|掃了(?:那個|他的?|這個)?(?:QR|條碼)"
    r"|\b(?:clicked|tapped)\b|\bopened (?:it|the|that|this|a)\b",
    re.IGNORECASE,
)
# Not done, only feared or asked for: 沒點, 差點點了, 點了會怎樣, 叫我點.
_NOT_DONE = re.compile(
    r"(?:沒有?|不要?|別|勿|未|還沒|不敢|不會|不小心才|差一?點|如果|要是|萬一|叫我|要我|叫你|請|可以|能|該|想|會|敢)(?:去|直接|隨便|亂|先|馬上|再|真的|被|給)*$"
    r"|\b(?:not|never|haven't|hasn't|didn't|don't|if|almost|nearly|should i have|wants? me to)\b[^.!?,]{0,16}$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"^[^。!?,，]{0,3}(?:會怎|會不會|會中|嗎)", re.IGNORECASE)
_BY_ACCIDENT = re.compile(
    r"不小心|沒想到|沒注意|沒看清楚?|(?:didn't|did not) (?:know|think|notice)", re.IGNORECASE
)


def tells_of_click(text: str) -> bool:
    plain = _BY_ACCIDENT.sub("誤", to_traditional(normalise(text)).replace("’", "'"))
    return any(
        not _NOT_DONE.search(plain[: match.start()]) and not _ASKED.search(plain[match.end() :])
        for match in _CLICKED.finditer(plain)
    )
