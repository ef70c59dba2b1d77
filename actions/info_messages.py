"""Questions about messages, senders and addresses. Facts and dates: the pages named in `source`."""

from actions.info_row import Info

_111 = r"(?<!\d)111(?!\d)"
_SMS = r"簡訊|寄件|傳|號碼|\bsms\b|\btexts?\b|sender|message|number"

ABOUT_MESSAGES = (
    Info("last_three_digits", (r"末[三3]碼|[後尾][三3]碼|最後(?:三|3)|last (?:three|3)", r"為什麼|為何|幹嘛|做什麼|要這個|有什麼用|why|what for" ), "tw.news.yahoo.com", "2025-11-26"),
    Info("who_sends_111", (_111, r"誰|只給|只有|哪些(?:單位|機關|人)|銀行|公司|私人|店家|申請|\bwho\b|banks?\b|compan|private"), "finance.ettoday.net, news.ipcf.org.tw"),
    Info("not_all_use_111", (rf"{_111}", r"都會?用|都是|都從|都要|每個|所有|全部|有的.{0,10}有的|不是111|沒有?用|不用|\ball\b|\bevery\b|always|not from|without|must" ), "news.ipcf.org.tw, ddnews.tw"),
    Info("links_in_111", (_111, r"連結|網址|\blinks?\b|\burls?\b"), "taisounds.com", "2024-06-24"),
    Info("proof_of_111", (_111, r"一定|真的|可信|可以信|能信|相信|代表|假的?|冒|偽|prove|trust|real|fake|genuine|forge|spoof"), "news.ltn.com.tw", "2025-08-18"),
    Info("three_marks", (rf"{_111}|三個特徵|三個條件|three (?:marks|checks|signs)", r"分辨|辨|看|檢查|確認|特徵|條件|check|tell|verify|recogni|marks|signs" ), "tw.news.yahoo.com", "2025-11-26"),
    Info("what_is_111", (_111,), "news.ipcf.org.tw, finance.ettoday.net"),
    Info("fake_base_station", (r"基地台|(?:fake|rogue|false) (?:base|cell|mobile|phone)[ -]?(?:station|tower|site)",), "news.ltn.com.tw", "2025-08-18"),
    Info("turn_off_2g", (r"(?<![\da-z])2g(?![a-z])",), "ltn.com.tw", "2025-09-06"),
    Info("sender_0800", (r"080[09]|市話|室內電話|\blandlines?\b|toll.?free", rf"{_SMS}|假|fake"), "news.ltn.com.tw", "2025-08-18"),
    Info("plus_sign", (r"\+886|加號|\+號|帶\+|[(「]\+[)」]|plus sign|\+ ?sign|starts? with \+",), "storm.mg, ftvnews.com.tw"),
    Info("imessage_rcs", (r"i-?message|(?<![a-z])rcs(?![a-z])|藍色(?:的)?簡訊",), "news.immigration.gov.tw"),
    Info("bank_short_code", (r"(?<!\d)68\d{3}(?!\d)|68開頭|銀行.{0,8}(?:短碼|簡碼)|(?:短碼|簡碼).{0,8}銀行|bank.{0,16}short codes?|short codes?.{0,16}bank", ), "cna.com.tw", "2024-03-27"),
    Info("short_link", (r"短網址|縮網址|短連結|短址|short(?:ened|er)? ?(?:links?|urls?|address)|reurl|bit\.ly|lihi",), "tw.nextapple.com", "2025-10-24"),
    Info("government_address", (r"gov\.?tw|政府.{0,6}(?:網址|網站|網域)|(?:官方|真).{0,2}(?:網址|網域)|(?:government|official) (?:sites?|websites?|address(?:es)?|domains?|urls?)", ), "tw.nextapple.com", "2025-10-24"),
    Info("utility_bill", (r"水費|電費|台電|台水|自來水|水電|taipower|taiwan water|(?:water|electric\w*|power|utility) (?:bills?|compan\w+|fees?)", r"連結|網址|簡訊|通知|催|訊息|\blinks?\b|\bsms\b|\btexts?\b|messages?|remind" ), "taisounds.com, health.ftvnews.com.tw", "2025-09-12"),
    Info("toll_notice", (r"(?<![a-z])e-?tc(?![a-z])|e-?tag|遠通|過路費|通行費|\btolls?\b",), "news.ltn.com.tw", "2026-03-06"),
    Info("traffic_fine", (r"監理|罰單|交通罰|違規|罰鍰|traffic (?:fines?|tickets?)|motor vehicle|driving fine|parking fine",), "ettoday.net", "2025-08-25"),
    Info("cash_handout", (r"普發|發(?:錢|現金|一萬|六千)|現金(?:發放|登記)|hand-?outs?|cash (?:payment|programme|program|from the government)|subsid", ), "ec.ltn.com.tw", "2026-02-23"),
    Info("ghost_parcel", (r"貨到付款|幽靈包裹|(?:沒|未)訂.{0,6}(?:包裹|東西)|(?:包裹|東西).{0,8}(?:沒|未|不是我)訂|73n|配編|cash on delivery|\bcod\b|(?:parcel|package).{0,24}(?:never|not|didn't) order|(?:never|not|didn't) order.{0,24}(?:parcel|package)", ), "ltn.com.tw, udn.com"),
    Info("hidden_code", (r"隱碼|遮蔽(?:號|碼)|(?:hidden|masked|proxy|privacy) (?:delivery |logistics |courier |phone )*(?:codes?|numbers?)|(?:快遞|物流|宅配|包裹|單子).{0,12}(?:不印|沒印|看不到|隱藏).{0,4}電話", ), "cna.com.tw", "2023-11-09"),
    Info("line_shield", (r"藍盾|藍勾|盾牌|blue (?:shield|tick|check|badge)|(?:line|官方).{0,4}(?:官方)?帳號.{0,10}(?:真|假|分辨|認證|怎麼看)|verified.{0,16}account", ), "udn.com"),
)  # fmt: skip
