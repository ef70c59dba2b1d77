"""What a message is about, as words that many writers use for it: a table of cues, read once for each message.

A cue proves nothing. `rules/lures.py` says which of them together are a sign, and the text model weighs all.
Patterns are matched in the compact form of a text (`names.compact`), its addresses taken out; every repeat in
them is bounded, so that no text makes them slow.
"""

import re

_MONEY = r"(?:\d|[一二兩三四五六七八九十百千萬]+(?:千|萬|塊|元)|錢|款|塊)"

CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        # What it offers
        "stock_tip": (
            r"飆股|飙股|漲停|報牌|明牌|潛力股|強勢股|主力(?:股|進場|吃貨|拉抬|佈局|布局|成本|鎖)|內線|抄底|打\s?板|"
            r"停利|選股|健檢|帶單|帶盤|跟單|喊單|盤前|盤後|標的|領股|底部起漲|存股班|短線|波段|佈局|布局|"
            r"翻倍|翻\d倍|穩賺|穩定獲利|保證獲利|獲利\d|報酬率?\d|回報率?\d|勝率|零風險|低風險高|被動收入|財富自由|"
            r"股票(?:群|社團|交流|老師|代號)|投資(?:群|社團|老師|助理|課程|交流)|抽籤|申購|新股|中籤|"
            r"stock (?:tips?|picks?)|guaranteed (?:profit|return)|trading signals?|passive income|\d{1,6}% (?:profit|return|daily)"
        ),
        "insider": r"老師|名師|助教|助理|導師|分析師|顧問|操盤手|學員|股友|群友|同學們|內部(?:消息|名單|渠道)|mentor|assistant",
        "crypto": (
            r"usdt|泰達|比特幣|以太|虛擬[貨幣通]|加密貨幣|幣安|交易所|冷錢包|助記詞|私鑰|挖礦|礦池|質押|搬磚|套利|空投|"
            r"合約交易|外匯|黃金|bitcoin|crypto|wallet|airdrop|staking|mining pool|forex"
        ),
        "withdrawal": (
            r"(?:出金|提領|提現|提款|入金|解凍|返還|領出|放款|撥款)[^。\n]{0,14}(?:稅|手續費|保證金|驗證金|解凍金|押金|認證金|激活金|服務費|金流)|"
            r"(?:保證金|驗證金|解凍金|認證金|激活金|公證費|開通費|工本費|保釋金|清關費|解鎖金|會費|訂金|押金|保險費|代辦費)"
        ),
        "loan_offer": (
            r"免(?:聯徵|照會|保人|抵押|擔保|財力|薪轉|看聯徵)|不(?:看|查|照會|用保人|限職業|需照會)|無需(?:照會|保人|抵押)|"
            r"信用(?:瑕疵|不良|小白|評分)|(?:當[日天]|快速|火速|立即|分鐘|小時)[^。\n]{0,6}(?:撥款|放款|下款|入帳|到帳|核貸|貸款)|"
            r"月息|月利息|借款|貸款|借錢|小額|融資|周轉|週轉|急用錢|缺錢|資金(?:需求|問題|短缺)|可貸|核貸|代墊|支票貼現|卡債|整合負債|"
            r"instant loan|no credit check|quick cash|loan (?:approved|offer)"
        ),
        "easy_job": (
            r"日[領薪結]|日入|週[領薪]|時薪|月入\d|在家(?:可?做|工作|兼職|上班|就能)|居家(?:工作|兼職|代工)|兼職|副業|外快|"
            r"(?:每|一)[單件則本]|抽傭|傭金|佣金|刷單|衝單|點讚|按讚|好評|評論員|打字員|代購員|包裝|代工|試用員|體驗員|審核員|線上(?:助理|客服|人員)|"
            r"免經驗|無需經驗|不需經驗|無經驗|動動手指|手機就(?:能|可)|高薪|包吃住|包機票|出國工作|柬埔寨|徵(?:人|才|線上|兼職|手機)|招募|"
            r"part-?time|work from home|earn \S{1,8}\d|per (?:day|task|hour)|no experience|remote job|easy tasks?"
        ),
        "account_for_rent": (
            r"(?:租|出租|出借|收購|高價收|徵|借我)[^。\n]{0,6}(?:帳[戶號]|簿子|存摺|本子|提款卡|金融卡|門號|sim|line帳號|人頭|信用卡|網銀)|"
            r"(?:帳[戶號]|簿子|存摺|提款卡|金融卡|門號|網銀)[^。\n]{0,8}(?:出租|租借|出借|借我|借用|寄來|寄給|收購|配合|租金|包裝|一本|每本)|"
            r"代(?:收|領)[^。\n]{0,4}(?:款|包裹|錢)|幫(?:忙|我)?(?:收|領|提)[^。\n]{0,6}(?:款|錢)|rent (?:out )?your (?:bank )?account|receive (?:money|payment)"
        ),
        "prize": (
            r"中獎|得獎|抽中|抽到|獲獎|幸運|恭喜|兌獎|領獎|大獎|獎金|獎品|免費(?:送|領|贈|抽|體驗|兌換|試用|貼圖)|贈送|好禮|禮品|禮物|抽獎|"
            r"congratulations|you(?:'ve| have)? won|winner|free gift|claim your|reward"
        ),
        "points": r"(?:點數?|積分|紅利|里程|購物金|哩程|points?)",
        "handout": (
            r"普發|補助|津貼|紓困|補貼|慰問金|退稅|退費|退款|溢繳|溢收|溢扣|返還|補償|理賠|紅包|消費券|獎助|救助|給付|加碼|"
            r"subsidy|refund|rebate|compensation|relief"
        ),
        "claim_now": r"領取|請領|兌換|申領|登記領|查收|認領|領回|申請領|立即領|馬上領|點此領|redeem|claim",
        "giveaway_seats": r"名額|前\d{1,6}[位名]|僅限|只收|限量|最後\d|倒數|先到先|開放\d{1,6}|額滿|剩\d{1,6}|錯過|limited (?:seats|spots)",
        # What it threatens
        "account_trouble": (
            r"異常|異動|凍結|凍結|停用|停權|限制|暫停|註銷|封鎖|鎖定|未授權|異地|陌生裝置|多台裝置|新裝置|違反|違規|風險|風控|盜用|被檢舉|失效|"
            r"過期|警示帳戶|列管|停止(?:服務|使用|交易)|關閉|扣款失敗|付款失敗|續訂失敗|無法扣款|"
            r"suspend|locked|limited|unusual|unauthori[sz]ed|expired|deactivat|on hold|declined|restricted|violat"
        ),
        "verify": (
            r"驗證|認證|實名|核實|激活|啟用|綁定|解除|解鎖|恢復|更新(?:資料|個資|資訊|付款|信用卡|您的|收件|地址)|補[登填正件]|"
            r"確認(?:身[分份]|資料|帳戶|收件|地址|付款)|重新(?:登入|綁定|認證|確認|填寫|輸入|設定|開通|繳費|產生)|開通|簽署|登入|"
            r"verify|confirm|update your|reactivate|log ?in|re-?submit|sign in"
        ),
        "debt": (
            r"逾期|欠費|欠繳|未繳|補繳|繳清|繳納|待繳|未付|滯納|罰鍰|罰款|罰單|違規|通行費|停車費|終止供|停[水電話]|斷[水電話]|強制執行|催[繳收]|"
            r"overdue|unpaid|outstanding|fine|toll|penalty|final notice|past due"
        ),
        "deadline": (
            r"今[日天晚]|本日|明[日天]|午夜|凌晨|\d{1,6}\s?(?:小時|分鐘|時|天|日)[內之]|立即|立刻|馬上|盡速|儘速|盡快|儘快|限時|最後|否則|以免|逾時|截止|"
            r"到期|即將|務必|務請|及時|速|within \d{1,6}|immediately|urgent|today|asap|expire|before"
        ),
        "parcel": (
            r"包裹|快遞|快件|貨件|宅配|物流|配送|派送|派件|投遞|取件|取貨|到貨|海關|清關|關稅|收件|寄件|運單|運費|補寄|parcel|package|delivery|courier|customs|shipment"
        ),
        "parcel_trouble": (
            r"(?:地址|電話|門牌|條碼|資訊|資料|郵編|郵遞區號)[^。\n]{0,8}(?:不全|不詳|不完整|錯誤|有誤|模糊|缺|不符|失效|無法)|"
            r"(?:包裹|快遞|快件|貨件|配送|投遞|派送)[^。\n]{0,14}(?:失敗|滯留|退回|扣留|無法|暫停|保留|異常|未能|銷毀|攔截)|重新(?:配送|派送|投遞|安排)|"
            r"(?:address|delivery)[^.\n]{0,20}(?:incomplete|incorrect|failed|missing|problem)|could not be delivered|held at"
        ),
        "ghost_parcel": r"貨到付款|代收款?|到付|配編|非賣家|代寄|73[nm]|7[nm]\d|報關行|海外購|國際包裹",
        "law": (
            r"檢察官|檢察署|地檢|法院|法官|偵查|偵辦|刑事|警官|警員|警察局|偵查隊|筆錄|傳票|拘票|通緝|公文|涉案|涉嫌|洗錢|犯罪|案件|訴訟|律師|"
            r"起訴|告訴|提告|強制執行|假扣押|限制出境|支付命令|假執行|調解|prosecutor|court|police|lawsuit|warrant|legal action"
        ),
        "identity_misused": r"(?:冒用|盜用|冒名|遭人|被人)[^。\n]{0,12}(?:申請|開戶|辦|領|身[分份]|健保|帳戶|門號)|身[分份](?:證)?[^。\n]{0,6}(?:冒用|盜用|遭)",
        "secrecy": (
            r"(?:不要|不可|不能|勿|別|請勿|切勿|嚴禁|先別|先不要)[^。\n]{0,6}(?:告訴|告知|跟|讓|張揚|透露|聲張|洩漏|對外|問)[^。\n]{0,8}(?:家人|別人|他人|任何人|行員|同事|爸|媽|銀行|朋友|知道|外|警)|"
            r"保密|偵查不公開|不要掛|別掛|悄悄|單獨|keep (?:this|it) (?:secret|between|confidential)|do(?:n't| not) tell"
        ),
        "exposure": (
            r"裸[照聊]|不雅|私密|影片[^。\n]{0,10}(?:傳|散|給你|發)|外流|散[佈布播]|公開你|(?:發|傳|寄|給)[^。\n]{0,8}通訊錄|通訊錄[^。\n]{0,8}(?:發|傳|寄|散)|身敗名裂|把柄|錄下|駭|入侵|木馬|側錄|你老婆|你家人看|"
            r"webcam|your contacts|leak|hacked your|recorded you|nude"
        ),
        "tragedy": (
            r"車禍|急診|開刀|手術|住院|加護|病危|保釋|被抓|被扣|拘留|出事|綁|擔保|債主|高利貸|打斷|撞到人|和解金|醫藥費|警局|accident|hospital|surgery|bail"
        ),
        # Whom it plays
        "guess_who": (
            r"猜猜?(?:看)?我是誰|(?:還)?記得我嗎|知道我是誰|聽不出(?:來|我)|連我[^。\n]{0,6}(?:聲音|都)|換(?:了|新)?(?:手機|號碼|號|門號|電話|line|賴)|"
            r"新(?:號碼|門號|手機號|的?號|line)|手機(?:壞|掉|摔|不見|送修|泡水)|(?:舊|之前)(?:的)?(?:號碼|門號|手機|line)|new number|lost my phone|guess who"
        ),
        "stranger_hello": (
            r"加錯|傳錯|認錯|打錯|請問[你您]是|[你您]是(?:不是)?[^，。\n]{1,8}(?:嗎|吧)|通訊錄(?:裡|整理|看到)|整理(?:通訊錄|聯絡人)|朋友(?:介紹|推薦)(?:的|我|你)?|"
            r"冒昧|打擾|認識(?:一下|新朋友|你)|交個朋友|交朋友|緣[份分]|很高興認識|你的(?:頭像|照片|頭貼)|wrong number|nice to meet|sorry to (?:bother|disturb)|found your (?:number|profile)"
        ),
        "sweet": r"寶貝|親愛的|老公|老婆|愛你|想你|想見你|守護你|我們的未來|結婚|單身|離婚|喪偶|孤單|寂寞|陪你|约|約會|見面|honey|darling|babe|my dear|my love|sweetheart|lonely|widow",
        "abroad": r"軍醫|聯合國|維和|戰地|無國界|船長|油井|鑽井|工程師在|國外出差|海外|遺產|繼承|外交|總領事|army|general|engineer abroad|inheritance|next of kin|un mission|offshore",
        "boss": r"老闆|老板|總經理|董事長|執行長|主管|會計|財務|供應商|廠商|貨款|客戶|匯款(?:帳號|資訊|資料)(?:變更|更新|有改)|變更[^。\n]{0,6}帳[號戶]|新帳[號戶]|invoice|vendor|ceo|wire",
        "borrow": (
            rf"(?:借|匯|轉|墊|代墊|周轉|調|支援)[^。\n]{{0,8}}{_MONEY}|(?:方便|可以|能|可不可以|幫我|先幫)[^。\n]{{0,8}}(?:匯|轉帳|轉給|轉一下|借|墊|代付|代刷)|"
            r"(?:明天|明早|明後天|晚點|晚上|下午|下週|月底|過幾天|等下|待會|一週|下班)[^。\n]{0,6}(?:還|給|轉|匯)(?:你|妳|您|回)|lend me|borrow|pay you back|send me \$?\d"
        ),
        "gift_cards": (
            r"mycard|gash|點數卡|遊戲點|遊戲卡|貝殼幣|razer|禮物卡|禮品卡|apple ?(?:卡|gift)|itunes|google ?play|steam ?(?:卡|點)|序號|刮開|gift ?cards?|點卡"
        ),
        "buy_for_me": r"(?:買|購買|代買|代購|去(?:超商|全家|7-?11|小七))[^。\n]{0,14}(?:卡|點|張|序號)|拍(?:照)?(?:給我|傳|過來|背面)|(?:buy|get|purchase)[^.\n]{0,20}cards?|scratch",
        "votes": r"投票|投一下|幫[^。\n]{0,8}投|登入line|掃[^。\n]{0,4}(?:碼|qr|條碼)|qr ?code|vote for",
        "second_hand": r"賣場|下單|結帳|訂單|買家|賣家|賣貨便|好賣|蝦皮|旋轉|露天|面交|二手|商品|出價|下標|店到店|旋轉拍賣|marketplace|carousell",
        "seller_trouble": (
            r"(?:無法|不能|沒辦法|未能)[^。\n]{0,6}(?:下單|結帳|付款|交易|成立)|金流|三大保證|保證協議|誠信交易|未(?:認證|簽署|開通|升級|完成)|賣場[^。\n]{0,12}(?:凍結|異常|停權|關閉|未|認證|升級)|"
            r"(?:訂單|款項)[^。\n]{0,8}(?:凍結|卡住|鎖)|聯[繫絡](?:客服|專員|銀行)"
        ),
        "instalment": (
            r"誤(?:設|刷|植|將|登)|(?:設定|設成|升級)[^。\n]{0,6}(?:會員|批發|經銷|vip|高級)|分期(?:約定|付款|扣款|設定)|重複(?:扣款|下單|訂購|扣)|連續扣|每月(?:自動)?扣|自動扣款|自動續|"
            r"解除(?:分期|扣款|設定|會員|訂單)|取消(?:分期|扣款|會員|訂單)|工作人員(?:疏失|失誤|設)|系統(?:錯誤|疏失|誤|出錯)|銀行(?:專員|客服|人員)(?:會|將|與|聯|來電)"
        ),
        "recovery": (
            r"(?:被騙|受騙|被詐|詐騙|受害|損失|投資失利)[^。\n]{0,18}(?:追回|討回|拿回|挽回|追討|返還|退還|取回|協助|求償|維權|補償)|"
            r"(?:追回|討回|拿回|挽回|追討|取回)[^。\n]{0,12}(?:款|錢|損失|資金|被騙)|受害(?:人|者)(?:自救|聯盟|登記|補償|求償)|追款|挽損|資金返還|recover (?:your )?(?:lost|stolen|scammed|money|funds)"
        ),
        "charity": r"捐款|募款|愛心|善款|功德|急難|勸募|義賣|助印|法會|點燈|donat|charity",
        "fortune": r"消災|化解|改運|開運|算命|命理|卦|符|師父|大師|業障|祈福|靈驗|通靈",
        "rental": r"租屋|看房|房東|屋主|套房|房租|租金|鑰匙|先付|先匯|保留|代看|出租|rent|landlord|deposit",
        "escort": r"約[^。\n]{0,2}妹|茶|外送|援交|全套|陪玩|按摩|見面費|保密費|小姐|escort|hookup",
        "tickets": r"門票|票券|演唱會|讓票|售票|原價讓|面交|ticket",
        "game": r"代儲|代練|遊戲幣|裝備|帳號(?:出售|交易)|寶物|點數折|8591|game account",
        # What it wants done
        "move_chat": (
            r"加(?:我|個|一下|入)?(?:的)?(?:賴|瀨|line|賴|微信|telegram|tg|飛機|whatsapp|官方|好友|專員|助理|客服|老師|群)|[+＋]\s?(?:賴|line|我)|賴(?:id|帳號|我|搜|:|：)|"
            r"line ?(?:id|帳號|:|：|搜尋|@)|(?:私訊|私我|密我|小窗|dm)|進群|入群|加群|群組|拉你|回[傳覆復]?(?:我)?[「\"']?(?:1|y|ok|是|我要|領)|\btg\b|telegram|whatsapp|wechat|add (?:me|my)|text me|contact me"
        ),
        "reply_y": r"回[覆復][\s「『\"'“]*(?:y|1|是)[\s」』\"'”]*[^。\n]{0,16}(?:連結|鏈接|啟動|打開|點|再)|reply (?:with )?[\"'“]?y\b",
        "remote_control": r"anydesk|teamviewer|quicksupport|rustdesk|todesk|向日葵|螢幕分享|分享螢幕|遠端(?:協助|控制|操作|連線)|remote (?:access|control)|screen ?shar",
        "go_atm": r"atm|提款機|櫃員機|無卡|臨櫃(?:匯|提)|網銀(?:轉|操作)|操作(?:網銀|手機|提款)|約定帳[號戶]",
        "transfer": r"匯款|轉帳|匯到|匯入|匯至|匯給|轉入|轉到|轉至|轉給|存入|付款到|打款|面交現金|現金交|交付|派(?:人|專員)[^。\n]{0,6}(?:收|取|拿)|transfer|wire|remit|send money",
        "hand_over": (
            r"(?:提供|給我|寄|傳|拍|回傳|上傳|填寫|輸入|留下)[^。\n]{0,10}(?:卡號|安全碼|cvv|提款卡|金融卡|雙證件|身[分份]證|存摺|網銀|密碼|帳密|健保卡|正反面|自拍|印章|驗證碼|認證碼)|"
            r"(?:驗證碼|認證碼|簡訊碼|\d碼)[^。\n]{0,8}(?:給我|傳|念|回|告訴|截圖)|send (?:me )?(?:the |your )?(?:code|otp|password|card)"
        ),
        "call_back": r"(?:回電|來電|致電|撥打?|電洽|洽詢?|call)[^。\n]{0,8}\d|聯[繫絡]電話",
        "install": r"\.apk|下載|安裝|install|app",
        "tap": r"點擊|點選|點此|點我|點入|點進|點開|請點|附設網址|連結|鏈接|網址|click|tap|link",
        "mainland": r"賬[戶號]|激活|鏈接|查收|短信|網絡|視頻|信息|客戶經理|公眾|及時|溫馨提示|咨詢|快件|您好親|親,|親～|派發|郵編|手機號|登錄|渠道|打款|質量|默認|咱們|早上好|微信",
        "spaced": r"(?:[\u3400-\u9fff][ ._\-*·/|]){3}|[a-z] [a-z] [a-z] [a-z]\b",
        # What genuine messages say
        "never_tell": (
            r"(?:請勿|切勿|勿|不要|不得|別)(?:將|把)?[^。\n]{0,10}(?:告知|提供|透露|轉[傳發知]|洩漏|分享|交付|給他人|告訴|輸入|點擊|相信|交給)|不會(?:以|主動|要求|請|用|透過|傳)|從不|絕不|"
            r"don't share|do not share|never ask|will never|never share"
        ),
        "not_you": r"(?:如|若)(?:非|不是|有疑)|非本人|不是您|如有疑問|有疑義|若已繳|如已繳|已繳[^。\n]{0,6}(?:略|忽)|請忽略|無需理會|if (?:this )?(?:wasn't|was not|not) you|didn't request|already paid",
        "warns": r"詐騙|詐團|假冒|佯稱|謹防|慎防|小心|165|反詐|防詐|騙|警訊|scam|fraud",
        "fine_print": r"年百分率|謹慎理財|信用至上|投資(?:一定|必)有風險|風險預告|公開說明書|循環利率|詳見官網|注意事項|服務條款|拒收|退訂|取消訂閱|取消簡訊|回[覆傳]?n|回拒|unsubscribe|opt[- ]?out|t&c",
        "last_digits": r"末[三四五3-5]?碼|尾[號數碼]|後[四五4-5]碼|卡號末|末碼|ending (?:in )?\d|\*{2,}\d|x{2,}\d",
        "one_time_code": r"驗證碼|認證碼|確認碼|otp|動態密碼|一次性|交易密碼|verification code|code is|code:",
        "appointment": r"預約|看診|門診|報到|回診|掛號|候[位診]|號碼牌|訂位|入住|班次|時段|appointment|reservation|booking|check-?in",
        "at_counter": r"臨櫃|親[自臨洽]|門市|櫃[台檯]|分行|現場|憑[^。\n]{0,8}(?:證|碼|單|簡訊)|攜帶?|出示|服務台|警衛室|管理室|領回",
        "done": r"已(?:完成|收到|寄出|出貨|送達|到店|入帳|扣款|核[定准發]|退款|成功|預約|簽收|開立|匯入|繳|付)|成功|感謝|謝謝|thank you|completed|successful|received",
        "pickup_code": r"取[件貨]碼|取[件貨]|智取|店到店|i郵箱|寄件編號|貨號|單號|物流編號|tracking (?:no|number)",
        "home_talk": r"(?:媽|爸|阿[嬤公姨伯]|姊|姐|哥|弟|妹|寶貝|老[婆公])[^。\n]{0,12}(?:吃|回來|回家|煮|接|睡|帶|買|記得|幾點|等|晚餐|下課|放學|衣服)|吃飯|晚餐|到家|下班|上課|放學|生日|哈哈|XD|xd|顆顆|好喔|辛苦",
        "sale": r"折扣|優惠|特價|\d折|滿\d|現折|折價|買一送|免運|週年慶|周年慶|雙11|雙十一|新品|開賣|會員日|加碼|off\b|% ?off|sale\b|coupon|voucher",
    }.items()
}


def cues_in(plain: str) -> frozenset[str]:
    """Names of all cues in a text of compact form."""
    return frozenset(name for name, pattern in CUES.items() if pattern.search(plain))
