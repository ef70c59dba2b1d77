"""What the text around a number is about: game cards, orders and payments, or a delivery at the door."""

import re
from dataclasses import dataclass

from lianfang.text.labels import LabelMap

CARD_WORDS = re.compile(
    r"MyCard|GASH|Razer|(?:Steam|Apple|Google Play|iTunes|蘋果|PS|Xbox|任天堂|Nintendo)\s?(?:禮[物品])?卡|Google Play|iTunes|儲值[卡碼]|兌換碼|\bpins?\b|遊[eE]卡|貝殼幣|點數|點卡|禮物卡|遊戲卡|序號|鎖卡|鎖|解凍|凍結|卡(?:片)?的?背面|卡面|刮開|serial|\b(?:un)?fr[eo]z(?:e|en|ing)\b|\bredeem\w*"
    r"|\b(?:un)?lock(?:s|ed|ing)?\b|\bcards?\b",
    re.IGNORECASE,
)
# What a courier, a buyer or a neighbour talks about when a lone short number is the proxy code on the parcel.
_DELIVERY = re.compile(
    r"貨到(?!付|通)|下來拿|改送|改時間|改到|不在家|地址錯|門牌|不到門|聯[絡繫](?:他|她|收件|買家|賣家)|送貨|出貨|送瓦斯|寄件單|收件|隱碼|影碼|代為轉達|守衛|警衛|巷口|按門鈴|叫人|接通|回撥|連[絡樂]對方|聯絡對方|沒印電話|宅配|外送|司機|物流|快遞|簽收|按電鈴|管理[室員]|住戶|收[件建貨](?:人|者|的)|箱子?(?:外面|上)|包裹上|外面寫|單上|東西還沒到|"
    r"他晚|我晚|只要講一聲|聯絡(?:對方|客人)|打給客人|寄件的人|找這個人|客人[下說]|叫[他她]下?|下樓|樓下|門口|開個?門|沒人應|用碼|接到對方|"
    r"consignee|receiver|recipient|nobody|downstairs|outside|\bgate\b|\bdriver\b|\bcourier\b|\bthe (?:label|box|door)\b|\bdelivery\b",
    re.IGNORECASE,
)
_PAYING = re.compile(
    r"代碼|繳[費款]|付款碼|這碼|收款|誰家|哪家|商家|特店|特約商店|金流|第三方支付|支付(?:公司|業者)|代收(?=款|業|公司|帳|號|付|」)|收據|小白單|\bmerchant\b|payment (?:code|firm|company|provider)|store code",
    re.IGNORECASE,
)
# Somebody sends something and wants a number made that hides the telephone number.
_SENDING = re.compile(
    r"(?:產生?|建立|新增|申請|生成|設定|重開|補發|換成|改成|要|來|開|弄|做|給)(?:成|一|我|個|新的?|兩|[組個張支]){0,4}\s?(?:物流|配送|收件)?(?:隱碼|影碼|代碼|分機碼|隱私|遮蔽|號碼)"
    r"|(?:再|在|來)?給我(?:新的)?一組|隱碼(?:一組|[一二兩三]組)|遮(?:號|電話|住)|露電話|(?:不想|不要|不印|別印|不給|不留|免得)[^,。!?]{0,8}(?:電話|手機|號碼)|(?:今天|要)(?:出貨|寄)"
    r"|\b(?:create|generate|make|issue|need|want|new|give me)\b[^.!?]{0,24}\b(?:code|number)\b|\bfor (?:my |the |this )?(?:order|shipment|parcel)\b",
    re.IGNORECASE,
)
# Payments and accounts are what the whole text is about.
_ACCOUNTS = re.compile(
    r"帳\s?[號戶]|張[戶號](?!口)|戶頭|虛擬|匯|轉帳|銀行|收款|特店|特約商店|金流|代收|第三方|被害人|入帳|\baccount|\bacct\b|\bbank\b|\bpayment\b|\bVA\b|transfer",
    re.IGNORECASE,
)
# Somebody is called by a number: 「幫我找 4623」, 「跟 20771 講」, tell 9027.
_CALLED_BEFORE = re.compile(
    r"(?:跟|找|透過|用|叫|請|請問|轉達|轉告|傳話給|這組|[聯連][絡繫樂]|接(?:通)?|轉(?:接)?(?:給)?|打給|撥(?:通|打)?|密他|通知|告訴|留言給|訊息給|給對方|剛用|那個|這件|只有)\s?$"
    r"|\b(?:reach|recipient|tell|ring|call|phone|contact|text|notify|note to|driver of|courier|connect me (?:to|with)|message (?:to|for)|buyer behind|extension|kode|mã|have is)\s?$|รหัส\s?$",
    re.IGNORECASE,
)
_CALLED_AFTER = re.compile(
    r"\s?(?:那[位頭個]|這(?:個人|位)|講|的(?:客人|收件人|買家|賣家|司機|人(?!頭)|住戶|包裹)|怎麼(?:撥|打|聯[絡繫])|幫我?(?:打|撥|接|聯[絡繫]|轉))"
)
ALONE = re.compile(r"[\sA-Za-z0-9,、和跟與-]*")


@dataclass(frozen=True)
class Talk:
    """One look at the whole text."""

    cards: bool
    orders: bool
    paying: bool
    delivery: bool
    sending: bool
    accounts: bool
    alone: bool

    @classmethod
    def of(cls, text: str, labels: LabelMap) -> "Talk":
        paying = _PAYING.search(text) is not None
        return cls(
            cards=CARD_WORDS.search(text) is not None,
            paying=paying,
            orders=paying or labels.any("order", "code"),
            delivery=_DELIVERY.search(text) is not None,
            sending=_SENDING.search(text) is not None,
            accounts=_ACCOUNTS.search(text) is not None,
            alone=not paying and ALONE.fullmatch(text) is not None,
        )


def is_called(before: str, after: str) -> bool:
    """Whether somebody is to be reached by the number between the two."""
    return _CALLED_BEFORE.search(before) is not None or _CALLED_AFTER.match(after) is not None
