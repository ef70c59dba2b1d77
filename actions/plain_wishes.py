"""What is plainly wanted, whatever the words resemble: one case, a receipt for a lock, taking back, objecting. Pure."""

import re

from actions.cards import find_invoice, find_serials
from actions.confirm_lock import find_report
from actions.goal import Heard
from actions.saying import SHORT, asks_back
from lianfang.text.distress import find_distress
from lianfang.text.find import find_all
from lianfang.text.normalise import normalise, to_traditional

_CALLED_A_CASE = re.compile(
    r"\W*(?:我的)?(?:案號|案件(?:編號|號碼)?|(?:my )?case(?: (?:no\.?|number|id))?)?\W*", re.IGNORECASE
)
_RECEIPT = re.compile(
    r"補.{0,3}發票|發票.{0,4}(?:找到|補)|(?<!沒)(?<!沒有)(?<!未)找到.{0,4}發票|補.{0,6}案號"
    r"|\b(?:add|found|have got|got)\b.{0,12}\b(?:receipt|invoice)\b",
    re.IGNORECASE,
)
_FOR_ANOTHER_GOAL = re.compile(
    r"(?:要|想|幫我|再|請|麻煩).{0,3}鎖|檢舉|申訴|退費"
    r"|\b(?:please|want to|can you) (?:un)?lock|\breport (?:a|this|the)\b|\bappeal|\brefund",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"撤回|撤銷|撤案|\bwithdraw\b(?! (?:my |the |some )?(?:money|cash|funds))|\btake (?:it|that) back\b",
    re.IGNORECASE,
)
_LOCKED_BY_OTHERS = re.compile(
    r"被(?:別人|其他人|他人|人家|不認識的人|有心人)(?:給|拿去|亂)?鎖|(?:別人|有人|其他人)(?:把我的卡|鎖了我的?卡)"
    r"|\b(?:somebody|someone|another person)(?: else)?(?: has| had)? (?:locked|froze|frozen) my\b.{0,12}\bcard"
    r"|\bmy\b.{0,12}\bcard (?:was|has been|is|got) (?:locked|frozen) by (?:somebody|someone|another)",
    re.IGNORECASE,
)
_OBJECTION = re.compile(r"異議|\bobject(?:ion)?\b", re.IGNORECASE)
_OF_OTHERS = frozenset({"url", "line_id", "telegram"})  # then the message is judged first


def _plain(text: str) -> str:
    return to_traditional(normalise(text))


def names_one_case(text: str) -> bool:
    """Nothing but a case number, perhaps called so."""
    found = [one for one in find_all(text) if one.kind == "case_id"]
    if len(found) != 1:
        return False
    rest = text[: found[0].start] + " " + text[found[0].end :]
    return _CALLED_A_CASE.fullmatch(_plain(rest)) is not None


def brings_receipt(text: str) -> bool:
    """An invoice or a report to 165, by its number or announced; not what is told to lock, refund or report."""
    heard, plain = Heard(text), _plain(text)
    if _names_others(text) or _tells_a_card(heard):
        return False
    if _RECEIPT.search(plain) and len(text) <= SHORT:
        return not asks_back(text) or bool(find_invoice(heard))
    return bool(find_invoice(heard) or find_report(heard)) and not _FOR_ANOTHER_GOAL.search(plain)


def wants_back(text: str) -> bool:
    return len(text) <= SHORT and not asks_back(text) and _BACK.search(_plain(text)) is not None


def says_others_locked(text: str) -> bool:
    """The own card is locked by somebody else: no wish to lock it, even with its serial."""
    is_told = _LOCKED_BY_OTHERS.search(_plain(text)) is not None
    return is_told and not find_distress(text).sure and not _names_others(text)


def says_objection(text: str) -> bool:
    """In answer to the offer to object."""
    return len(text) <= SHORT and _OBJECTION.search(_plain(text)) is not None


def _tells_a_card(heard: Heard) -> bool:
    invoices = find_invoice(heard)
    return any(serial not in invoices for serial in find_serials(heard))


def _names_others(text: str) -> bool:
    return any(found.kind in _OF_OTHERS for found in find_all(text))
