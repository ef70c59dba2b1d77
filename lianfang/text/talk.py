"""What the text around a number is about: game cards, orders and payments, or a delivery at the door."""

import re
from dataclasses import dataclass

from lianfang.text.labels import LabelMap

CARD_WORDS = re.compile(
    r"MyCard|GASH|Razer|遊[eE]卡|貝殼幣|點數|點卡|禮物卡|遊戲卡|序號|鎖卡|鎖|解凍|凍結|卡(?:片)?的?背面|卡面|刮開|serial|\b(?:un)?freeze\b"
    r"|\b(?:un)?lock\b|\bcards?\b",
    re.IGNORECASE,
)
# What a courier, a buyer or a neighbour talks about when a lone short number is the proxy code on the parcel.
_DELIVERY = re.compile(
    r"送貨|出貨|送瓦斯|宅配|外送|司機|物流|快遞|簽收|按電鈴|管理室|收[件建貨](?:人|者|的)|箱子?(?:外面|上)|包裹上|外面寫|單上|東西還沒到|"
    r"他晚|我晚|只要講一聲|聯絡(?:對方|客人)|打給客人|寄件的人|找這個人|客人[下說]|叫[他她]下?|下樓|樓下|門口|開個?門|沒人應|用碼|接到對方|"
    r"consignee|receiver|nobody|downstairs|outside|\bgate\b|\bdriver\b|\bcourier\b|\bthe (?:label|box|door)\b|\bdelivery\b",
    re.IGNORECASE,
)
_PAYING = re.compile(
    r"代碼|繳[費款]|付款碼|這碼|收款|誰家|哪家|商家|特店|金流|merchant|payment code|store code", re.IGNORECASE
)
# Somebody is called by a number: 「幫我找 4623」, 「跟 20771 講」, tell 9027.
_CALLED_BEFORE = re.compile(
    r"(?:跟|找|聯[絡繫]|接(?:通)?|轉(?:接)?(?:給)?|打給|撥(?:通|打)?|密他|通知|告訴|留言給|訊息給|給對方|剛用|那個|這件|只有)\s?$"
    r"|\b(?:reach|recipient|tell|ring|text|message (?:to|for)|buyer behind|extension|kode|mã|have is)\s?$|รหัส\s?$",
    re.IGNORECASE,
)
_CALLED_AFTER = re.compile(r"\s?(?:那[位頭個]|講)")
ALONE = re.compile(r"[\sA-Za-z0-9,、和跟與-]*")


@dataclass(frozen=True)
class Talk:
    """One look at the whole text."""

    cards: bool
    orders: bool
    delivery: bool
    alone: bool

    @classmethod
    def of(cls, text: str, labels: LabelMap) -> "Talk":
        paying = _PAYING.search(text) is not None
        return cls(
            cards=CARD_WORDS.search(text) is not None,
            orders=paying or labels.any("order", "code"),
            delivery=_DELIVERY.search(text) is not None,
            alone=not paying and ALONE.fullmatch(text) is not None,
        )


def is_called(before: str, after: str) -> bool:
    """Whether somebody is to be reached by the number between the two."""
    return _CALLED_BEFORE.search(before) is not None or _CALLED_AFTER.match(after) is not None
