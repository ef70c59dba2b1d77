"""Names no list knows: what merchants call themselves, whom a fraud imitates, who stands in a message's head."""

import re
from collections.abc import Iterator

_SHOP = r"(?:店|公司|品牌|商號|工作室|賣場|粉專|企業)"
_HAN = r"[\u4e00-\u9fff]"
# 店名小禾選物, 我是森林麵包的老闆, 敝公司老協珍遭人仿冒, 冒用台積電名義, 自稱福安堂的客服; in normalised lower case.
_CALLED = re.compile(
    rf"(?:店名|公司名稱|商號|商家名稱|賣場名稱|品牌|公司)(?:[是為叫:「]|(?<=[名稱])\s)+(?P<after>[\u4e00-\u9fffa-z0-9&]{{2,12}})」?"
    rf"|(?:店名|公司名稱|商家名稱)(?P<straight>(?!都|錯|寫|打|要|不|沒|是|的|忘|跟|和|被|也|有|很|在)[\u4e00-\u9fffa-z0-9&]{{2,8}})」?(?=,|$|\s)"
    rf"|(?:我就?是|我們是|本公司[為是])(?P<staff>{_HAN}{{2,8}}?)的?(?:員工|老闆|店長|店家|代理商|負責人|客服|小編)"
    rf"|(?:敝|本|我們?|咱們?)(?:家)?{_SHOP}「?(?P<own>(?!被|遭|的|在|是|要|有|會|想|也|都|因|網|官|帳|說|老闆|客|可|能|不|沒|今|昨|最){_HAN}{{2,6}}?)」?(?=遭|被(?!騙)|的(?:官網|粉專|商標))"
    rf"|我們(?P<ours>(?!公司|的|家|店|被|在|是|要|有|會|想|也|都|網站|官網|品牌){_HAN}{{3,6}}?)(?:的)?商家帳號"
    rf"|(?:冒用|假冒|冒充|仿冒|偽冒|盜用|抄襲|抄|模仿)(?:了|我們家?|我家|本店|的)*「?(?P<imitated>(?!我|你|他|她|別人|官方|公司|客服|銀行|警|檢|政府|身分|個資|名義|品牌|網站|商標){_HAN}{{2,6}}?)」?(?=的?(?:名義|官網|官方|網站|網頁|客服|公司|粉專|簡訊|廣告|app|商標|臉書|line))"
    rf"|自稱(?:是)?「?(?P<claimed>(?!我|你|他|她|是|銀行|警|檢|政府|官方|公司|客服|平台|賣家|老師|投顧|專員|快遞|物流|買家|網友|房東){_HAN}{{2,6}}?)」?的?(?:客服|專員|人員|員工|業務|經理|助理|小編|分析師)"
    r"|商家註冊[:\s]*(?P<new>[\u4e00-\u9fffa-z0-9& ]{2,12})"
    rf"|由(?P<agent>{_HAN}{{3,6}}?)(?:總)?代理"
    r"|(?:our (?:company|brand|shop|store)|my (?:company|brand|shop|store))(?: is| name is| called|,)? "
    r"(?P<english>(?!to\b|is\b|has\b|was\b|in\b|on\b|and\b|account|page|site|website|app|customers?|staff|phone|number|name|online|got|keeps?|needs?)[a-z0-9&' ]{2,24}?)(?=,|\.|$| tax)",
)
# In the letters as written: "pretending to be Blue Whale Travel".
_CAPITALS = re.compile(
    r"(?i:pretend\w* to be|impersonat\w+|posing as|fake|copy of|clone of|spoof\w*|in the name of|claim\w* to be(?: from)?|says? (?:it's|they're|he's|she's) from)"
    r"\s(?i:the |a |our )?(?P<name>(?!I\b|LINE\b|URL|SMS|FB\b|IG\b|DM\b)[A-Z][\w&'.-]*[\w](?:\s(?:&\s)?[A-Z][\w&'-]+){0,2})"
)
# 【小巷食堂】, at the head of somebody else's message.
_HEAD = re.compile(r"^\s*(?:\d{3}\s)?[【\[〔《](?P<name>[^】\]〕》\d]{2,12})[】\]〕》]")
_NO_SENDER = re.compile(
    r"通知|公告|提醒|緊急|重要|名單|限時|優惠|活動|簡訊|驗證|系統|兼職|徵|招募|轉|溫馨|消息|廣告|快訊|警|安全|會員|客服|主旨|福利|專案|中獎|抽獎|急|特賣|開團|團購|影片|圖|照片|投資|飆股|貸|urgent|notice|alert|bank|free|job"
)


def called(text: str) -> Iterator[tuple[int, int]]:
    """Places of names that a text in lower case calls somebody by."""
    for match in _CALLED.finditer(text):
        yield match.span(match.lastgroup or 0)


def capitals(normal: str) -> Iterator[tuple[int, int]]:
    """Places of Latin names that are imitated, in a normalised text with its capitals."""
    yield from (match.span("name") for match in _CAPITALS.finditer(normal))


def head(text: str) -> tuple[int, int] | None:
    """The sender's name in brackets at the head of a forwarded text, when it is a name."""
    match = _HEAD.match(text)
    return None if match is None or _NO_SENDER.search(match.group("name")) else match.span("name")
