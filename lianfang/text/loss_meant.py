"""Whether something told did happen: not denied, planned, feared, asked for, or said by somebody else."""

import re

from lianfang.text.loss_words import DONE

# How far around it words decide about what is told.
_REACH = 120
# Said by accident, not denied, although 不 and 沒 stand in it.
_ACCIDENT = re.compile(
    r"不小心|沒想到|沒想太多|沒多想|沒注意|沒多久|沒發現|沒看清楚?|沒仔細看|沒查證?|沒懷疑|不疑有他|不知道|不曉得|不該|不知|沒在看"
    r"|忍不住|特別|別人|差不多|not knowing|not thinking|without thinking|didn't know|didn't realise|didn't realize"
)
_DENIED = re.compile(
    r"(?:還沒有?|沒有?|尚未|並未|未曾?|(?<!特)不|別|勿|甭|毋|免|無)(?:要|會|想|敢|可|能|用|准|去|真的?|被|再|把錢|把|給他|直接|先|有|小心|是|曾|讓他|亂|隨便|跟他|我|給)*\s?$"
    r"|(?:差點|差一點|險些|拒絕|怕|擔心|避免|防止|(?<!不)小心|以免|免得|預防|以後|下次|防)[^。!?;\n]{0,6}$"
    r"|(?:不是|沒有|才不|不算|不代表|不要|別|勿|差點|差一點|不然|要不是|否則|故意|亂|隨便|假裝)[^。!?;,\n]{0,8}$"
    # Some words may stand between: 還沒從網銀轉, 不敢領錢給他.
    r"|(?:還沒有?|尚未|並未|從來沒有?|從沒|根本沒有?|沒有(?![人想注])|不敢|拒絕|絕不|無意|未曾)[^。!?;\n了就已我,]{0,10}$|(?<![有])沒(?![想注看仔查懷多])[^。!?;\n了就已我他她,]{0,5}$"
    # Claimed by the other side: 買家說他已經匯款了.
    r"|(?<![跟給對向])(?:他|她|對方|買家|賣家|客服|房東|公司|騙子)(?:都|一直|還)?[說講稱]\s?(?:他們?|她)?(?:已經?|剛剛?|有|早就){0,2}[^。!?;\n了就我,]{0,6}$"
    r"|\b(?:not|never|almost|nearly|avoid|nobody|no one|none of us|neither|unless|refus\w+|about to)\b[^.!?\n]{0,20}$|n't\b[^.!?\n]{0,16}$",
    re.IGNORECASE,
)
# Wishes and plans, unless the story then goes on (想說試試就轉了).
_PLANNED = re.compile(
    r"(?:恐|可能|(?<![演唱約社機學體誤開])會(?!員|計|議|費|長|場|館)|即將|準備|打算|想(?!說|不到|到)|正要|(?<![只需])要(?!了)|該|(?<![覺記懂值曉])得|等等|等下|待會"
    r"|願意|需要|必須)(?P<gap>[^。!?;\n]{0,6})$"
)
_NOT_WITHIN = re.compile(
    r"(?:沒|沒有|未|不要|別(?!人)|不)(?:上當|中招|受騙|刮|開|傳|寫|存|投|儲|講|說|領|給|轉|匯|付|刷|填|輸|寄|拍|念|唸|告訴|提供|交|傳|買|被)|一毛都沒|\bnot\b|n't\b|請勿|勿|貨到付款|叫我|要我|給我|還我|退給|(?:被|把)[^。!?;,\n]{0,8}(?:擋|攔|圈存)[^。!?;,\n能]{0,3}(?:了|起來|下來)|(?:擋|攔)(?:下|住)(?:來)?了|取消了|圈存|(?:拿|要|追)回來?了|領到|收到(?:款|錢|退)|(?:paid|sent|transferred|wired|gave|told(?! me to)|showed) me\b|\bmoney back\b(?! \?)|\bstopped the\b"
)
_UNREAL_BEFORE = re.compile(
    r"(?:如果|若是|假如|萬一|要是|假設|假使|要不要|該不該|可不可以|能不能|會不會|是不是|有沒有|是否|可以|應該|需要|叫我|要我|讓我|叫你|要求|請我|請(?=把|將|至|到|您|你|先|依)|依指示|盡快|儘快|逼我|催我|說要|"
    r"想叫|教我|叫媽|叫我媽|叫我爸|叫阿|要媽|先別|\b(?:said|says|claims?|claimed)(?: (?:that )?(?:he|she|they|i)\b|\s?$)|怎麼|如何|請你|請您|你|麻煩|幫我|幫忙|先(?!生)|(?<![很趕飛儘盡])快(?!遞|樂|要)|各|改|再|才能|必須|(?:簡訊|訊息|電話|信|通知|網頁|視窗|來電|上面|對方|他|她|客服|人)裡?面?(?:就|都|又|還)?(?:說|寫|顯示|跟我說|告訴我|稱|宣稱|謊稱|自稱)|看到|說|防|詐騙集團|新聞|聽說|聽(?:我)?\S{0,4}說|民眾|有人|很多人|大家|別人|被害人|"
    r"小心|提醒|記得|\bif\b|\bshould\b|\bdo i\b|\bcan i\b|\bwants?\b|\basked\b|\basking\b|\btold me\b|\btells?\b|\bwould\b|\bcould\b|\bhypothetically\b|\bsupposed\b|\b(?:do|does|should|can|must|will)\s?$|\bneed to\b|\bhave to\b|\bgoing to\b)",
    re.IGNORECASE,
)
# After one of these the story goes on and what follows did happen.
_HAPPENED = re.compile(
    rf"就|結果|然後|所以|照做|已經?|後來|剛剛?|{DONE}|\band\b|\bso\b|\bbut\b|\bthen\b", re.IGNORECASE
)
_OBEYED = re.compile(r"我(?:就|也|都|全)?照(?:著|他|她)?(?:做|辦|按)|餘額|戶頭")
_UNREAL_AFTER = re.compile(
    r"^\s?給我|^起(?!來)|^[^。!?;,\n]{0,4}(?:擋下來了|攔下來了|擋住了|攔住了|圈存)|^ me\b|^[^.!?\n]{0,24}\bto (?:me|my account)\b|^\s?(?:還會|之後會|後會|要多久)|^[^。!?;,\n]{0,6}(?:的話|會怎|會有風險|安全嗎|合理嗎|正常嗎|好嗎|可以嗎|行嗎|對嗎|之前|以前要|會不會|就會|才會|才能|才可以|才給|再說)|^\s?(?:嗎|沒\s*$|沒有\s*$|ㄇ|吧\s*$|or not)",
    re.IGNORECASE,
)
_OFTEN_REAL = frozenset(("先", "再", "你", "怎麼", "讓我"))
_HYPOTHETICAL = re.compile(
    r"如果|假如|(?<![\d零一二三四五六七八九十百千萬])萬一|要是|假設|若(?:是|有|我)|的話|(?<!跟)通常|一般(?!人的|般)|\bif i\b|\bif you\b|\bwhat if\b|\bif someone\b|\bhypothetically\b",
    re.IGNORECASE,
)


# How it ended well: nothing given, stopped in time, only tried out.
_ENDED_WELL = re.compile(
    r"(?:沒有?|未|尚未|並未|不)(?:再|真的|去|把)?(?:填|付|轉(?!機)|匯|輸入|買|理|刷|唸|念|講密|損失|事(?!先|實)|上當|被騙|受騙|中招|答應|同意|照做|提供|告訴|給(?!我))"
    r"|(?:錢|存款|餘額)(?:都|全部?)?(?:還)?在(?!他|她|對方|裡面領)|(?:馬上|立刻|直接|就|趕快)(?:關|掛|封鎖|停|離開|跳出|刪)|拒絕|擋(?:下|掉|住)|攔(?:下|住)(?!得|不)|阻止|好險|幸好|還好|測試|假的(?:卡號|資料|號碼)"
    r"|本來(?:想|要|打算)|擔心|怕(?!是)|第一步|只(?:有|是)?(?:點|加|看|聊|給(?:名字|電話))|\b(?:only clicked|nothing (?:typed|happened|was lost)|stopped (?:me|it|the)|haven't|didn't|did not|never (?:gave|sent|told|paid)|not (?:entered|typed|paid|sent))\b",
    re.IGNORECASE,
)
_BUT_FOR = re.compile(r"要不是|若不是|如果不是|不然(?=[^。!?;\n]{0,8}就)|否則")


def accidents_aside(clause: str) -> str:
    """The clause without 不 and 沒 that deny nothing: 不小心, 沒想到."""
    return _ACCIDENT.sub("誤", clause)


def is_hypothetical(clause: str) -> bool:
    return _HYPOTHETICAL.search(clause) is not None


def goes_on(clause: str) -> bool:
    """Whether a story goes on here, after which what is told did happen."""
    return _HAPPENED.search(clause) is not None


def ended_well(plain: str) -> bool:
    """Whether a message says that nothing was given, or what stopped it."""
    return _ENDED_WELL.search(plain) is not None


def is_but_for(clause: str) -> bool:
    """「要不是看到宣導」, after which nothing in the next clause did happen."""
    return _BUT_FOR.search(clause) is not None


def is_denied(clause: str, start: int) -> bool:
    """Whether what begins at `start` is denied by what stands before it."""
    return _DENIED.search(clause[max(0, start - _REACH) : start]) is not None


def did_happen(clause: str, match: re.Match[str]) -> bool:
    """Whether a match within a clause is told as something that happened to whoever writes."""
    before = clause[max(0, match.start() - _REACH) : match.start()]
    told, after = match.group(0), clause[match.end() : match.end() + _REACH]
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
