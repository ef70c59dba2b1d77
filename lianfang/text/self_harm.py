"""Words of wanting to die or to hurt oneself, told apart from 笑死 and 想死你了."""

import re

_WISH = (
    r"(?:好|很|真的?|只|就|也|都|快|超|有點)?想(?:要)?(?:去)?死(?![你妳他她它]|我了|當|背|守|命|纏|會|板)"
    r"|(?<!叫)我(?:真的|只想|只能|只好|現在|就|也|想|要|乾脆){0,3}去死(?![命海])|(?:死意|赴死|一心求死|尋死|求死)|死了(?:就|便|才|大概)?(?:可以)?(?:不用|不必|沒事|解脫|輕鬆|一切|什麼都|都不)"
    r"|(?:我|乾脆|不如|想|只好|還是|要)(?:去)?死(?:了)?(?:算了|掉|一死|好了|吧$)|死了算了|死掉算了|死一死|一死了之|不如死|死了比較好|死了最好|以死|賠命"
    r"|一死百了|一了百了|(?:只有|只剩|只能|剩下|等於|就是|走上)(?:走)?(?:這)?死路|死路一條|(?:解脫|消失)(?:算了|好了|吧$)"
)
_LIVING = (
    r"不想(?:再|要|繼續)*活|活不下去|活不了|沒辦法(?:再)?活|不要活|活夠了|苟活"
    r"|活著(?:好累|很累|太累|沒意義|沒意思|幹嘛|沒有意義|有什麼意義|有什麼意思|要幹嘛|好痛苦|沒用|也是?多餘)"
    r"|(?:沒有?|找不到|失去|毫無|看不到|想不到)(?:再|任何|什麼|繼續)*活(?:下去|著)?的?(?:意義|理由|動力|勇氣|力氣|希望|必要|價值|念頭)"
    r"|(?:沒有?|無)(?:臉|資格|勇氣|力氣|動力|必要|顏)(?:再|繼續|面)*活|(?:不該|不配|不值得)(?:再)?活"
    r"|(?:不想|沒辦法|無法|沒力氣|沒有力氣)(?:再|繼續)*撐(?:下去|了|著|$)|撐不下去"
)
_END = (
    r"自殺|輕生|尋短|自盡|了結(?:自己|生命|一切|這一生|此生|算了|我|$)|想了結|自我了斷|生無可戀|想消失|消失在世|不想存在|想不開|遺書|下輩子再"
    r"|結束(?:掉)?(?:自己的?|我的?|這)?(?:生命|一生|人生)|(?:想|要|來|讓我|決定)(?:就|把|要|快點|趕快)*結束(?:掉)?(?:這)?(?:一切|所有|自己)(?![合關訂對交案服帳契聯流程手])|把(?:這)?一切都?結束"
    r"|離開(?:了)?(?:這個?|這)(?:世界|人世|世上|人間)|離開人[世間]|(?:告別|離開)(?:這個?)?(?:世界|人世|人間)|再見了?[,\s]*(?:這個?|這)?世界|世界[,\s]*再見|永別了|先走了.{0,6}(?:保重|照顧)"
)
_MEANS = (
    r"跳樓|跳河|跳海|跳下去|燒炭|割(?:腕|脈|手(?!機|指甲|工|錶|套|續|續費|作|冊)|自己)|上吊|服毒|吞藥|吃安眠藥|喝農藥|臥軌"
    r"|自殘|自傷|(?:傷害|弄傷|砍|捅|燙)(?:我)?自己|(?:準備|買|備|囤|存|收集|吞)(?:好|了|很多|一堆|一些|一整?瓶|一把)*的?(?:安眠藥|農藥|木炭|老鼠藥|上吊繩|繩子要)"
)
_ENGLISH = (
    r"\b(?:want(?:s|ed)?(?: to)?|wanna|going to|gonna|rather|ready to|wish i (?:could|was|were)|feel like|about to|plan(?:ning)? to|might|may|could|should) "
    r"(?:just |really )*(?:die|dead|dying|be dead|kill(?:ing)? myself|end my life|(?:hurt|harm|cut)(?:ting|ing)? my ?self"
    r"|end(?:ing)? (?:it all|everything|it(?! with| off| there| here| by| early))|jump(?:ing)? (?:off|from) (?:a |the |my |this )?(?:bridge|building|roof|rooftop|balcony|cliff|tower|window|ledge|apartment|\w+ floor))\b"
    r"|\bjump off (?:a|the) (?:bridge|building|roof|cliff)\b"
    r"|\bkill(?:ing)? (?:myself|my self)\b|\bend(?:ing)? (?:my (?:own )?life|it all)\b|\bsuicid(?:e|al)\b(?! (?:squad|prevention|hotline))"
    r"|\b(?:do not|don'?t|dont) (?:want|wanna) (?:to )?(?:live|be alive|be here|exist|wake up)\b"
    r"|\b(?:no|nothing|any) (?:reason|left|point) (?:to live|in living|for living|living)\b|\bcan'?t (?:go on|live|keep going)\b|\bbetter off (?:dead|without me)\b"
    r"|\btake my (?:own )?life\b|\bself[- ]?harm|\b(?:hurting|harming|cutting) myself\b|\bnot worth living\b|\bkms\b|\bwish i were dead\b"
    r"|\b(?:my )?life is over\b|\bgoodbye,? (?:cruel )?world\b"
)
_DYING = re.compile(f"{_WISH}|{_LIVING}|{_END}|{_MEANS}|{_ENGLISH}", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"想死[你妳他她它]|想死我了|[笑氣累熱冷餓美帥醜忙煩吵無聊]死(?!路|意)|死當|死守|死忠|跳樓(?:大?拍|價|清倉|特賣|促銷|機)|自殺(?:防治|專線|率|攻擊|炸彈|式)|"
    r"(?:不會|不是|沒有|沒|才不|不可能|並不)(?:真的)?(?:想|要|去)*(?:自殺|死|跳樓|輕生|想不開|尋短)|(?:別|不要|請勿|切勿)(?:想不開|自殺|輕生|做傻事|傷害自己)|燒炭派|上吊遊戲|"
    r"烤肉|(?:公司|店|生意|手機|電池|電量|工廠|醫生|冷氣)[^,\s]{0,4}(?:撐|開|死路)|(?:封鎖|刪掉|刪除|停用|換掉|剪掉|退掉|離職|辭職)[^,]{0,4}一了百了|(?:詐騙|騙子|歹徒|集團)[^,]{0,5}死路|"
    r"\bnot (?:going to|suicidal)|suicide (?:squad|prevention|hotline)",
    re.IGNORECASE,
)
# 好熱想死 complains of the weather; 債還不完想死 does not.
_COMPLAINT = re.compile(
    r"(?:熱|冷|餓|渴|辣|癢|臭|吵|尷尬|無聊|想睡|塞車)(?:到|得|死)?(?:我|人|了)?[,\s]*(?:真的|都|快|好|超)*$"
)
_WANTING = re.compile(r"(?:好|很|真的?|只|就|也|都|快|超|有點)?想(?:要)?(?:去)?死")
_GRAVE = re.compile(r"[錢債騙賠欠]|拖累|連累|對不起|活")


def speaks_of_dying(plain: str) -> bool:
    """Whether a normalised text in Traditional script says its writer wants to die or to hurt himself."""
    return any(_is_meant(plain, match) for match in _DYING.finditer(plain))


def _is_meant(plain: str, match: re.Match[str]) -> bool:
    before = plain[max(0, match.start() - 10) : match.start()]
    if _WANTING.fullmatch(match.group(0)) and _COMPLAINT.search(before) and not _GRAVE.search(plain):
        return False
    # Only a figure of speech that covers or touches the words takes their meaning away.
    start = max(0, match.start() - 6)
    around = plain[start : match.end() + 5]
    return not any(
        start + other.start() <= match.end() and start + other.end() >= match.start()
        for other in _OTHERWISE.finditer(around)
    )
