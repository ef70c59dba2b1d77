"""Whether a text was written by somebody else: notices and lures carry marks of their kind, own words carry a self."""

import re

from lianfang.text.normalise import normalise, to_traditional

# What people head their own requests with (申訴：…, 金流查詢：…): not a sender.
_OWN_HEADS = (
    "申請|申訴(?!中心|請)|申復|查詢|通報|檢舉|舉報|回報|回覆|請問|補充|函查|案號|序號|帳號|帳戶|網址|電話|原因|在這|問|報|隱碼|建立|取消|訂單|單號|"
    "手機|統編|地址|日期|時間|金額|我|你|他"
)
# Sign, weight, pattern. Positive: third-party content. Negative: somebody speaking for himself.
_SIGNS: tuple[tuple[str, int, str], ...] = (
    (
        "sender in brackets first",
        4,
        r"^\s*(?:\(?(?:轉傳|轉發)\)?\s*)?[【〔〈《\[「『<][^】〕〉》\]」』>]{1,24}[】〕〉》\]」』>]",
    ),
    ("sender and colon first", 2, rf"^\s*(?!\d{{1,2}}:\d\d|[^\s,。!?:]{{0,12}}(?:{_OWN_HEADS}))[^\s,。!?:]{{2,14}}(?:通知)?:(?!//)\s?\S"),
    ("sender in round brackets first", 2, r"^\s*\([^)\d]{2,8}\)"),
    ("relayed", 4, r"^\s*\(?(?:轉傳|轉發|轉貼|fw|fwd)\)?\s*[:)]"),
    ("names a relative first", 4, r"^\s*(?:媽+咪?|爸+比?|姑姑|阿姨|叔叔|阿伯|姊|哥哥?|寶貝|親愛的|小[\u4e00-\u9fff]|老公|老婆|hi (?:mum|mom|dad)|hello (?:mum|mom|dad))(?:[,!~]\s?|\s)(?!這個|收到|傳)"),
    ("polite you of firms", 2, r"您(?!們|好[,。!\s]{0,2}(?:$|我[要想的把有剛今昨]|請問|打擾|想|本人))|貴[戶用客賣會粉]|(?:親|敬|尊)(?:愛|敬)?的\S{0,4}(?:客戶|用戶|會員|顧客|民眾|旅客|家長)|\bdear (?:customer|user|member|client|sir)"),
    ("introduces himself", 3, r"(?:我是|這裡是|這邊是|本人是)\S{0,12}(?:客服|專員|人資|書記官|檢察官|警官|主任|經理|老師|助理|快遞|宅配|順豐|黑貓|群主|公安|警局|偵查|銀行|業主|師傅|foodpanda|uber)"),
    ("speaks to a group", 2, r"各位(?:家長|鄰居|住戶|朋友|同學|同仁|貴賓|會員|老師|先進|客人)"),
    ("notice words", 1, r"通知|提醒|公告|系統|訂單|帳單|繳費|包裹|取件|取貨|驗證碼|認證|門市|會員|客服|活動|登錄|未繳|逾期|欠費|異常|停用|凍結|停權|終止|罰[單鍰]|失效|到期|簽收|出貨|專案|升級|代繳|預約|開課|停水|停電|停班|解鎖"),
    ("lure words", 2, r"恭喜|中獎|中籤|名額|限[今時量]|免費|優惠|折扣|\d折|回饋|領取|貸款|借款|借貸|週轉|過件|當日撥款|免(?:聯徵|照會|押證)|信用瑕疵|債務整合|飆股|主力|籌碼|獲利|保證金|兼職|時薪|日薪|月薪|日領|高薪|誠?徵\S|招募|佣金|(?<![a-z0-9./-])VIP(?![a-z0-9-]|\.[a-z])|紅包|普發|津貼|補助|分享給|分享出去|好康|封館|加碼|特賣|獨享|全台|見證|入群|進群"),
    ("told what to do", 1, r"請(?:於|至|盡|儘|立即|速|點|攜|憑|勿|撥|加|登|務|在|前往|回覆|確認|查收|將|改|準備|馬上|聯[絡繫])|點(?:此|擊|選|這|我)|詳[情見洽]|如[非有需欲]|若(?:有|非|您)|查詢請|切勿|務必|回[覆復]\S{0,5}[YyNn1「\d]|加(?:賴|LINE|line)|意洽|填單|退訂|拒收|掃碼|憑(?:證|本|此)|趕快|立刻|馬上"),
    ("asks a favour for money", 2, r"(?:你先|先幫我|幫我(?:買|墊|收|代|匯|投)|可以幫我(?:去|買|墊|收|匯)|去超商|去樓下).{0,20}(?:買|墊|匯|點數|MyCard|GASH|卡|簡訊|位數|投票)|拍(?:給我|後面)|刮開拍|傳給我就好|匯到(?:這個|下列|以下)|不准報警|不要報警|偵查不公開|轉入官方"),
    ("speaks of your", 2, r"你(?:所?(?:檢舉|舉報|申訴|通報|報案)的|的(?:檢舉|舉報|申訴|通報|報案|案件|件|賣場|裝置|包裹|帳號|賬號|車|名下)|涉及|名下|兒子|女兒欠|家濾心|已(?:完成|被|獲))"),
    ("notice in English", 3, r"\byour (?:[\w-]+ ){0,4}(?:has been|have been|is|are|was|will be|cannot|could not|expires?|order|parcel|package|request)\b|\b(?:reply|text) (?:stop|yes|y)\b|\bunsubscribe\b|\bclick (?:here|the link|below)\b|\b(?:please|pls) (?:update|verify|confirm|click|pay|visit|contact)\b|\bcongratulations\b|\bvalid (?:until|till|thru)\b|\bwithin \d{1,3} ?h(?:ours|rs)?\b|^[A-Z][\w&-]{2,14}(?: [A-Z]\w{1,12})?: \S|\bselamat!|\bextra \d{1,2}%"),
    ("introduces himself in English", 6, r"\b(?:i am|i'm|this is|my name is) (?:\w+ ){1,3}(?:from|of|with|at) (?:the |our )?(?:\w+ ){0,2}(?:hr\b|human resources|recruit\w*|hiring|customer service|support|bank|team|department|company|agency|police|tax|logistics|post office|delivery|courier|investment)"),
    ("offers work in English", 3, r"\bwe (?:have|offer|are offering|are hiring|are looking for|are recruiting)\b|\b(?:are you|if you are) looking for (?:a )?(?:job|work|part)|\bearn (?:up to )?(?:nt|us)?\$?\s?\d"),
    ("new number", 2, r"\b(?:my|a) new (?:phone |mobile )?number\b|\bplease (?:text|message|whatsapp|call) me\b|\b(?:text|message|whatsapp) me (?:on|at|here|back|when)\b|\bsave (?:my|this) (?:new )?number|\b(?:lost|broke|dropped|smashed) my phone\b"),
    ("invites elsewhere", 4, r"(?<![叫要說請讓])加我(?:的)?(?:紙?飛機|微信|[賴瀨]|line|wechat|weixin|telegram|tg|whatsapp|qq|私訊)|(?<![叫要說請讓])(?:私|密|滴)我(?:領|拿|了解|詳談|報名|聊)"),
    ("address", 1, r"https?://|(?<![a-z@.-])[a-z0-9-]+\.(?:com|net|org|tw|cc|top|xyz|shop|vip|ly|ee|me|io|club|info|life|icu|cyou|sbs|cfd|help|online|store|site|link|click|gle|app)(?![a-z])"),
    ("time or sum in figures", 1, r"\d/\d|\d:\d{2}|\d{1,2}月\d{1,2}日|\d元|NT\$|\$\d|\d%|\d萬"),
    ("pictures for bullets", 1, r"[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001f5ff\U0001f680-\U0001f6ff\U0001f900-\U0001f9ff]|[!]{2,}|→"),
    ("long", 1, r"(?s)^.{55,}"),
    ("asks", -4, r"真的嗎|假的嗎|真的假的|真的還假的|是真的|是不是(?:真|詐|假|騙)|會不會(?:是|有)|可信|可以信|能信|該信|詐騙嗎|詐騙吧|騙人的|是詐騙|怎麼辦|怎麼(?:做|查|弄|申|退|鎖|解|處)|為什麼|\bis (?:this|it|that)\b|\b(?:real|legit|scam|fake)\b\W*\?|\bcan (?:u|i)\b|\b(?:can|could) you (?:please )?(?:check|tell|look|verify|see)\b|\bcheck this\b|\bhow (?:do|can|to)\b|\bwhat (?:is|should|do|does)\b|\bshould i\b|thoughts\?"),
    ("question", -2, r"[嗎呢ㄇ]\s*[?!。]*\s*$|[?]\s*$"),
    ("asks or reports to us", -4, r"請問|想(?:請?問|查|檢舉|知道|要(?:查|檢舉|申))|(?<![你您])(?<![你您]的)(?:檢舉|通報|舉報|報案)(?!專線|電話|管道|的案件)|幫(?:我|忙)?(?:查|看一?下|確認|鎖|判斷)|封鎖(?!本)|請(?:封|幫|協助下架|下架|復知|列|停止解析|更正)|擋掉|麻煩(?:您|你)?(?:查|看|幫|請專員)|拜託|這(?:則|封|支(?:電話|號碼|門號)|家|網址|網站|簡訊|訊息|個(?:連結|網址|網站|訊息|帳號|LINE))|收到(?:這|一)[則封個通]|我要(?:查|檢舉|鎖|退|申)|解除鎖|鎖卡|退費|申訴(?!中心|請)|詐騙(?:電話|網站|網址|訊息)|假(?:的|冒|網站|活動)|冒充|仿冒|冒用|被擋|隱碼|遮蔽號|要?綁(?:定|員工|店|身[分份])|開通(?:權限|帳號)|\b(?:i want|i'd like|please (?:check|help|lock|report|flag)|help me|report(?:ing)?)\b"),
    ("tells of himself", -3, r"(?<![找加點回「])我(?!們|國|方|司|是|這邊|在開會|幫)|阿嬤收|我媽|我爸|阮|俺|人家|他說|她說|打來|有人|騙我|(?<![.\w/-])(?:i|i'm|i've|i'd|my|me)\b(?!['.])|\b(?:our|we|they|someone|customers)\b"),
    ("particle of speech", -1, r"[欸啊呀耶ㄉㄌㄚㄅ]|QQ|XD|哈哈|嗚嗚"),
)  # fmt: skip
_COMPILED = tuple((name, weight, re.compile(pattern, re.IGNORECASE)) for name, weight, pattern in _SIGNS)
_BRACKET_HEAD = _COMPILED[0][2]
_THRESHOLD = 3
_READ = 1500


# A question or wish before or after the pasted part makes the whole the person's own message.
_HEAD = re.compile(r"[^?!。:\n【〔〈《「]{0,60}[?!。:\n【〔〈《「]")
_AT_THE_EDGE = ("asks at the edge", -6)
# What people want of us about what they paste, and what they did about it.
_WISH = re.compile(
    r"幫我(?:檢舉|通報|回報|查|看|判斷|確認|封|擋|鎖|處理)|(?:我要|我想|想要?|請|麻煩|直接|又來了)\s?(?:檢舉|通報|回報|舉報|查一?下|判斷|封|擋|下架)|(?:檢舉|通報|回報|舉報|封鎖|判斷)(?:這|一下|它|他|假|詐騙|簡訊)"
    r"|^(?:檢舉|通報|回報|舉報|查一?下)|這(?:個|則|封|支|種|網站|網址)[^,。!?]{0,8}(?:檢舉|通報|回報|舉報|封|擋|下架|處理|鎖)|(?:網站|網址|連結)[^,。!?]{0,6}(?:封掉|下架|擋|檢舉)"
    r"|可以?信嗎|能點嗎|會不會是騙|敢點|怪怪的|收到(?:這|一封|一則|:)|我[媽爸](?:收到|傳|照)|(?:阿嬤|同事|朋友)(?:問|收到|轉給我)|我(?:就|已經|剛剛?|照|也|真的|媽|爸|不小心)[^,。!?]{0,8}(?:填|繳|付|刷|轉|匯|輸入|點)(?:了|下去|進去|完)|(?:填|打|付|繳)(?:下去|進去)了|被這個騙"
    r"|\b(?:please )?report(?:ing)? (?:this|it)\b|take (?:it|the site|this) down|\b(?:my \w+|i) (?:got|received) this|\bi (?:already |just )?(?:paid|entered|filled|clicked)",
    re.IGNORECASE,
)


def _speaks_at_the_edge(plain: str) -> bool:
    """Whether the message begins or ends with a question, a wish or a confession of the person's own."""
    asks = next(pattern for name, _, pattern in _COMPILED if name == "asks")
    head = _HEAD.match(plain)
    edges = [plain[-40:], *([head.group(0)] if head is not None else [])]
    return any(asks.search(edge) is not None for edge in edges) or any(
        _WISH.search(edge) is not None for edge in (plain[-22:], *edges[1:])
    )


def forwarding_signs(text: str) -> dict[str, int]:
    """Each sign that was seen with its weight, for explaining and for tests."""
    plain = to_traditional(normalise(text[:_READ]))
    signs = {name: weight for name, weight, pattern in _COMPILED if pattern.search(plain)}
    if _speaks_at_the_edge(plain):
        signs[_AT_THE_EDGE[0]] = _AT_THE_EDGE[1]
    return signs


def looks_forwarded(text: str) -> bool:
    """Whether the text as a whole is third-party content rather than the person's own words."""
    return sum(forwarding_signs(text).values()) >= _THRESHOLD


def is_notice(clause: str) -> bool:
    """Whether one clause opens as notices do, with its sender in brackets."""
    return _BRACKET_HEAD.match(clause) is not None
