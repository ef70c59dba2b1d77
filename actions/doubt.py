"""Stories with nothing in them to look up: whether the answer should be how to lose nothing. Pure rules."""

import re

from lianfang.replies import Say
from lianfang.text.normalise import normalise, to_traditional

WHEN_IN_DOUBT = Say("utter_when_in_doubt")

LONG_STORY = 8  # Chinese characters; a wish in so many words is understood
LONG_STORY_LATIN = 30
_SHORTEST = 5  # a bare 「銀行電話」 tells nothing

_HAN = re.compile(r"[\u3400-\u9fff]")
# Money, those who ask for it or pretend to, and how they reach people.
_RISKY = re.compile(
    r"錢|借我|借\S{0,6}\d|[\d一二兩三四五六七八九十幾]+\s?[萬千元塊]|匯|轉帳|轉給|付款|付費|繳|提款|領出|分期|刷卡|信用卡|帳[戶號]|存摺|提款卡|點數|遊戲點|禮物卡|超商|便利店|店員|ATM"
    r"|警察|警官|警員|檢察|檢調|法院|書記官|偵查|洗錢|涉案|通緝|監管|保證金|銀行|金管|國稅|健保|勞保|監理|客服|專員"
    r"|打來|來電|電話|簡訊|LINE|賴|網友|交友|交往|見面|包裹|快遞|投資|飆股|獲利|老師帶|群組|貸款|打工|兼職|工作|薪|證件|身分證|密碼|驗證碼|詐|騙|裸照|私密"
    r"|\b(?:money|pay|paid|transfer|wire|bank|account|atm|card|gift|points?|loan|lend|borrow|job|invest\w*|crypto|police"
    r"|prosecutor|court|officer|customs|package|parcel|call(?:ed|s|ing)?|code|password|scam\w*|fraud|boyfriend|girlfriend)\b",
    re.IGNORECASE,
)
_LINE_IS_DEAD = re.compile(
    r"(?:165|110|專線|電話|客服|銀行).{0,6}(?:打不通|打不進|沒人接|沒有人接|忙線|佔線|占線|不通|一直響|等很久|沒回應)"
    r"|打不通|\b(?:165|110|hotline|bank)\b.{0,20}\b(?:busy|no answer|nobody answers|not answer\w*|not working)\b"
    r"|(?:can'?t|cannot) (?:reach|get through)|(?:nobody|no one) (?:answers|picks up)",
    re.IGNORECASE,
)
_WANTS_A_PERSON = re.compile(
    r"^.{0,12}(?:真人|人工|專人|活人|客服|專員|有人可以|跟人|和人|找人|轉接|接線|165|\b(?:human|person|agent|operator|somebody|someone|representative)\b).{0,12}$",
    re.IGNORECASE,
)


def is_long(text: str) -> bool:
    """Longer than a wish: somebody tells what happened."""
    plain = normalise(text).strip()
    return len(_HAN.findall(plain)) > LONG_STORY or len(plain) > LONG_STORY_LATIN


def is_risky(text: str) -> bool:
    """Speaks of money, of those who ask for it, or of a hotline that does not answer."""
    plain = to_traditional(normalise(text))
    return len(plain.strip()) >= _SHORTEST and bool(_RISKY.search(plain) or _LINE_IS_DEAD.search(plain))


def is_doubtful(text: str) -> bool:
    """Not understood, and long or risky enough that it may be a fraud under way."""
    return is_long(text) or is_risky(text)


def is_story_to_nobody(text: str) -> bool:
    """Addressed to a person, but telling something, or that the hotline is dead: "call 165" is no answer."""
    plain = to_traditional(normalise(text)).strip()
    if _LINE_IS_DEAD.search(plain):
        return True
    return is_long(plain) and is_risky(plain) and not _WANTS_A_PERSON.search(plain)
