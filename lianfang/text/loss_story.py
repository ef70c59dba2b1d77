"""A loss told over several sentences: what was named and then given, asked for and then done, paid and then regretted."""

import re

from lianfang.text.loss_words import CARD, CODE, DATA, DONE, GIVE, SCAMMER, SUM

_AWAY = r"(?:出去|過去|進去|下去|上去|給他|給她|給對方|給人|給那|完)"
_DEED = r"(?:轉|匯|付|繳|刷|存|給|買|投|借|儲|入金|打款|交|寄|填|講|說|唸|念|報|拍|傳|領|簽|輸入|登入|操作|掃|墊|加值)"

# Named in one sentence, given in the next: 「身分證正反面，都拍了」.
NAMED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (("otp", CODE), ("card", CARD), ("credentials", DATA))
)
GIVEN = re.compile(
    rf"^\s?(?:我|我媽|我爸|阿嬤|阿公|她|他|就|然後|結果|都|全部|全|已經|剛|不小心|傻傻|老實|乖乖|也|照著?){{0,6}}"
    rf"(?:把)?(?:號碼|數字|那[串個]|後面|照片|截圖|圖|序號|密碼|碼)?[^。!?;,\n]{{0,2}}?(?:都|也|全部|已經|就){{0,3}}"
    rf"(?:(?:{GIVE}|交給|傳給|寄給|拿給|給)(?:了)?(?:他|她|對方|那)?\s?(?:{DONE}|{_AWAY}|出去|完|錯|{SCAMMER})|跟(?:他|她|對方)(?:講|說)|照(?:著)?(?:講|念|唸|打|填|給|做))"
    rf"|整[包個份]交給|都[給拍傳填寄交念唸]{DONE}",
    re.IGNORECASE,
)
# 「叫我存保證金」, and then 「我存了」.
ASKED = re.compile(
    rf"(?:叫|要|請|教|逼|催|拜託|騙|說要|得|必須|規定)(?:我|人|先|你|媽|爸)?[^。!?;,\n]{{0,10}}{_DEED}",
    re.IGNORECASE,
)
COMPLIED = re.compile(
    rf"^\s?(?:結果|然後|後來|所以|於是|我|就|也|都|只好|乖乖|真的|傻傻|已經|又|全部?|媽|爸|就這樣|好幾次){{0,6}}"
    rf"(?:{_DEED}|做|弄|答應|聽他的?|聽她的?)(?:錢|款|帳)?\s?(?:{DONE}|過去|出去|完){DONE}?[^。!?;,\n]{{0,4}}$|照做",
    re.IGNORECASE,
)
# Paying that is worth a warning only together with a sign that it went wrong, anywhere in the message.
_PAID = re.compile(
    rf"(?:付|繳|給|刷|轉(?![發傳貼告達學])|匯|存|投|儲|入金|墊|借|捐|下單|買|訂|入會|報名|加值|認購|參加|結帳|下訂|押|填|輸入|送出|登入|上傳)[^。!?;,\n]{{0,8}}(?:{DONE}|過|完|清|{SUM})"
    rf"|已經?(?:付|繳|刷|轉|匯|存|投|儲|買|訂|下單)|(?:訂金|定金|保證金|頭款|尾款|手續費|學費|會費|入會費|報名費)[^。!?;,\n]{{0,6}}(?:付|繳|給|刷|轉|匯)"
    r"|\b(?:paid|sent|bought|ordered|transferred|booked|invested|deposited|donated)\b",
    re.IGNORECASE,
)
_REGRETTED = re.compile(
    r"(?:才|後來|結果)[^。!?;,\n]{0,4}(?:發現|知道|驚覺|覺得|想到|看到)|驚覺|(?:人|錢|帳號|粉專|賣場|網站|社團|頁面|電話|老師|房東|群組|平台|公司|對方|他|她)[^。!?;,\n]{0,6}(?:就|都|已經?)?"
    r"(?:不見|消失|失聯|跑{1}(?:了|路)|封鎖|蒸發|停用|關(?:了|閉)|下線|刪|空號|找不到|聯絡不|連絡不|已讀|不回|不讀|暫停服務|打不開|登不進)"
    r"|封鎖(?:我|了)|捲款|(?:貨|車子?|票|東西|商品|包裹|房子|鞋|手機|狗|貓|人|課|證書|帳號)[^。!?;,\n]{0,4}(?:沒(?:給|來|寄|出|收到|影|下文|看到|拿到)|不給|遲遲|一直沒)|沒(?:出貨|收到貨|拿到貨|下文|消息)"
    r"|(?:不能|無法|沒辦法|不給|不讓)(?:我)?(?:領|提|出金|提現|退)|(?:領|提|拿|要|討)不(?:出|回|到)|(?:又|還|再)(?:叫|要|說|得)(?:我)?[^。!?;,\n]{0,4}(?:付|繳|匯|轉|補|買|存|交|保證金|手續費|解凍)"
    r"|(?:是|根本)(?:假|詐騙|騙)|沒(?:有)?這(?:個|間|家|筆|回事|張)|被踢|退(?:出)?(?:社團|群)|跟我說要再|寄來[^。!?;,\n]{0,6}(?:石頭|磚|米|衛生紙|爛|空)"
    r"|\b(?:vanished|disappeared|blocked me|no (?:reply|answer|response)|never (?:came|arrived|shipped|received)|nothing (?:ever )?(?:came|arrived)|turned out|doesn'?t exist|fake|deleted|scam(?:med|mer)?)\b",
    re.IGNORECASE,
)


def was_regretted(plain: str) -> bool:
    """Whether a message says that something went wrong with what was paid for."""
    return _REGRETTED.search(plain) is not None


def payments(clause: str) -> list[re.Match[str]]:
    """Every payment of a clause, of any size and for anything."""
    return list(_PAID.finditer(clause))
