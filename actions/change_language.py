"""An explicit choice of language wins over everything we guessed, and is kept for the person."""

import re

from actions.goal import Field, Goal, Heard, Told, Values, first
from actions.outcome import Outcome
from actions.services import Services
from actions.turn import Turn
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.replies import goal_button, says
from lianfang.text.normalise import normalise

NAMES = {"zh-TW": "zh", "en": "en"}
CHOICES = (("zh-TW", "btn.lang_zh"), ("en", "btn.lang_en"))
BUTTONS = [goal_button(key, "change_language", chosen_lang=language) for language, key in CHOICES]

_CHINESE = r"中文|國語|国语|繁體|繁体|正體|華語|chinese|mandarin"
_ENGLISH = r"英[文語语]|english"
_LANGUAGE = rf"(?:{_ENGLISH}|{_CHINESE})"
# What others speak, and what a message is written in, is no wish.
_OF_OTHERS = re.compile(
    rf"(?:他們?|她們?|165|110|警察|警方|銀行|那邊|對方|外國人|老外|人員|客服|專線)(?:(?!幫)[^,，。!?]){{0,8}}"
    rf"(?:會|懂|講|說|有|通)(?:(?!幫)[^,，。!?]){{0,4}}{_LANGUAGE}"
    rf"|{_LANGUAGE}的?(?:簡訊|訊息|信件?|郵件|網站|網頁|電話|客服)"
    r"|\b(?:do|does|can|will|are|is|if|whether)\s+(?:they|he|she|165|110|police|any\w*|some\w*|th(?:em|ese|e)\b)"
    rf"[^.?!,]{{0,30}}{_LANGUAGE}"
    r"|\b(?:it(?:'s| is)|(?:they|he|she|the (?:police|caller|bank|scammer|message|sms))(?:'s| is| are)?)\s+(?:\w+\s+){0,3}"
    rf"{_LANGUAGE}",
    re.IGNORECASE,
)
_DENIED = (
    r"(?:(?<![會懂要用])(?:不會|不太會|不懂|不太懂|不要|不用|不想|不是)|沒學過?|取消|別用|別)(?:再)?(?:看|說|講|讀|寫|用|回|換成?|改成?|改用|切換成?|變成?)?(?:得?懂)?\s?"
    r"|[看聽讀說講]不(?:太)?(?:懂|到|會)\s?"
    r"|\b(?:don'?t|do not|can'?t|cannot|not|no|stop)\s+(?:(?:know|understand|speak|read|write|use|using|want|need"
    r"|any|much|how|to|very|good|well|at|in|answer|reply|talk)\s+){0,5}"
)
_POOR = (
    r"(?:(?:很|太|實在)?(?:不好|不行|很爛|很差|不太行|不太好)| is(?: not|n't| (?:very )?(?:bad|poor|weak)))"
)
_NOT_ENGLISH = re.compile(rf"(?:{_DENIED})(?:{_ENGLISH})|台灣的字|(?:{_ENGLISH}){_POOR}", re.IGNORECASE)
_NOT_CHINESE = re.compile(rf"(?:{_DENIED})(?:{_CHINESE})|(?:{_CHINESE}){_POOR}", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")

# In this order: 「看不懂中文，換成越南語」 wants Vietnamese.
_ASKED_FOR = (
    ("other", re.compile(r"越南|印尼|菲律賓|泰[文語国國]|日[文語]|韓[文語]|台語|臺語|客家|客語|简体|簡體")),
    (
        "other",
        re.compile(
            r"thai|vietnam|indonesia|bahasa|japan|korea|tagalog|simplified|ภาษาไทย|tiếng", re.IGNORECASE
        ),
    ),
    ("en", re.compile(rf"{_ENGLISH}|^en$", re.IGNORECASE)),
    ("zh-TW", re.compile(_CHINESE, re.IGNORECASE)),
)


def wanted_language(text: str) -> str | None:
    """zh-TW, en, `other` for a language we do not speak, None when no language is wanted for our answers."""
    plain = _OF_OTHERS.sub(" ", normalise(text).replace("’", "'"))
    wished = _NOT_CHINESE.sub(" ", _NOT_ENGLISH.sub(" ", plain))
    named = next((language for language, pattern in _ASKED_FOR if pattern.search(wished)), None)
    if named:
        return named
    if _NOT_ENGLISH.search(plain):
        return "zh-TW"
    # Who says in Chinese that somebody reads no Chinese has not said what to use instead.
    return "en" if _NOT_CHINESE.search(plain) and not _HAN.search(plain) else None


def _find_language(heard: Heard) -> Values:
    language = wanted_language(heard.text)
    return (language,) if language else ()


LANGUAGE = Field("chosen_lang", "utter_language_ask", find=_find_language, choices=CHOICES)


async def _set_language(services: Services, turn: Turn, told: Told) -> Outcome:
    """Kept for the person; says so only after the service said it."""
    chosen = first(told, "chosen_lang")
    if chosen not in NAMES:
        return Outcome(says("utter_language_not_yet", buttons=BUTTONS))
    if not turn.person:
        return Outcome(says("utter_language_not_saved", buttons=BUTTONS))
    try:
        await services.people.set_language(turn.person, chosen, event=turn.event)
    except (ServiceUnavailable, ServiceRefused):
        return Outcome(says("utter_language_not_saved", buttons=BUTTONS))
    return Outcome(says(f"utter_language_now_{NAMES[chosen]}"), {"lang": chosen})


CHANGE_LANGUAGE = Goal(
    "change_language", _set_language, fields=(LANGUAGE,), interrupts=True, loss_first=False
)
