"""Words of loss and of self-harm, in whatever sentence they stand: they change the answer before any form does."""

import re
from dataclasses import dataclass

from lianfang.text.everyday import sound_out, speaks_for_himself, without_everyday
from lianfang.text.forwarded import is_notice, looks_forwarded
from lianfang.text.loss_words import CHINESE_LOSSES, DONE, FOREIGN_LOSSES, GIVEN, NAMED
from lianfang.text.normalise import normalise, to_traditional
from lianfang.text.self_harm import speaks_of_dying


@dataclass(frozen=True)
class Distress:
    """`loss`: transfer (money, however paid), otp, credentials (card number, password, ID), card (points, serial)."""

    loss: frozenset[str]
    self_harm: bool

    def __bool__(self) -> bool:
        return bool(self.loss) or self.self_harm


# Of a very long text, its beginning and its end: people put their own words around what they paste.
_READ = 1200
_CLAUSE = re.compile(
    r"[。!?;\n…~]+|[,，、](?!\d{3})|(?<![\d.])\.(?=\s|$)|(?<=[\u4e00-\u9fff\u3105-\u312f])\s+(?=[\u4e00-\u9fff])"
)
_CASH_ON_DELIVERY = re.compile(r"貨到付款|取貨付款|cash on delivery", re.IGNORECASE)
# Said by accident, not denied, although 不 and 沒 stand in it.
_ACCIDENT = re.compile(
    r"不小心|沒想到|沒想太多|沒多想|沒注意|沒多久|沒發現|沒看清楚?|沒仔細看|沒查證?|沒懷疑|不疑有他|不知道|不曉得|不該|不知|沒在看"
    r"|忍不住|特別|別人|差不多|not knowing|not thinking|without thinking|didn't know|didn't realise|didn't realize"
)
_DENIED = re.compile(
    r"(?:還沒有?|沒有?|尚未|並未|未曾?|(?<!特)不|別|勿|甭|毋|免|無)(?:要|會|想|敢|可|能|用|准|去|真的?|被|再|把錢|把|給他|直接|先|有|小心|是|曾|讓他|亂|隨便|跟他|我|給)*\s?$"
    r"|(?:差點|差一點|險些|拒絕|怕|擔心|避免|防止|(?<!不)小心|以免|免得|預防|以後|下次|防)[^。!?;\n]{0,6}$"
    r"|(?:不是|沒有|才不|不算|不代表|不要|別|勿|差點|差一點)[^。!?;,\n]{0,8}$"
    r"|\b(?:not|never|almost|nearly|avoid|unless|refus\w+|about to)\b[^.!?\n]{0,20}$|n't\b[^.!?\n]{0,16}$",
    re.IGNORECASE,
)
# Wishes and plans, unless the story then goes on (想說試試就轉了).
_PLANNED = re.compile(
    r"(?:恐|可能|(?<![演唱約社機學體誤開])會(?!員|計|議|費|長|場|館)|即將|準備|打算|想(?!說|不到|到)|正要|(?<![只需])要(?!了)|該|(?<![覺記懂值曉])得|等等|等下|待會"
    r"|願意|需要|必須)(?P<gap>[^。!?;\n]{0,6})$"
)
_NOT_WITHIN = re.compile(
    r"(?:沒|沒有|未|不要|別(?!人)|不)(?:給|轉|匯|付|刷|填|輸|寄|拍|念|唸|告訴|提供|交|傳|買|被)|一毛都沒|\bnot\b|n't\b|請勿|勿|貨到付款|叫我|要我|給我|還我|退給|(?:拿|要|追)回來?了|領到|收到(?:款|錢|退)|(?:paid|sent|transferred|wired|gave|told|showed) me\b"
)
_UNREAL_BEFORE = re.compile(
    r"(?:如果|若是|假如|萬一|要是|假設|假使|要不要|該不該|可不可以|能不能|會不會|是不是|有沒有|是否|可以|應該|需要|叫我|要我|叫你|要求|請我|逼我|催我|說要|"
    r"想叫|教我|叫媽|叫我媽|叫我爸|叫阿|要媽|先別|\b(?:said|says|claims?|claimed) (?:he|she|they|i)\b|怎麼|如何|請你|請您|你|麻煩|幫我|幫忙|先(?!生)|(?<!很)快(?!遞|樂|要)|各|改|再|才能|必須|(?:簡訊|訊息|電話|信|通知|網頁|視窗|來電|上面|對方|他|她|客服|人)裡?面?(?:就|都|又|還)?(?:說|寫|顯示|跟我說|告訴我|稱|宣稱|謊稱|自稱)|看到|說|防|詐騙集團|新聞|聽說|民眾|有人|很多人|大家|別人|被害人|"
    r"小心|提醒|記得|\bif\b|\bshould\b|\bdo i\b|\bcan i\b|\bwants?\b|\basked\b|\basking\b|\btold me\b|\btells?\b|\bwould\b|\bcould\b|\bhypothetically\b|\bsupposed\b|\b(?:do|does|should|can|must|will)\s?$|\bneed to\b|\bhave to\b|\bgoing to\b)",
    re.IGNORECASE,
)
# After one of these the story goes on and what follows did happen.
_HAPPENED = re.compile(
    rf"就|結果|然後|所以|照做|已經?|後來|剛剛?|{DONE}|\band\b|\bso\b|\bbut\b|\bthen\b", re.IGNORECASE
)
_OBEYED = re.compile(r"我(?:就|也|都|全)?照(?:著|他|她)?(?:做|辦|按)|餘額|戶頭")
_UNREAL_AFTER = re.compile(
    r"^\s?給我|^ me\b|^[^。!?;,\n]{0,6}(?:的話|會怎|會不會|就會|才會|才能|才可以|才給|再說)|^\s?(?:嗎|沒\s*$|沒有\s*$|ㄇ|吧\s*$|or not)",
    re.IGNORECASE,
)
_OFTEN_REAL = frozenset(("先", "再", "你", "說", "怎麼"))
_OTHER_SUBJECT = re.compile(r"您(?!好|們)|貴[戶用客會]|貴公司|\byour?\b", re.IGNORECASE)
_ME = re.compile(
    r"我|俺|偶|阮|媽|爸|阿嬤|阿公|奶奶|爺爺|朋友|同事|老公|老婆|女兒|兒子|長輩|\bi\b|\bi'|\bmy\b|\bwe\b|\bme\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"如果|假如|萬一|要是|假設|若(?:是|有|我)|的話|\bif i\b|\bif you\b|\bwhat if\b|\bif someone\b|\bhypothetically\b",
    re.IGNORECASE,
)


_HAN = re.compile("[\u4e00-\u9fff]")
_ALPHABET = re.compile(r"[a-z\d\u0e00-\u0e7f]", re.IGNORECASE)


def find_distress(text: str) -> Distress:
    """What a message tells of lost money, codes, data or cards, and of wanting to die."""
    read = text if len(text) <= 2 * _READ else f"{text[:_READ]}\n{text[-_READ:]}"
    plain = sound_out(to_traditional(normalise(read)).replace("’", "'"))
    foreign = looks_forwarded(text)
    loss: set[str] = set()
    named: list[str] = []
    unreal = narrated = False
    for clause, _ in _clauses(plain):
        unreal = bool(_HYPOTHETICAL.search(clause)) or (unreal and not _HAPPENED.search(clause))
        addressed = is_notice(clause) or _OTHER_SUBJECT.search(clause) is not None
        narrated = speaks_for_himself(clause) or (narrated and not addressed)
        if unreal or (not narrated and _speaks_of_others(clause, foreign=foreign)):
            continue
        told = _ACCIDENT.sub("誤", _CASH_ON_DELIVERY.sub("代收", without_everyday(clause)))
        loss |= _losses_in(told)
        if named and GIVEN.search(told) and not _DENIED.search(told[: told.find("了")]):
            loss.add(named[-1])
        named.extend(kind for kind, words in NAMED if words.search(clause))
    return Distress(frozenset(loss), speaks_of_dying(plain))


def _clauses(plain: str) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    start = 0
    for stop in _CLAUSE.finditer(plain):
        pieces.append((plain[start : stop.start()], stop.group(0)))
        start = stop.end()
    pieces.append((plain[start:], ""))
    return [(clause, stop) for clause, stop in pieces if len(clause.strip()) > 1]


def _speaks_of_others(clause: str, *, foreign: bool) -> bool:
    """A bank's own notice (您已轉帳成功) tells no loss of the person who pastes it."""
    if _ME.search(clause):
        return False
    return foreign or is_notice(clause) or _OTHER_SUBJECT.search(clause) is not None


def _losses_in(clause: str) -> set[str]:
    spoken = (CHINESE_LOSSES if _HAN.search(clause) else ()) + (
        FOREIGN_LOSSES if _ALPHABET.search(clause) else ()
    )
    return {
        kind
        for kind, pattern in spoken
        if any(_did_happen(clause, match) for match in pattern.finditer(clause))
    }


def _did_happen(clause: str, match: re.Match[str]) -> bool:
    before, told, after = clause[: match.start()], match.group(0), clause[match.end() :]
    planned = _PLANNED.search(before)
    if planned is not None and not _HAPPENED.search(planned.group("gap")):
        return False
    if _DENIED.search(before) or _NOT_WITHIN.search(told) or _UNREAL_AFTER.search(after):
        return False
    unreal = list(_UNREAL_BEFORE.finditer(before))
    if not unreal or _HAPPENED.search(before[unreal[-1].end() :]) or _OBEYED.search(told):
        return True
    # 叫我轉帳 is what he wants; 先轉了三萬 is done all the same.
    return unreal[-1].group(0) in _OFTEN_REAL and re.search(DONE, told) is not None
