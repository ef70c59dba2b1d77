"""Payments, transfers and cards of everyday life, taken out before words of loss are sought."""

import re

_COUNT = r"(?:好)?(?:[一二兩三四五六七八九幾\d]{1,3})?"
_NEVER_LOSS = re.compile(
    rf"轉(?:了|過|成|出|換|搭)?{_COUNT}(?:則|封|篇|班|趟|份|個|張|次|部|條)?"
    r"(?:訊息|簡訊|信(?!用)|文章|貼文|影片|照片|圖|截圖|檔|連結|新聞|資料(?!費)|公車|捷運|火車|高鐵|客運|車(?!手)|群|彎|圈|學|系|機|行|職|組|院|pdf|word|excel)"
    rf"|轉(?:了|過){_COUNT}(?:則|封|篇|班|趟)"
    r"|匯(?:了|入|出|進|整)?(?:一份|[一二兩三幾]份)?(?:資料(?!費)|報表|檔|照片|名單|通訊錄|數據|excel|pdf)"
    r"|刷(?:了|過|完)?(?:[一二兩三幾\d]次)?(?:牙|臉書|fb|ig|抖音|存在感|題|劇|悠遊卡|門禁|健保卡|油漆|馬桶|鍋)"
    r"|刷(?:了|完|過)?卡(?:就|才|後|來|去)?(?:進|上班|下班|打卡|入場|出站|開門)"
    r"|(?:買家|客人|客戶|顧客)(?:都|有|已經?|剛剛?)?(?:付款|匯款|轉帳|付|匯|轉)(?:了|過來)?(?!給)"
    r"|(?:打麻將|夾娃娃|樂透|彩券|刮刮樂|威力彩)[^,。!?;\n]{0,12}"
    r"|(?:匯|轉|付|打|還)(?:款|錢)?給我(?!看|的)|我(?:已經|也|就|直接|後來|馬上)?封鎖了?(?:他|她|對方|那個)|存[^,。!?;\n]{0,8}(?:定存|薪水|零用錢|撲滿|外幣)"
    r"|(?:轉|傳|拍|貼|寄|給)給?[你您妳](?:們)?(?:看|了)?|[傳轉拍]給你|(?:匯|轉|付|打)(?:錢|款)?給[你您妳]"
    r"|\btransfer(?:red)? (?:to|from) (?:another|a different|the other|a new) (?:school|class|department|branch|company|university|line|bus|train)"
    r"|\bpa(?:y|id|ying)\b(?: \w+){0,2} (?:attention|heed|respects?|visits?|tribute|compliments?|homage)\b",
    re.IGNORECASE,
)
_PAY = r"(?:繳|付|交|轉|匯|扣|刷)"
_BILL = (
    r"(?:學費|電費|水費|水電費?|瓦斯費|電話費|手機費|電信費|網路費|健保費?|勞保費?|國民年金|房租|租金|所得稅|牌照稅|燃料[稅費]|房屋稅|地價稅|綜所稅|保險費|"
    r"保費|管理費|學雜費|補習費|安親費|罰單|罰款|停車費|過路費|通行費|ETC|車貸|房貸|學貸|卡費|信用卡費|帳單|醫藥費|掛號費|看護費|住院費|修車費|保養費|健身房|月票|計程車錢?|車錢|飯錢|餐費|午餐錢?|便當錢?|菜錢|會錢|班費|團費|"
    r"零用錢|生活費|孝親費|香油錢|紅包|薪水|薪資|工錢)"
)
_FAMILY = r"(?:我?(?:媽|爸|老婆|老公|太太|先生|兒子|女兒|妹妹|弟弟|姊姊|哥哥|阿嬤|阿公|奶奶|爺爺|室友|房東|自己)|家裡|家人|爸媽)"
# Ordinary as long as nothing went wrong.
_ORDINARY = re.compile(
    rf"{_PAY}(?:了|完|過|好)?(?:[上這本]個?月|[上這]期|本期|小孩|孩子|我)?的?{_BILL}了?"
    rf"|{_BILL}[^,。!?;\n]{{0,8}}{_PAY}(?:了|完|過|好|清|掉)"
    r"|領(?:了|到|完)?(?:我的)?(?:薪水|薪資|年終|獎金|零用錢|補助|津貼)[^,。!?;\n]{0,10}"
    r"|(?:薪水|薪資|年終|獎金|退稅|退款|補助|津貼|股利|利息)[^,。!?;\n]{0,6}(?:匯|轉|入|進|下來|到)(?:進來|入帳|帳|款|了)?"
    rf"|(?:把?(?:錢|款)?|{_PAY})[^,。!?;\n]{{0,8}}(?:轉|匯|付|存|給|拿)(?:了|過)?[^,。!?;\n]{{0,8}}給{_FAMILY}(?!被)了?"
    r"|(?:存|匯|轉|儲)[^,。!?;\n]{0,8}(?:到|進|去|入)?(?:我)?(?:自己|另一個|另外一個)的?(?:帳[號戶]|戶頭|簿子|卡|遊戲|郵局|銀行|定存|外幣)"
    r"|(?:買|訂|花)(?:了|完|好)?[^,。!?;\n]{0,8}(?:菜|飯(?!店)|早餐|午餐|晚餐|宵夜|便當|咖啡|飲料|水果|牛奶|蛋糕|衣服|褲子|鞋子|書(?!記)|藥|日用品|加油|機票|車票|高鐵票|火車票|電影票|生日禮物|新手機|家具|冷氣)(?:錢|了|花了[^,。!?;\n]{0,6}|[^,。!?;\n]{0,3}刷卡)?"
    r"|捐[^,。!?;\n]{0,8}(?:慈濟|世展|家扶|紅十字|廟|教會|基金會|學校|協會|流浪)|\btransferr?(?:ed)? [^.!?\n]{0,20}\b(?:my (?:other|own|savings) account|myself)|(?:paid|pay|paying) (?:for (?:netflix|spotify|youtube|gas|lunch|dinner|breakfast|groceries)|by card at|at )"
    r"|\bpa(?:id|y|ying) (?:for )?(?:my|the|our|his|her)? ?(?:\w+ )?(?:lunch|dinner|breakfast|coffee|groceries|netflix|spotify|electricity|power|water|gas|phone|internet|utility|credit card|insurance|taxi|parking|tuition|rent|tax(?:es)?)\b(?: bill| fee| fare)?",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    rf"(?:明明|早就|都有|上個?月|上禮拜|上週|每個?月|自動)[^,。!?;\n]{{0,12}}{_PAY}|{_PAY}(?:過了|清了)"
)
_PLEASED = re.compile(
    r"開心|期待|搶到|訂好|購票成功|入手|太讚|記得(?:查)?收|查收|等(?:取|收|到|出)貨|(?:明天|下禮拜|下週|等等)(?:去)?(?:拿|取|領|牽)(?:車|貨|件|票|蛋糕|餐)|終於|搞定|好爽|超爽|划算|請確認|麻煩確認"
)
_GONE_WRONG = re.compile(
    r"[騙詐假]|對方|連結|網[址站頁]|發現|才知道|驚覺|老師|客服|不見|群組|平台|封鎖|失聯|消失|已讀|不回|怪怪|盜|沒收到|多(?:了)?一筆|後悔|怎麼辦|救命|完蛋|慘|"
    r"追回|攔|被(?:刷|扣|領)|\b(?:scam|fake|fraud|blocked|gone|vanished|never|help)"
)
_SAID_BY_HIMSELF = re.compile(
    r"本(?:公司|人|行|社|店)(?:於|已|因|遭|會計|日前|昨|今)|敝(?:公司|人|店|司)|家[父母](?:日前|昨|今|遭|已)|(?:叫|要|教|騙|幫|打給|請|讓|跟|逼|催)我|我(?:就|也|都|已|剛|照|點|按|輸|給|轉|匯|付|刷|把|被|真|不小心|傻|媽|爸|以為|現在|很|好)"
    r"|\bi (?:did|sent|paid|gave|clicked|typed|entered|thought|just|already|transferred)\b|\b(?:told|asked|called|made) me\b",
    re.IGNORECASE,
)


def goes_wrong(plain: str) -> bool:
    """Whether a message speaks of anything that has no place in everyday payments."""
    return _GONE_WRONG.search(plain) is not None


def without_everyday(clause: str, *, suspicious: bool) -> str:
    """The clause without what everybody does every day: 轉了三班公車, 繳了學費, paid attention.

    `suspicious`: the message it stands in speaks of something wrong, so that paying is not ordinary any more.
    """
    kept = _NEVER_LOSS.sub("某", clause)
    return kept if suspicious and not _SETTLED.search(kept) else _ORDINARY.sub("某", kept)


def is_everyday(plain: str) -> bool:
    """Whether a message names an ordinary payment and nothing that went wrong with it."""
    return _ORDINARY.search(plain) is not None and not goes_wrong(plain)


def is_content(plain: str) -> bool:
    """Whether somebody is looking forward to what he paid for."""
    return _PLEASED.search(plain) is not None and not goes_wrong(plain)


def speaks_for_himself(clause: str) -> bool:
    """Whether a clause after pasted words begins somebody's own story, which the next clauses go on with."""
    return _SAID_BY_HIMSELF.search(clause) is not None
