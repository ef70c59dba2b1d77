"""What the words of a message say is gone, clause by clause."""

import re
from dataclasses import dataclass

from lianfang.text.everyday import goes_wrong, is_content, speaks_for_himself, without_everyday
from lianfang.text.forwarded import is_notice
from lianfang.text.loss_meant import (
    accidents_aside,
    did_happen,
    ended_well,
    goes_on,
    is_but_for,
    is_denied,
    is_hypothetical,
)
from lianfang.text.loss_story import ASKED, COMPLIED, GIVEN, NAMED, payments, was_regretted
from lianfang.text.loss_words import CHINESE_LOSSES
from lianfang.text.loss_words_foreign import FOREIGN_LOSSES

# 「帳號密碼什麼的」 behind 「我都跟他說了」.
_SHORT = 14
_CLAUSE = re.compile(
    r"[。!?;\n…~]+|[,，、](?!\d{3})|(?<![\d.])\.(?=\s|$)|(?<=[\u4e00-\u9fff\u3105-\u312f])\s+(?=[\u4e00-\u9fff])"
)
_CASH_ON_DELIVERY = re.compile(r"貨到付款|取貨付款|cash on delivery", re.IGNORECASE)
_OTHER_SUBJECT = re.compile(r"您(?!好|們)|貴[戶用客會]|貴公司|\byour?\b", re.IGNORECASE)
_ME = re.compile(
    r"我(?!們已|們將|們會|司|方)|俺|偶|阮|本(?:人|公司|行|社|店)|敝|家[父母]|媽|爸|阿嬤|阿公|奶奶|爺爺|朋友|同事|老公|老婆|女兒|兒子|長輩|\bi\b|\bi'|\bmy\b|\bwe\b|\bme\b",
    re.IGNORECASE,
)
_HAN = re.compile("[\u4e00-\u9fff]")
_ALPHABET = re.compile(r"[a-z\d\u0e00-\u0e7f]", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """`loss`: kinds of what is gone; `set_aside`: something is named that did not happen (還沒匯, 如果匯了)."""

    loss: frozenset[str]
    set_aside: bool


def read_losses(plain: str, *, foreign: bool) -> Words:
    """Of a text in common words; `foreign`: somebody else wrote it as a whole."""
    suspicious, regretted, content = goes_wrong(plain), was_regretted(plain), is_content(plain)
    loss: set[str] = set()
    named: list[str] = []
    unreal = notified = narrated = asked = given = aside = but_for = False
    for clause in _clauses(plain):
        unreal = is_hypothetical(clause) or (unreal and not goes_on(clause))
        notified = _NOTIFIED.match(clause) is not None or (notified and not goes_on(clause))
        addressed = is_notice(clause) or _OTHER_SUBJECT.search(clause) is not None
        narrated = speaks_for_himself(clause) or (narrated and not addressed)
        averted, but_for = but_for or is_but_for(clause), is_but_for(clause)
        others = notified and _ME.search(clause) is None
        if unreal or averted or others or (not narrated and _speaks_of_others(clause, foreign=foreign)):
            aside = aside or bool(_told(clause))
            continue
        told = _CASH_ON_DELIVERY.sub("代收", without_everyday(clause, suspicious=suspicious))
        told = accidents_aside(told)
        found = _told(told)
        happened = {kind for kind, match in found if did_happen(told, match)}
        aside = aside or len(happened) < len({kind for kind, _ in found})
        names = [] if ended_well(clause) else [kind for kind, words in NAMED if words.search(clause)]
        gives = _holds(GIVEN, told)
        if gives and named:
            happened.add(named[-1])
        elif given and names and len(clause) <= _SHORT:
            happened.add(names[-1])
        if (asked and _holds(COMPLIED, told)) or (
            regretted and any(did_happen(told, match) for match in payments(told))
        ):
            happened.add("transfer")
        asked, given = ASKED.search(clause) is not None, gives
        loss |= happened
        named.extend(names)
    return Words(frozenset(loss - {"transfer"} if content else loss), aside)


def _clauses(plain: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(plain) if len(clause.strip()) > 1]


def _holds(pattern: re.Pattern[str], told: str) -> bool:
    """Whether a clause says so and does not deny it before its 了."""
    return pattern.search(told) is not None and not is_denied(told, max(told.find("了"), 0))


# 「信用卡通知 刷卡 320 元」, 「訂單成立 已付款」
_NOTIFIED = re.compile(
    r"^\s?(?:【[^】]*】)?(?:信用卡|銀行|帳戶|交易|訂單|繳費|扣款|付款|消費|轉帳|匯款|刷卡|薪資)\S{0,2}(?:通知|成立|成功|完成|提醒|入帳)"
)


def _speaks_of_others(clause: str, *, foreign: bool) -> bool:
    """A bank's own notice (您已轉帳成功) tells no loss of the person who pastes it."""
    if _ME.search(clause):
        return False
    return foreign or is_notice(clause) or _OTHER_SUBJECT.search(clause) is not None


def _told(clause: str) -> list[tuple[str, re.Match[str]]]:
    spoken = (CHINESE_LOSSES if _HAN.search(clause) else ()) + (
        FOREIGN_LOSSES if _ALPHABET.search(clause) else ()
    )
    return [(kind, match) for kind, pattern in spoken for match in pattern.finditer(clause)]
