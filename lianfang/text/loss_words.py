"""How people tell that money, a code, their data or a card's serial is gone: what was given, and that it was."""

import re

# Particles that say it happened, with the spellings of hurried typing.
DONE = r"(?:了|惹|ㄌ|嘞|勒|啦|囉|嘍|喇|矣)"
AWAY = r"(?:出去|過去|進去|下去|上去|給他|給她|給對方|給人|給那|給騙|給詐|給假|給客服|給警|給網友|給賣家|完)"
SUM = (
    r"(?:NT\$?|\$)?\s?(?:(?<![\d,.])[\d,.]{1,12}|[一二兩三四五六七八九十百千幾]{1,6})\s?(?:多|幾)?\s?(?:元|塊|圓|萬|千|百|k\b|w\b)"
    r"|(?:NT\$?|\$)\s?[\d,.]{2,12}|(?<!\d)\d{4,7}(?![\d年/-])"
)
SCAMMER = (
    r"(?:他|她|它|對方|那個人|那位|那人|騙子|詐騙|假|客服|老師|助理|網友|賣家|買家|房東|專員|車手|檢察官|警察|自稱|網站|"
    r"平台|人家|別人|陌生人|對面|某人|歹徒|業務|代辦|主管|店員說)"
)
_NEAR = r"[^。!?;\n]"
GIVE = r"(?:給|念|唸|報|傳|拍|告訴|告知|講|說|跟他說|輸入|填|打|貼|提供|回覆|回傳|交|寄|key|洩漏|外洩|輸|寫|刮|秀|截圖)"

_CODE = r"(?:驗[證証]碼|認[證証]碼|OTP|動態密碼|簡訊碼|簡訊密碼|一次性密碼|簡訊上?的?(?:數字|那個碼|六碼|碼)|六位數|6位數|六碼)"
_DATA = (
    r"(?:卡號|信用卡|[後末]三碼|安全碼|背面三碼|有效期限?|帳密|密碼|帳號跟密碼|個資|身[分份]證|健保卡|居留證|護照|存摺|存簿|"
    r"提款卡|金融卡|印章|雙證件|證件|網銀|資料|掃臉|人臉)"
)
_CARD = r"(?:序號|點數卡?|點卡|遊戲卡|禮物卡|禮品卡|儲值卡|MyCard|麥卡|GASH|遊e卡|貝殼幣|Razer|Apple卡|Steam卡?|卡片?[的]?(?:後面|背後)|刮開)"
_TRANSFER = r"(?:轉帳|匯款|轉錢|匯錢|付錢|付款|繳費|繳錢|刷卡|儲值|入金|打款|打錢|無卡存款|存錢|繳保證金|付訂金|付定金|下單付款|轉帳過)"
_MOVED = r"(?:轉(?!傳|發|貼|告|達|人工|接|換|寄|學|彎|角|台|介|運|機|職|變|頭|眼)|匯(?!率|報|入款)|滙)"
_LOST_MONEY = r"(?:錢|款項|積蓄|存款|退休金|保證金|訂金|定金|押金|學費|頭期款|老本|薪水|現金|生活費|本金|血汗錢|私房錢|房租|貨款|獎學金)"

_CHINESE: tuple[tuple[str, str], ...] = (
    ("transfer", rf"{_MOVED}(?:帳|款|錢|入|到|{_NEAR}{{0,3}}次)?\s?(?:{DONE}(?!話題|念頭?|一圈|身|個彎|群|嗎)|出去|過去|進去|給{SCAMMER}|下去|完)"),
    ("transfer", rf"{_MOVED}(?:帳|款|錢|到|去|給)?[^。!?;,\n]{{0,6}}?(?:{SUM})(?!才|就能|就可)"),
    ("transfer", rf"{_MOVED}去\s?\S"),
    ("transfer", rf"{_TRANSFER}[^。!?;,\n]{{0,6}}(?:{DONE}|{AWAY}|成功|完成)"),
    ("transfer", rf"(?:(?<!不)已經?|剛剛?|剛才|昨[天晚]|今[天早]|早上|下午|晚上|前天|上週|又|居然|竟然|傻傻|不疑有他|誤|乖乖)(?:地|的|就|去|都|把錢|先)?\s?(?:{_TRANSFER}|轉|匯|付|刷卡|繳)(?!也|的話|貨|傳|發|貼|接|換|人工)"),
    ("transfer", rf"(?:付|刷|繳|墊|付錢|刷卡|給錢|匯錢|轉錢|存錢)\s?(?:{DONE}|出去|過去|完(?!全))(?!牙|一下|抖|臉書|IG|存在|很久|出)"),
    ("transfer", rf"(?:(?:投|丟|放|砸|賠|虧|花|損失|噴|扣|課|儲)(?:{DONE}|進去|下去|到|在|給|掉)?|(?:存|給|少)(?:{DONE}|進去|出去))[^。!?;,\n\d]{{0,10}}?(?:{SUM})(?!點)"),
    ("transfer", r"(?:損失|慘賠|賠光|虧光|血本無歸|傾家蕩產|錢財兩失|人財兩失)(?!控制|多少|會)"),
    ("transfer", rf"{_LOST_MONEY}[^。!?;,\n]{{0,12}}(?:轉|匯|付|給|交|繳|拿|領|騙|出|飛|不見|被|進去|打水漂|要不回|拿不回|投|存)[^。!?;,\n]{{0,8}}(?:{DONE}|去(?!銀行|哪裡辦)|走|出去|過去|進去|他|她|光|對方)"),
    ("transfer", r"錢[^。!?;,\n]{0,4}(?:出去|不見|沒了|沒ㄌ|飛了|被騙|被轉|被領|被盜|都沒了|全沒|跑去哪|跑哪)|錢付了|錢給了"),
    ("transfer", rf"(?:交|拿|領|提)(?:{DONE}|出|給{SCAMMER})?[^。!?;,\n]{{0,6}}(?:{SUM}|現金|黃金)[^。!?;,\n]{{0,8}}(?:給|交給?){SCAMMER}|(?:交|拿|付)(?:{DONE}|給{SCAMMER})[^。!?;,\n]{{0,6}}(?:{SUM}|現金|黃金)"),
    ("transfer", r"(?:被|遭|予人|互人|乎人|給人)\s?(?:他|她|對方|網友|人家?|別人|假\S{1,4}|詐騙集團|騙子|客服|老師)?\s?(?:給)?(?:詐(?!騙(?:集團|簡訊|電話|網站|收|犯))|騙(?!的[是人]|人|術|子|的(?:號|電))|[片]了|盜刷|盜領|盜轉|坑)(?:走|去|光|錢|了|ㄌ|惹|到|過)?"),
    ("transfer", r"(?:騙走|騙光|騙了我|騙我(?:的)?錢|騙我[匯轉付刷買]|坑走|捲走|拐走)"),
    ("transfer", rf"(?:餘額|戶頭|帳戶|存款|卡)[^。!?;,\n]{{0,8}}(?:變零|歸零|變成?0|剩0|剩零|空{DONE}|沒{DONE}|清空|被領|被轉|被提|被盜|被刷|被扣)"),
    ("transfer", rf"(?:上當|中招|受騙|被騙|踩雷|上鉤|著了道|被詐)\s?{DONE}"),
    ("transfer", r"不讓我出金|(?:不能|無法|沒辦法|不給)出金|出金(?:失敗|不了|被拒)|(?:提|領)不出來[^。!?;\n]{0,10}(?:保證金|平台)|平台[^。!?;\n]{0,8}(?:提|領)不出"),
    ("transfer", rf"(?:照|按|依)(?:著|他|她|對方)[^。!?;,\n]{{0,8}}(?:做|按|操作|匯|轉)[^。!?;,\n]{{0,4}}(?:{DONE}|完|[三兩一]次)"),
    ("transfer", rf"我(?:就|也|都|全)?照(?:著|他|她)?(?:做|辦|按){DONE}|(?:餘額|戶頭|帳戶|存款)[^。!?;,\n]{{0,6}}?(?:變|剩|是|為|=|:)?\s?[0零](?![\d.])"),
    ("transfer", rf"(?:我(?:有|就|已經|剛剛?)?掃|掃(?:{DONE}|完|過))[^。!?;,\n]{{0,10}}(?:付|繳|轉)(?:錢|款|帳|費|{DONE})|(?:剛剛?|已經?)?掃碼(?:付|繳|轉)(?:錢|款|費)?{DONE}"),
    ("transfer", rf"(?:昨天|前天|剛剛?|已經?|上週|之前|我)也?有(?:在)?[^。!?;,\n]{{0,4}}(?:儲值|加值|入金|投|匯|轉|付|刷)[^。!?;,\n\d]{{0,3}}(?:{SUM})"),
    ("transfer", r"收(?:了|完)?(?:我們?的?)?(?:錢|款|訂金|定金)(?=[^。!?;,\n]{0,6}(?:不|沒|消失|失聯|封鎖|跑|人就))"),
    ("transfer", rf"無卡(?:提款|存款|領錢)[^。!?;,\n]{{0,6}}(?:給(?!我)|{DONE})|(?:USDT|泰達幣?|比特幣|以太幣?|虛擬貨?幣|加密貨?幣|BTC|ETH)[^。!?;,\n]{{0,8}}(?:打|轉|匯|發|送|給)[^。!?;,\n]{{0,4}}(?:{DONE}|過去|出去|給(?!我))"),
    ("transfer", rf"\b(?:transfer|pay|send|wire|deposit|remit|pay(?:ment)?)\s?(?:{DONE}|過去|出去|完|給(?!我))"),
    ("credentials", rf"(?:還|也|又|有|已經|剛剛?|就)\s?(?:輸入|填|打|key|輸|上傳|提供)(?:{DONE}|完|進|上)?[^。!?;,\n]{{0,6}}{_DATA}"),
    ("transfer", rf"付的那(?:筆|個)|付{DONE}那筆|來得及攔|攔得(?:到|下)|(?:錢|匯款|轉帳)[^。!?;,\n]{{0,8}}(?:追得回|救得回|救回|追回|攔)"),
    ("transfer", rf"{DONE}(?:訂金|定金|保證金|手續費|押金|關稅|解凍金|違約金|學費|罰單|罰款|運費|頭期款)"),
    ("transfer", rf"(?:{_TRANSFER}|借|打|加值|訂金|定金)(?:{DONE}|給)?(?:{SCAMMER})?[^。!?;,\n\d]{{0,4}}(?:{SUM})"),
    ("transfer", rf"(?:轉|匯|付|刷|繳|存|投|給|借|打|墊|領|花|砸|丟|噴|賠|虧|儲|課|送|捐)(?:{DONE}|過)[^。!?;,\n]{{0,10}}?(?:{SUM}|[兩三四五六幾]次|[兩三四五六幾\d]筆)"),
    ("transfer", r"被[^。!?;,\n]{0,6}(?:扣|刷|提|領|轉|盜|匯)(?:了|走|款|光|掉|[兩三四五幾\d]筆)"),
    ("transfer", rf"(?:{SUM})[^。!?;,\n]{{0,4}}(?:轉|扣|刷|領|匯|提|拿|盜)(?:走|掉|光|出去|過去)"),
    ("card", rf"買(?:{DONE}|過)?[^。!?;,\n]{{0,6}}張[^。!?;,\n]{{0,8}}(?:拍|傳|念|唸|報|給)(?:照|圖)?給?(?:{SCAMMER}|{DONE})"),
    ("credentials", r"(?:存摺|存簿|帳戶|戶頭|提款卡|金融卡|身[分份]證|印章|門號|SIM卡)(?:都|就|也|被)?(?:借|租|賣|辦)(?:給|了|他|她|人|去)"),
    ("transfer", r"不翼而飛|(?:一毛|半毛|一塊)(?:都)?(?:不剩|沒剩|沒了)|(?:錢|款)進了[他她對騙]|血汗錢[^。!?;,\n]{0,6}沒"),
    ("transfer", r"^\s?我?(?:真的|全部?|都|已經|剛剛?|也)*給(?:了|ㄌ|他了|出去了)\s?$"),
    # Told as a story: 把 … 匯給, 匯錢後被封鎖, 都被他拿走了.
    ("transfer", rf"把[^。!?;,\n]{{0,14}}(?:{_LOST_MONEY}|{SUM}|定存|黃金|金飾|現金|保單|股票|房子)[^。!?;,\n]{{0,10}}(?:轉|匯|給|交|寄|領|付|投|存|借|解掉)"),
    ("transfer", r"(?:轉|匯|滙)(?:帳|款|錢)?給(?!我)|匯到(?!我)|轉到(?:他|她|對方|那個|不認識|陌生|別人|詐騙|假)"),
    ("transfer", rf"(?:領|提|拿|借|湊|解)(?:錢|現金|{DONE}|出)[^。!?;,\n]{{0,10}}給(?!我)"),
    ("transfer", rf"(?:{_TRANSFER}|匯|轉|付|繳|刷|借錢|借|給錢)[^。!?;,\n]{{0,12}}(?:後|完|以後|之後)[^。!?;,\n]{{0,6}}(?:被|失聯|消失|不見|封鎖|不回|已讀|人間蒸發|才發現|才知道|才驚覺|發現|沒下文|沒收到|沒消息|後悔)"),
    ("transfer", r"(?:借|匯|轉|付|給|繳)[^。!?;,\n]{0,14}(?:人間蒸發|被封鎖|封鎖我|失聯|消失|聯絡不[上到]|連絡不[上到]|[不已]讀不回|搞失蹤|沒出貨|收不到貨|沒收到)"),
    ("transfer", rf"(?:{SUM}|錢)[^。!?;,\n]{{0,3}}(?:飛了|沒了|不見|噴了|蒸發|泡湯|噴掉|石沉大海|拿不回來|要不回來|有去無回)"),
    ("credentials", rf"(?:提款卡|金融卡|存摺|存簿|帳戶|卡片?|護照)寄(?!件|貨|送|到哪|來)|寄[^。!?;,\n]{{0,4}}(?:提款卡|金融卡|存摺)[^。!?;,\n]{{0,4}}(?:{DONE}|給)|變成?警示帳?戶|成了?警示"),
    ("otp", rf"把[^。!?;,\n]{{0,8}}{_CODE}[^。!?;,\n]{{0,8}}{GIVE}|{_CODE}[^。!?;,\n]{{0,6}}被[^。!?;,\n]{{0,6}}(?:拿走|騙|偷|套走)"),
    ("credentials", rf"把[^。!?;,\n]{{0,8}}{_DATA}[^。!?;,\n]{{0,8}}{GIVE}|{_DATA}[^。!?;,\n]{{0,6}}被[^。!?;,\n]{{0,6}}(?:拿走|騙|偷|套走|盜用|拿去)"),
    ("card", rf"把[^。!?;,\n]{{0,8}}{_CARD}[^。!?;,\n]{{0,8}}{GIVE}|{_CARD}[^。!?;,\n]{{0,8}}被[^。!?;,\n]{{0,6}}(?:拿走|騙|偷|套走|用掉|儲掉|兌走|兌換|用走|取走)"),
    ("otp", rf"{_CODE}{_NEAR}{{0,12}}{GIVE}{_NEAR}{{0,10}}(?:{DONE}|{SCAMMER}|出去|過去|完|聽)"),
    ("otp", rf"{GIVE}\s?(?:他|她|對方)?(?:{DONE}|過|完|出|出去|過去|{SCAMMER})[^。!?;,\n]{{0,10}}{_CODE}"),
    ("credentials", rf"{_DATA}{_NEAR}{{0,14}}(?:給|念|唸|報|傳|拍|告訴|輸入|填|打|貼|提供|交(?!友|通)|寄|洩漏|外洩|key|輸){_NEAR}{{0,10}}(?:{DONE}|{SCAMMER}|出去|過去|完|上去|進去|才發現|走)"),
    ("credentials", rf"(?:填|輸入|輸|給|寄|交|打|拍|提供|key|報|告訴|上傳)\s?(?:他|她|對方)?(?:{DONE}|完|過|{SCAMMER})[^。!?;,\n]{{0,10}}{_DATA}"),
    ("credentials", rf"{_DATA}寄(?:去|出|給|到)|遠端[^。!?;,\n]{{0,8}}(?:裝|下載|連|開){_NEAR}{{0,6}}(?:{DONE}|下去|進來|上)|變人頭|成了?人頭|(?:滑鼠|手機|電腦)自己(?:會|在)?動"),
    ("card", rf"{_CARD}{_NEAR}{{0,16}}(?:給|念|唸|報|傳|拍|告訴|講|貼|刮|交){_NEAR}{{0,10}}(?:{DONE}|{SCAMMER}|出去|過去|完|聽|走)"),
    ("card", rf"(?:給|念|唸|報|傳|拍|貼|告訴)\s?(?:他|她|對方)?(?:{DONE}|完|過|出去|{SCAMMER})[^。!?;,\n]{{0,10}}{_CARD}"),
    ("card", rf"(?:買|購買|儲)\s?(?:{DONE})?{_NEAR}{{0,14}}{_CARD}{_NEAR}{{0,10}}(?:給|傳|拍|念|唸)(?:{SCAMMER}|了|ㄌ)"),
    ("card", r"被騙(?:去)?買|騙我(?:去)?買[^。!?;,\n]{0,8}(?:點|卡)|騙去買"),
    # What people say when it is over: what is left, what came instead, what cannot be had back.
    ("transfer", rf"我就(?:全|都|真的)?(?:唸|念|給|轉|匯|付|刷|繳|輸入?|填|報)(?:{DONE}|信用卡)|(?:唸|念){DONE}|買{DONE}(?:之後)?[^。!?;,\n]{{0,4}}就"),
    ("transfer", rf"(?:{SUM})[^。!?;\n]{{0,10}}(?:就這樣|怎麼辦|嗚|回不來|拿不回|要不回|追不回|提不出|領不出|領不到|是我(?:孩子|媽|爸|女兒|兒子)?的|救命)|出去{DONE}[\d,]{{4,}}"),
    ("transfer", r"(?:追不回|要不回|拿不回|討不回|回不來|追得回|要得回|還能(?:攔|追|救)|(?:能|可)不?能?(?:攔|追)[^。!?;,\n]{0,4}(?:住|下|回)|怎麼跟家[裡人]交代)"),
    ("transfer", r"(?:剩|只剩|變成?|空)(?:下)?\s?\d{1,3}(?:元|塊)|(?:存款|餘額|戶頭)[^。!?;,\n]{0,6}(?:少了|不見|空了|歸零)|全空|錢包空|錢[^。!?;,\n]{0,6}跑去哪"),
    ("transfer", r"(?:收到|打開|寄來|拿到)[^。!?;,\n]{0,6}(?:是|一)[^。!?;,\n]{0,3}(?:磚|石頭|衛生紙|空盒|空箱|爛|報紙|廢紙|肥皂)|白送一?|等於白"),
    ("transfer", rf"(?:賣家|對方|房東|他|她|人|店家|那家|商家|老師|群組)[^。!?;,\n]{{0,8}}(?:人間蒸發|不見{DONE}|失聯|消失|把我(?:刪|封鎖|踢)|封鎖(?:我|他|她|了)|收{DONE}錢|變空號|解散)"),
    ("transfer", r"(?:投資|老師|平台|app|群組|裡面)[^。!?\n]{0,30}(?:裡面有我|提不出|領不出|不讓我領|登不進|踢我|還要補|再補一筆|要先?繳稅)"),
    ("transfer", r"照(?:著)?(?:他|她|對方|客服|老師)的?(?:話|說的|指示|講的)|我?照做|(?:操作|去)[^。!?;,\n]{0,4}(?:ATM|提款機|網銀)[^。!?;\n]{0,8}(?:了|按|剩|出去)"),
    ("transfer", r"(?:面)?交(?:了|出)?(?:黃金|金條|現金)|(?:匯|轉|付|給)錯?(?:錢)?給?(?:騙子|詐騙)|錢[^。!?;,\n]{0,2}(?:匯|轉)錯|買[^。!?;,\n]{0,12}就是那個買的人|前後匯"),
    ("credentials", r"(?:簿子|存摺|帳戶|門號)[^。!?;,\n]{0,8}(?:被拿走|租給|借給|是贓|警示)|贓款|借我?帳戶給|(?:身[分份]證|證件|健保卡|自拍)[^。!?;\n]{0,10}(?:都|也)?(?:上傳|拍|給|傳)(?:了|完)"),
    ("transfer", r"(?:一直|又)?收到刷卡(?:通知|簡訊)|驗了就被刷|輸入(?:了)?(?:信用卡|卡號)|被(?:儲|兌|用|領)走|(?:卡|點數)被儲"),
    ("transfer", r"我(?:好像)?(?:就)?是(?:那個)?(?:笨蛋|受害[者人]|苦主|冤大頭)|(?:我|真的)[^。!?;,\n]{0,4}上當|(?:那|這)[\d一二兩三四五六七八九十百]+萬(?:怎麼辦|是我)|都轉完"),
)  # fmt: skip

_I = r"(?:\bi\b|\bi'(?:ve|d|m)|\bive\b|\bwe\b|\bwe'(?:ve|d)|\bmy (?:mum|mom|dad|father|mother|wife|husband|son|daughter|friend|grandma|grandpa|parents|sister|brother|colleague|boss|aunt|uncle)\b|\bhe\b|\bshe\b|\bjust\b|\balready\b|^)"
_FILL = r"(?:\s(?:have|had|has|just|already|even|also|stupidly|accidentally|foolishly|then|actually|went and|went ahead and|only)\b|\s){0,5}"
_ENGLISH: tuple[tuple[str, str], ...] = (
    ("transfer", rf"{_I}{_FILL}\s?(?:sent|paid|payed|transferr?ed|transfer+d|wired|deposited|remitted|handed over|lost|invested|gave|put in|send)\b[^.!?\n]{{0,40}}(?:money|\$|\d|\bnt\b|cash|savings|deposit|\bfees?\b|\bhim\b|\bher\b|\bthem\b|everything|\ball\b|scammer|seller|transfers?\b|payments?\b|this guy|this person|someone|stranger)"),
    ("transfer", rf"{_I}{_FILL}\s?(?:paid|payed|transferr?ed|wired)\b"),
    ("transfer", r"\b(?:got|been|was|were|am|getting|getting)\s(?:\w+\s)?(?:scamm?ed|conned|defrauded|ripped off|cheated|swindled|robbed|tricked|fooled|duped|hacked)\b"),
    ("transfer", r"\bfell for (?:it|a|an|the|this|one)\b|\bmy money(?:'s| is| has)? (?:all )?(?:gone|disappeared|been|lost)|\b(?:money|savings) (?:is|was|are|were|just) (?:all )?(?:gone|taken|disappeared)"),
    ("transfer", r"\b(?:they|he|she|someone|scammers?) (?:took|stole|emptied|drained|withdrew|cleaned out)\b|\b(?:took|stole|got) [^.!?\n]{0,16}(?:from me|off me|out of me)|\b(?:scammed|tricked|conned|cheated) (?:me|us|my|him|her)\b"),
    ("transfer", r"\b(?:pull|get|claw|reverse|cancel|stop)\w* (?:back )?(?:a|the|my|that) (?:transfer|payment|wire)\b|\b(?:unauthori[sz]ed|strange|fraudulent|weird) (?:charge|transaction|payment)s?|charges? on my (?:card|account)|charged my (?:card|account)|\bmy (?:account|card) (?:was|is|has been|got) (?:\w+ )?(?:emptied|drained|charged|empty)"),
    ("otp", r"\b(?:gave|told(?! me| us)|sent|read|typed|entered|shared|forwarded|submitted|put|provided|given|keyed)\b[^.!?\n]{0,30}(?:\botp\b|(?:verification|security|one[- ]time|sms|6[- ]digit|six[- ]digit) (?:code|password|number)|\bthe codes?\b(?! (?:off|from)| on the (?:back|card))|passcode)"),
    ("credentials", r"\b(?:gave|told(?! me| us)|sent|typed|entered|shared|filled|submitted|put|provided|uploaded|given|keyed)\b[^.!?\n]{0,40}(?:card (?:number|details|info|no)|\bcvv\b|password|\bpin\b|bank (?:details|login|info|card)|\blogin\b|credit card|\bid card|\bmy id\b|\barc\b|passport|\bmy card|personal (?:info|data|details))"),
    ("card", r"\b(?:gave|told(?! me| us)|sent|read|shared|texted|showed|given)\b[^.!?\n]{0,40}(?:\bserials?\b|gift cards?|point cards?|game cards?|mycard|\bgash\b|steam|itunes|codes? (?:off|on|from) the (?:back|card|slip)|(?:photos?|pictures?) of the (?:cards?|code|slip|receipt))"),
    ("card", r"\b(?:bought|got|purchased)\b[^.!?\n]{0,24}(?:gift|point|game|steam|itunes|apple|google play|mycard|gash)[^.!?\n]{0,24}\b(?:and|then)\b[^.!?\n]{0,12}\b(?:read|sent|gave|told|texted|shared)"),
    ("transfer", r"\b(?:robbed|scammed|ripped off) online|(?<![\d,.])(?:\$?\d[\d,.]{0,12}k?|\bit(?:'s| is) all) (?:is )?gone\b|\bi'?ve? been had\b"),
    ("transfer", r"\b(?:sudah|udah|telah) (?:transfer|kirim|bayar)|\b(?:ter|di|ke)tipu\b|\bkena tipu\b|\b(?:đã|lỡ) (?:chuyển|gửi|trả|nạp)|\bbị lừa\b(?!\s?không)|โดนหลอก|โอน(?:เงิน)?ไปแล้ว|ถูกหลอก"),
    ("transfer", r"\bhanded (?:over )?(?:the |some |all )?(?:cash|money|gold)|\bi'?m out (?:nt|us|hk)?[€$£]?\s?\d|\bi pay\b[^.!?\n]{0,12}\d|\b(?:is|was|are|were|wallet|pay|account)(?: now| all)? (?:gone|empty)\b"),
    ("transfer", r"\b(?:got|have|took|has) (?:my|our|her|his) (?:money|card|savings|passport|cash)|\b(?:transfers?|deposits?|payments?)\b[^.!?\n]{0,30}(?:doesn't exist|gone|fake)|\bmoney went out|\b(?:seller|shop|page|agent|broker|he|she)\b[^.!?\n]{0,20}(?:vanished|disappeared|deleted (?:his |her |the )?account|stopped (?:answering|replying)|no answer|blocked (?:me|him|her|us))"),
    ("otp", r"\b(?:told|gave|read)\b[^.!?\n]{0,24}\bcodes?\b[^.!?\n]{0,24}(?:empty|gone|now)|\btyped it\b"),
    ("transfer", r"\b(?:di|sudah di)transfer\b|\bchuyển khoản rồi|\bbay (?:hết|\d)|uang[^.!?\n]{0,24}habis|เงิน(?:หาย|ออก)|โอน(?:ไป|แล้ว)|ให้รหัส"),
    ("otp", r"(?:\blỡ|đã) (?:đọc|đưa|gửi|cho)[^.!?\n]{0,12}(?:otp|mã)|(?:sudah|udah) (?:kasih|kirim|beri)[^.!?\n]{0,12}(?:otp|kode)"),
)  # fmt: skip

CHINESE_LOSSES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _CHINESE)
FOREIGN_LOSSES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _ENGLISH)

# Named in one sentence, given in the next: 「身分證正反面，都拍了」.
NAMED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (("otp", _CODE), ("card", _CARD), ("credentials", _DATA))
)
GIVEN = re.compile(
    rf"^\s?(?:我|我就|就|然後|結果|都|全部?都?|已經|剛剛?|不小心|傻傻)*(?:{GIVE}|交給|傳給|寄給|拿給|給)(?:他|她|對方)?\s?(?:{DONE}|{AWAY}|出去|完)"
    rf"|整[包個份]交給|都[給拍傳填寄交念唸]{DONE}",
    re.IGNORECASE,
)
