"""Which of the questions we have a checked answer for is asked; likely ones when it is none of them. Pure rules."""

import re
from collections.abc import Iterable

from actions.info_cards_and_money import ABOUT_CARDS_AND_MONEY
from actions.info_help import ABOUT_HELP
from actions.info_messages import ABOUT_MESSAGES
from actions.info_row import Info
from lianfang.replies import CALL_165, CHECK_MESSAGE, Json, Reply, Say, goal_button
from lianfang.text.normalise import normalise, to_traditional

# The first row all of whose cues stand in the question is the answer, so the special stands before the general.
INFOS: tuple[Info, ...] = (*ABOUT_MESSAGES, *ABOUT_CARDS_AND_MONEY, *ABOUT_HELP)
BY_CODE = {info.code: info for info in INFOS}
OFTEN_ASKED = ("three_marks", "after_transfer", "fake_shop")
MOST_OFFERED = 3
ALSO_OFFERED = 2
LONGEST_QUESTION = 60  # characters; who writes more tells what happened
LONGEST_QUESTION_LATIN = 140

# Asks how things are in general, whatever goal its words resemble: 怎麼分辨假網站 reports none.
_IN_GENERAL = re.compile(
    r"什麼是|什麼叫|何謂|是什麼(?!網|連結|帳號|電話|號碼|簡訊|訊息)|是啥|什麼意思|(?:怎麼|如何|怎樣)(?:才能|可以|去)?(?:分辨|辨別|辨認|辨識|判斷|看出|預防|避免|防範|運作)"
    r"|(?:怎麼|如何)(?:做到|運作)|為什麼|差在哪|差別|^[你妳您]們?(?:是|就是|是不是)?(?:警|165|政府|官方)|有什麼不(?:同|一樣)|要(?:不要)?錢嗎|免費嗎|收費嗎|幾點|24小時嗎|都會用|原理|流程"
    r"|\bwhat(?:'s| is| are| does)\b(?! (?:this|that|wrong|happening))|\bhow (?:do|does|can|should|is|are)\b.{0,24}\b(?:work|works|spot|tell|recogni\w+|avoid|prevent|blocked|know)\b"
    r"|\bwhy\b|\bdifference\b|^are you (?:\w+ )?(?:police|165|government|official)\b|\bis (?:calling )?165 free\b|\bhow (?:long|much|many)\b",
    re.IGNORECASE,
)
# What becomes of things once the data are deleted: a question, and no wish to see or delete them now.
_ONCE_DELETED = re.compile(
    r"刪(?:除|掉|了)?(?:了|掉|資料|帳號|之|以|完)*[後,，]?.{0,12}(?:還|會|查得到|不見|怎麼辦)"
    r"|\b(?:if|after|when|once) (?:i|you) (?:delete|erase)|\bdelet\w+.{0,40}\b(?:still|keep|kept|happens?|affect)\b",
)
_OWN_STORY = re.compile(
    r"我(?!想(?:知道|問|了解|請問))|這(?:個(?!機器人)|則|封|支|是)|那個|(?<!其)他|她|對方|有人|阿|媽|爸|打來"
    r"|(?<!do )(?<!can )(?<!should )\bi\b|\b(?:my|me|this|he|she|they|someone|somebody)\b",
    re.IGNORECASE,
)


def _plain(text: str) -> str:
    return to_traditional(normalise(text)).lower().replace("’", "'")


def find_info(text: str) -> Info | None:
    """The question this is, None when we have no answer to it."""
    plain = _plain(text)
    return next((info for info in INFOS if info.cued(plain) == len(info.cues)), None)


def likely_infos(text: str) -> list[Info]:
    """Questions on the same thing, those with more of their cues first, filled up with what is asked often."""
    plain = _plain(text)
    near = sorted(
        (info for info in INFOS if info.is_about(plain)),
        key=lambda info: -info.cued(plain) / len(info.cues),
    )
    return list(dict.fromkeys([*near, *(BY_CODE[code] for code in OFTEN_ASKED)]))[:MOST_OFFERED]


def tells_of_somebody(text: str) -> bool:
    """Names a person or a thing at hand, rather than asking how things are."""
    return bool(_OWN_STORY.search(_plain(text)))


def general_question(text: str) -> Info | None:
    """A question how things are, told without any story, to which we have the answer."""
    plain = _plain(text).strip()
    longest = LONGEST_QUESTION_LATIN if plain.isascii() else LONGEST_QUESTION
    if len(plain) <= longest and _ONCE_DELETED.search(plain):
        return find_info(text)
    if len(plain) > longest or _OWN_STORY.search(plain) or not _IN_GENERAL.search(plain):
        return None
    return find_info(text)


def info_lines(info: Info) -> list[Say]:
    """The answer, where it is from and of which date."""
    source = info.source or {"key": "utter_info_ourselves"}
    as_of = info.as_of.replace("-", "/")
    return [Say(f"utter_info_{info.code}"), Say("utter_info_source", {"source": source, "as_of": as_of})]


def info_reply(info: Info, text: str = "") -> Reply:
    """With questions near to it below, should another one have been meant."""
    near = [other for other in likely_infos(text) if other is not info][:ALSO_OFFERED] if text else []
    return Reply(info_lines(info), [*offer(near), CHECK_MESSAGE, CALL_165])


def offer(infos: Iterable[Info]) -> list[Json]:
    return [goal_button(f"btn.info_{info.code}", "ask_info", question=info.code) for info in infos]
