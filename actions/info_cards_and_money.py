"""Questions about point cards, accounts and money that is gone. Facts and dates: the pages named in `source`."""

from actions.info_row import Info

_CARD = r"點數|點卡|序號|遊戲卡|禮物卡|鎖|卡片|mycard|gash|\bcards?\b|\bpoints?\b"
_VIRTUAL = r"虛擬帳[號戶]|虛擬的?帳|virtual (?:bank )?accounts?"

ABOUT_CARDS_AND_MONEY = (
    Info("which_issuers", (rf"{_CARD}|\block", r"哪(?:幾|些|一)?(?:家|間)|每一?家|所有的?公司|全部的?公司|哪些|\bwhich\b|\bevery\b|\ball (?:issuers|companies)" ), "wind.talkapple.net (LTN), ec.ltn.com.tw", "2026-02"),
    Info("delayed_crediting", (r"(?<!\d)48(?!\d)|延遲|delay|hold (?:the |of )?points", r"點|卡|入帳|小時|credit|hours?|cards?|points?" ), "wind.talkapple.net (LTN), ec.ltn.com.tw", "2026-02"),
    Info("white_slip", (r"小白單|白單|\bslips?\b",), "wind.talkapple.net (LTN)", "2023-04-26"),
    Info("points_used_up", (r"(?:點數|卡).{0,10}(?:用掉|用完|花掉|存進|儲值|進遊戲|已經用)|(?:used|spent|redeemed|topped up).{0,16}points?|points?.{0,16}(?:used|spent|redeemed|gone)", ), "service.mycard520.com"),
    Info("card_refund", (r"退費|退錢|退款|\brefund", rf"{_CARD}|門市|超商|幾天|多久|怎麼|規定|手續費|\bstores?\b|\bhow\b|long|rules?" ), "wind.talkapple.net (LTN)", "2023-04-26"),
    Info("how_card_lock_works", (r"鎖卡|鎖點|鎖定|鎖起來|card locks?\b|\block.{0,16}(?:cards?|points?)|freez\w*.{0,12}(?:cards?|points?)|(?:cards?|points?).{0,12}lock", ), "wind.talkapple.net (LTN)", "2023-04-26"),
    Info("card_lures", (r"點數卡?|gift cards?|game cards?|game points", r"為什麼|為何|常見|手法|騙|話術|\bwhy\b|scam|trick|lure" ), "tw.news.yahoo.com, ltn.com.tw", "2026-02-11"),
    Info("who_looks_up_accounts", (rf"{_VIRTUAL}|金流", r"誰|警察|警方|戶名|查不到|查得到|能查|可以查|民眾|普通人|一般人|\bwho\b|look(?:ing)? ?up|police|name" ), "stock.pchome.com.tw", "2024-10-04"),
    Info("virtual_account", (_VIRTUAL,), "ettoday.net", "2024-05-30"),
    Info("payment_firms", (r"第三方支付|能量登錄|third.?party pay|payment (?:firms?|providers?|companies)",), "stock.pchome.com.tw", "2024-10-04"),
    Info("alert_account", (r"警示|alert(?:ed)? accounts?|flagged accounts?|warning accounts?",), "ltn paper 1188863", "2018"),
    Info("after_transfer", (r"黃金時間|圈存|攔(?:下|截|得|阻)|還能攔|追(?:得)?回|(?:匯|轉|被騙|付)\S{0,10}(?:拿|要|救)(?:得)?回|來得及|24小時.{0,6}(?:凍|扣|留)|hold.{0,12}money|money.{0,20}(?:back|held|stopped|recover)|stop (?:a|the|my) (?:transfer|payment)|golden (?:time|hour)", ), "ltn paper 1188863", "2018"),
    Info("card_number_given", (r"(?:卡號|信用卡|刷卡).{0,12}(?:給|外流|填|洩|被盜|怎麼辦|先)|(?:card (?:number|details|data)|credit card).{0,30}(?:leak|gave|given|stolen|out|what|first)", ), "finance.ettoday.net", "2026-02-16"),
    Info("one_time_code", (r"驗證碼|認證碼|簡訊碼|(?<![a-z])otp(?![a-z])|one.?time (?:codes?|passwords?)|verification codes?",), "finance.ettoday.net", "2026-02-16"),
    Info("police_receipt", (r"三聯單|報案單|報案證明|受理(?:案件)?證明|police (?:receipt|certificate)|(?:receipt|proof).{0,16}police", ), "ltn paper 1188863", "2018"),
)  # fmt: skip
