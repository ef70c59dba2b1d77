"""Questions about 165, reporting, blocking, and about ourselves. Facts and dates: the pages named in `source`."""

from actions.info_row import Info

_165 = r"(?<!\d)165(?!\d)"
_BLOCK = r"封鎖|封網|被封|封掉|停止解析|停止?解析|停掉|擋(?:掉|下|網|住)|下架|(?<![a-z])rpz(?![a-z])|\bblock(?:s|ed|ing)?\b|tak(?:e|en|ing) (?:it |a site |sites |them )?(?:down|offline)"
_REPORT = r"檢舉|通報|舉報|\breport(?:s|ed|ing)?\b"
OURSELVES = ""
OUR_RULES_AS_OF = "2026-11-25"

ABOUT_HELP = (
    Info("is_165_free", (_165, r"免費|要錢|收費|付費|花錢|電話費|通話費|多少錢|free|\bcosts?\b|charge|\bfees?\b|\bpay\b"), "tongsiao.house.miaoli.gov.tw"),
    Info("hours_of_165", (_165, r"幾點|24|小時|半夜|晚上|假日|週末|營業|上班|下班|服務時間|hours?|open|night|weekend|holiday"), "tongsiao.house.miaoli.gov.tw"),
    Info("reach_165", ( _165, r"官網|網站|網址|(?<![a-z])line(?![a-z])|(?<![a-z])app(?![a-z])|管道|聯絡|怎麼找|線上|website|\bsite\b|contact|reach|online" ), "tongsiao.house.miaoli.gov.tw"),
    Info("told_165", (_165, r"(?:你|妳|您)們?.{0,6}(?:幫|替)我們?.{0,4}(?:報|通知|轉|告訴|打|聯絡)|\b(?:did|have) you (?:already )?(?:tell|told|report|call|contact)"), OURSELVES, OUR_RULES_AS_OF),
    Info("what_165_and_110_do", ( _165, r"(?<!\d)110(?!\d)|派出所|警察局|差(?:在|別)|哪一?個|police|station|difference|versus|\bvs\b|instead" ), "tongsiao.house.miaoli.gov.tw"),
    Info("who_are_you", (r"(?:你|妳|您)們?.{0,8}(?:165|警|政府|官方|數位|哪個單位|什麼單位|哪家|是誰|誰做)|誰(?:做|營運|經營|管)|哪個?單位(?:做|營運|管|委外)|who (?:runs|operates|made|built|is behind)|are you (?:\w+ )?(?:police|165|government|official|real)|run by|part of the government", ), OURSELVES, OUR_RULES_AS_OF),
    Info("what_is_165", (_165,), "tongsiao.house.miaoli.gov.tw"),
    Info("wrongly_blocked", (r"誤(?:封|擋|判|殺|列)|封錯|擋錯|申訴|解封|(?:恢復|放出來)|wrong(?:ly|fully)? block|block\w*.{0,16}(?:mistake|error|wrong)|\bappeals?\b|unblock|restored?", ), "blog.twnic.tw", "2023-06-08"),
    Info("how_soon_blocked", (_BLOCK, r"多久|幾天|幾小時|多快|時間|how (?:long|fast|quick\w*|soon)"), "pchome.megatime.com.tw", "2024-12-08"),
    Info("who_orders_blocking", ( _BLOCK, r"誰|權力|權限|哪個?(?:單位|機關)|標準|依據|法律|條|\bwho\b|legal|\blaws?\b|criteria|decide" ), "blog.twnic.tw, udn.com", "2023-06-08"),
    Info("how_blocking_works", (rf"{_BLOCK}|(?<![a-z])dns(?![a-z])|封.{{0,6}}網站|網站.{{0,4}}封",), "blog.twnic.tw", "2023-06-08"),
    Info("not_reported", (r"查無|沒有?(?:人)?通報|沒(?:有)?在?名單|不在名單|查不到|not (?:been )?(?:reported|listed)|not on the list|nothing found|no result", ), "g0v-data/165-data", "2025-12-24"),
    Info("evidence", (rf"{_REPORT}|報案", r"準備|附|帶什麼|要帶|資料|證據|截圖|保留|evidence|bring|prepare|need|attach|screenshot" ), "chinatimes.com", "2023-06-02"),
    Info("merchants_report", (r"電商|商家|賣家|店家|品牌|公會|merchants?|sellers?|shop owners?|e-?commerce|our (?:brand|shop|site)", rf"{_REPORT}|聯防|joint" ), "pchome.megatime.com.tw", "2024-12-08"),
    Info("fraud_portal", (r"通報查詢網|fraud ?buster|查詢網|(?:reporting|fraud) portal",), "tw.news.yahoo.com", "2025-11-12"),
    Info("fake_shop", (r"假的?.{0,3}(?:購物|賣場|商店|網購|網拍|店|網站|網頁)|一頁式|購物網站?|網購|網拍|fake (?:\w+ )?(?:shops?|stores?|web ?shops?|sites?|websites?)|(?:shopping|shop) (?:sites?|websites?)|online (?:shops?|stores?)", r"分辨|辨|看出|看穿|怎麼看|怎麼知道|如何|判斷|注意|特徵|小心|spot|\btell\b|recogni|know|identify|signs?|avoid|real" ), "cna.com.tw", "2025-07-05"),
    Info("where_to_report", (_REPORT, r"哪裡|哪裏|去哪|怎麼|如何|管道|跟誰|向誰|\bwhere\b|\bhow\b|whom?\b"), "tongsiao.house.miaoli.gov.tw, tw.news.yahoo.com", "2025-11-12"),
    Info("spot_scam_sms", (r"(?:詐騙|釣魚|假的?).{0,4}(?:簡訊|訊息)|簡訊詐騙|(?:scam|fake|phishing|fraud\w*) (?:text|sms|message)|(?:spot|recogni[sz]e) a? ?scam", r"分辨|辨|看出|怎麼看|怎麼知道|如何|判斷|特徵|spot|\btell\b|recogni|know|identify|signs?"), "news.ltn.com.tw", "2026-03-06"),
    Info("common_scams", (r"手法|哪種|哪些詐騙|常見|最多|最近有什麼|(?:common|most|kinds? of|types? of|latest) ?\w* ?(?:scams?|fraud)", r"詐|騙|scams?|fraud"), "udn.com", "2025-09"),
    Info("avoid_scams", (r"預防|防詐|防騙|防範|避免|不被騙|(?:avoid|prevent|protect).{0,24}", r"詐|騙|長輩|scams?|fraud|myself|parents"), "ec.ltn.com.tw, tw.nextapple.com", "2026-02-23"),
    Info("how_much_fraud", (r"多少(?:人|件|錢|案)|幾(?:億|件|萬人)|損失|統計|數字|how (?:many|much)|statistics?|figures|losses", r"詐|騙|scams?|fraud|lost|cases|victims?" ), "tw.news.yahoo.com", "2026-01-12"),
    Info("fraud_law", (r"條例|專法|四法|詐防|42條|(?:fraud|scam).{0,24}(?:\bact\b|\blaws?\b)|\blaws?\b.{0,24}(?:fraud|scam)|article 42", ), "law.moj.gov.tw, udn.com"),
    Info("deleted_cases", (r"刪|delet\w*|erase", r"案件|案號|案子|進度|鎖卡?|退費|檢舉|\bcases?\b|\blocks?\b|refund|reports?"), OURSELVES, OUR_RULES_AS_OF),
    Info("your_data", (r"個資|隱私|對話|紀錄|資料.{0,6}(?:保存|存|留|刪|外洩|賣)|(?:保存|存|留|刪).{0,6}資料|拿去訓練|my (?:data|chat|messages?|conversation)|privacy|private|(?:chat|conversation|data).{0,16}(?:kept|stored|keep|delete)", ), OURSELVES, OUR_RULES_AS_OF),
    Info("what_verdicts_mean", (r"顏色|燈號|紅燈|黃燈|紅色|黃色|橘色|藍色|可疑.{0,6}(?:詐騙|分|差)|未知|\bunknown\b|\bsuspicious\b|colou?rs?|verdicts?", r"代表|意思|差|分|怎麼|什麼|mean|difference|what" ), OURSELVES, OUR_RULES_AS_OF),
    Info("how_we_judge", (r"(?:判斷|分析).{0,8}(?:依據|根據|標準|怎麼|方法)|(?:怎麼|如何|根據什麼|憑什麼).{0,4}(?:判斷|知道是詐騙)|how do you (?:decide|know|judge|check|tell)|based on", ), OURSELVES, OUR_RULES_AS_OF),
    Info("why_never_sure", (r"(?:不敢|不說|不會說|不能說|從不).{0,8}(?:安全|沒問題|是真的)|(?:never|not|won't|don't) say.{0,16}(?:safe|real|genuine)", ), OURSELVES, OUR_RULES_AS_OF),
)  # fmt: skip
