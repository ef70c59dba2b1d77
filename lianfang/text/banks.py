"""Taiwanese banks by the names and three-digit codes people use for them."""

import re

BANKS: dict[str, str] = {
    "004": "臺灣銀行|台灣銀行|台銀|臺銀|Bank of Taiwan",
    "005": "臺灣土地銀行|台灣土地銀行|土地銀行|土銀|Land Bank",
    "006": "合作金庫商業銀行|合作金庫|合庫|Taiwan Cooperative Bank",
    "007": "第一商業銀行|第一銀行|一銀|First Bank",
    "008": "華南商業銀行|華南銀行|華南|Hua Nan Bank|Hua Nan",
    "009": "彰化商業銀行|彰化銀行|彰銀|Chang Hwa Bank",
    "011": "上海商業儲蓄銀行|上海商銀|上海銀行",
    "012": "台北富邦商業銀行|台北富邦銀行|台北富邦|北富銀|富邦銀行|富邦|Fubon Bank|Taipei Fubon|Fubon",
    "013": "國泰世華商業銀行|國泰世華銀行|國泰世華|國泰銀行|國泰|Cathay United Bank|Cathay United|Cathay",
    "016": "高雄銀行",
    "017": "兆豐國際商業銀行|兆豐銀行|兆豐|Mega Bank",
    "021": "花旗銀行|花旗|Citibank",
    "048": "王道商業銀行|王道銀行|O-Bank",
    "050": "臺灣中小企業銀行|台灣中小企業銀行|台灣企銀|臺灣企銀|台企銀",
    "052": "渣打國際商業銀行|渣打銀行|渣打|Standard Chartered",
    "053": "台中商業銀行|台中商銀|台中銀行|台中銀",
    "054": "京城商業銀行|京城銀行|京城銀",
    "081": "匯豐商業銀行|匯豐銀行|匯豐|HSBC",
    "101": "瑞興商業銀行|瑞興銀行",
    "102": "華泰商業銀行|華泰銀行",
    "103": "臺灣新光商業銀行|新光銀行|新光|Shin Kong Bank",
    "108": "陽信商業銀行|陽信銀行|陽信",
    "118": "板信商業銀行|板信銀行|板信",
    "147": "三信商業銀行|三信銀行",
    "700": "中華郵政|郵局|郵政|Chunghwa Post|Post Office",
    "803": "聯邦商業銀行|聯邦銀行|聯邦|Union Bank",
    "805": "遠東國際商業銀行|遠東商銀|遠東銀行|遠東銀|遠銀",
    "806": "元大商業銀行|元大銀行|元大|Yuanta Bank|Yuanta",
    "807": "永豐商業銀行|永豐銀行|永豐|Bank SinoPac|SinoPac",
    "808": "玉山商業銀行|玉山銀行|玉山|E\\.?SUN Bank|E\\.?SUN",
    "809": "凱基商業銀行|凱基銀行|凱基|KGI Bank",
    "810": "星展商業銀行|星展銀行|星展|DBS Bank|DBS",
    "812": "台新國際商業銀行|台新商業銀行|台新銀行|台新|Taishin Bank|Taishin",
    "816": "安泰商業銀行|安泰銀行",
    "822": "中國信託商業銀行|中國信託銀行|中國信託|中國信|中信銀行|中信銀|中信|CTBC Bank|CTBC",
    "823": "將來商業銀行|將來銀行|將來銀|Next Bank",
    "824": "連線商業銀行|連線銀行|LINE\\s?Bank",
    "826": "樂天國際商業銀行|樂天國際銀行|樂天銀行",
}
_NAMES = sorted(
    ((name, code) for code, names in BANKS.items() for name in names.split("|")),
    key=lambda pair: -len(pair[0]),
)
_BY_NAME = {name.replace("\\.?", "").replace("\\s?", "").lower(): code for name, code in _NAMES}
_FIRST = "".join(sorted({name[0] for name, _ in _NAMES}))
NAME = re.compile(
    f"(?=[{_FIRST}])(?:"
    + "|".join(f"(?<![a-z]){name}(?![a-z])" if name.isascii() else name for name, _ in _NAMES)
    + r")|(?<=[\u4e00-\u9fff]{2})(?:農會|漁會|信用合作社)",
    re.IGNORECASE,
)


def code_of(name: str) -> str | None:
    """The three-digit code of a bank's name as found in text; None for farmers' associations and unknown names."""
    return _BY_NAME.get(name.replace(".", "").replace(" ", "").lower())
