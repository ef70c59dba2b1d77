"""Payments, transfers and cards of everyday life, and hurried spellings, made plain before words of loss are sought."""

import re

_COUNT = r"(?:好)?(?:[一二兩三四五六七八九幾\d]{1,3})?"
_NEVER_LOSS = re.compile(
    rf"轉(?:了|過|成|出|換|搭)?{_COUNT}(?:則|封|篇|班|趟|份|個|張|次|部|條)?"
    r"(?:訊息|信(?!用)|文章|貼文|影片|照片|圖|截圖|檔|連結|新聞|資料(?!費)|公車|捷運|火車|高鐵|客運|車(?!手)|群|彎|圈|pdf|word|excel)"
    rf"|轉(?:了|過){_COUNT}(?:則|封|篇|班|趟)"
    r"|匯(?:了|入|出|進|整)?(?:一份|[一二兩三幾]份)?(?:資料(?!費)|報表|檔|照片|名單|通訊錄|數據|excel|pdf)"
    r"|刷(?:了|過|完)?(?:[一二兩三幾\d]次)?(?:牙|臉書|fb|ig|抖音|存在感|題|劇|悠遊卡|門禁|健保卡|油漆|馬桶|鍋)"
    r"|刷(?:了|完|過)?卡(?:就|才|後|來|去)?(?:進|上班|下班|打卡|入場|出站|開門)"
    r"|\bpa(?:y|id|ying)\b(?: \w+){0,2} (?:attention|heed|respects?|visits?|tribute|compliments?|homage)\b",
    re.IGNORECASE,
)
# Ordinary as long as nobody else has a hand in it.
_BILLS = re.compile(
    r"(?:繳|付|交)(?:了|完|過)?(?:上個?月|這個?月|這期|本期|小孩|孩子|我)?的?"
    r"(?:學費|電費|水費|瓦斯費|電話費|手機費|健保費?|勞保費?|房租|所得稅|牌照稅|燃料稅|房屋稅|保險費|保費|管理費|學雜費)了?"
    r"|領(?:了|到|完)?(?:我的)?(?:薪水|薪資|年終|獎金|零用錢|補助|津貼)[^,。!?;\n]{0,10}"
)
_SOMEBODY = re.compile(
    r"[騙假給他她被點掃]|對方|連結|網[址站頁]|發現|老師|客服|不見|群組|房東|匯到|轉到|平台"
)
_SPELLED_BY_SOUND = tuple(
    (re.compile(sound), sign)
    for sound, sign in (
        ("ㄏㄨㄟˋ?", "匯"),
        ("ㄓㄨㄢˇ?", "轉"),
        ("ㄈㄨˋ", "付"),
        ("ㄆㄧㄢˋ?", "騙"),
        ("ㄍㄟˇ?", "給"),
        ("ㄑㄧㄢˊ?", "錢"),
        ("ㄕㄨㄚ", "刷"),
        ("ㄐㄧㄠˇ?", "繳"),
        ("ㄇㄚˇ", "碼"),
        ("ㄅㄟˋ?", "被"),
    )
)
_SAID_BY_HIMSELF = re.compile(
    r"(?:叫|要|教|騙|幫|打給|請|讓|跟|逼|催)我|我(?:就|也|都|已|剛|照|點|按|輸|給|轉|匯|付|刷|把|被|真|不小心|傻|媽|爸|以為|現在|很|好)"
    r"|\bi (?:did|sent|paid|gave|clicked|typed|entered|thought|just|already|transferred)\b|\b(?:told|asked|called|made) me\b",
    re.IGNORECASE,
)


def sound_out(plain: str) -> str:
    """Words written in Zhuyin (ㄏㄨㄟˋ錢) in characters."""
    if re.search("[\u3105-\u3129]", plain) is None:
        return plain
    for sound, sign in _SPELLED_BY_SOUND:
        plain = sound.sub(sign, plain)
    return plain


def without_everyday(clause: str) -> str:
    """The clause without what everybody does every day: 轉了三班公車, 繳了學費, paid attention."""
    kept = _NEVER_LOSS.sub("某", clause)
    return kept if _SOMEBODY.search(kept) else _BILLS.sub("某", kept)


def speaks_for_himself(clause: str) -> bool:
    """Whether a clause after pasted words begins somebody's own story, which the next clauses go on with."""
    return _SAID_BY_HIMSELF.search(clause) is not None
