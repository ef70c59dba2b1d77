"""What a person says about a message, apart from the message: questions and accusations judge nobody.

Somebody who writes that a shop is a fraud, or asks whether it is, must not make its address suspicious by saying
so. Only what looks like the message itself is left to the text model. Pure.
"""

import re

from services.registry.names import fold

_BETWEEN_CJK = re.compile(r"(?<=[\u3400-\u9fff])[ \t]+(?=[\u3400-\u9fff])")
_BLANK = "\ue001"  # stands for a blank between Chinese characters, where many people put no other sign
_SEGMENT = re.compile(rf"[^。!?\n,;:「」『』\"“”{_BLANK}]+[。!?]*")
_OWN = re.compile(
    r"(?:可以?|能|敢|值得)(?:不(?:可以|能))?(?:信|買|相信|信任|點|按|下單|用|加|匯|付|開)(?:嗎|吧|\?)|真的(?:嗎|假的|還是|是)|真的?假|是真是假|真偽|"
    r"是不是(?:真|假|騙|詐|有問題|官方)|(?:是|算|像|疑似|應該是|根本是|都是|就是)(?:詐騙|騙|假的|釣魚|詐)|詐騙(?:嗎|吧|網站|網頁|訊息|簡訊|電話|帳號|集團的|$)|"
    r"騙(?:人的|我|子|局|錢|光|走)|騙了(?:我|他|她|人|好|\d|[一二兩三四五六七八九十])|大家(?:不要|別|小心|注意|快)|(?:不要|別|勿)(?:買|信|上當|被騙)|黑店|不出貨|不(?:給)?退(?:款|錢)|人間蒸發|(?:不要|別)(?:再)?(?:點|按|匯|加|理|回)|(?:假冒|冒充|冒名)[^。]{0,10}(?:簡訊|訊息|網站|帳號|電話)|搞失蹤|避雷|被(?:他|她|它|這家|這個)?騙(?!的)|有(?:問題|毒|詐|鬼)(?:嗎|吧|\?|$)|(?:安全|靠譜|正常|可靠|合法|正當)(?:嗎|吧|\?)|"
    r"幫(?:我|忙|他|她)[^,。]{0,4}(?:看|查|確認|檢查|鑑定|判斷)|(?:想|請)問(?:一下)?(?:這|那|此|是不是)|查(?:一下|證|看看)|(?:有人|誰)(?:買過|用過|遇過|知道|收過|看過)|"
    r"我(?:媽|爸|阿嬤|奶奶|朋友|同事|先生|太太|老公|老婆|兒子|女兒|家人)?(?:剛剛?|今天|昨天|昨晚|早上|前天|上週|好像)?(?:在|從|收到|接到|看到|點了|點進|按了|買了|付了|匯了|下單|訂了|想買|想加|逛到|搜到)|"
    r"(?:我要|想|要|請|麻煩)(?:檢舉|回報|通報|舉報)|檢舉(?:這|它|他)|(?:冒充|假冒|仿冒|冒用|盜用)(?:我|本|敝)|(?:下架|封鎖|封掉|關掉)(?:這|它|他)|不要(?:去|跟)(?:他|這家|它)|"
    r"\b(?:is|are|was) (?:this|it|that|these|they)\b|\b(?:legit|scam|fraud|fake|trust(?:ed|worthy)?|phishing)\b|(?:can|could) you (?:check|look)|please (?:check|look)|"
    r"\bi (?:just |have )?(?:got|received|bought|clicked|ordered|paid|saw|found|want to (?:buy|report))\b|\bis [^ ]+ (?:real|legit|safe|ok|official)"
)
# A fraud's own talk of fraud: it promises to get lost money back.
_OFFERS = re.compile(r"追回|討回|協助|退還|返還|挽回|索回|recover")


def without_own_words(normal: str) -> str:
    """A text in normal form, compact and without the person's own questions and accusations; blank when nothing else is in it."""
    parted = fold(_BETWEEN_CJK.sub(_BLANK, normal))
    if _OWN.search(parted) is not None:
        parted = _SEGMENT.sub(_message_only, parted)
    return parted.replace(_BLANK, "")


def _message_only(segment: re.Match[str]) -> str:
    said = segment[0]
    return "" if _OWN.search(said) and not _OFFERS.search(said) else said
