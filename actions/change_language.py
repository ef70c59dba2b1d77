"""An explicit choice of language wins over everything we guessed, and is kept for the person."""

import re

from actions.answering import Answering, Outcome
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import goal_button, says

NAMES = {"zh-TW": "zh", "en": "en"}
BUTTONS = [
    goal_button("btn.lang_zh", "change_language", chosen_lang="zh-TW"),
    goal_button("btn.lang_en", "change_language", chosen_lang="en"),
]

# In this order: 「不要英文」 wants Chinese, 「看不懂中文，換成越南語」 wants Vietnamese.
_ASKED_FOR = (
    ("zh-TW", re.compile(r"(?:不要|取消|別用|不用)\s?(?:英[文語]|english)|台灣的字", re.IGNORECASE)),
    ("other", re.compile(r"越南|印尼|菲律賓|泰[文語国國]|日[文語]|韓[文語]|台語|臺語|客家|客語|简体|簡體")),
    (
        "other",
        re.compile(
            r"thai|vietnam|indonesia|bahasa|japan|korea|tagalog|simplified|ภาษาไทย|tiếng", re.IGNORECASE
        ),
    ),
    ("en", re.compile(r"英[文語语]|english|^en$", re.IGNORECASE)),
    ("zh-TW", re.compile(r"中文|國語|国语|繁體|繁体|正體|華語|chinese|mandarin", re.IGNORECASE)),
)


class ActionChangeLanguage(Answering):
    """Sets zh-TW or en; says so when another language is wanted."""

    NAME = "action_change_language"
    keeps_form = True

    async def answer(self, turn: Turn) -> Outcome:
        chosen = turn.entity("chosen_lang") or wanted_language(turn.text)
        if chosen not in NAMES:
            key = "utter_language_ask" if chosen is None else "utter_language_not_yet"
            return Outcome(says(key, buttons=BUTTONS))
        if not turn.person:
            return Outcome(says("utter_language_not_saved", buttons=BUTTONS))
        try:
            await self.services.people.set_language(turn.person, chosen, event=turn.event)
        except (ServiceUnavailable, ServiceRefused):
            return Outcome(says("utter_language_not_saved", buttons=BUTTONS))
        return Outcome(says(f"utter_language_now_{NAMES[chosen]}"), {"lang": chosen})


def wanted_language(text: str) -> str | None:
    """zh-TW, en, `other` for a language we do not speak, None when no language is named."""
    return next((language for language, pattern in _ASKED_FOR if pattern.search(text)), None)
