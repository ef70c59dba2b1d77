"""Words of wanting to die, told apart from 笑死 and 想死你了."""

import re

_DYING = re.compile(
    r"(?:好|很|真的?|只|就|也|都|快|超|有點)?想(?:要)?(?:去)?死(?![你妳他她它]|我了|當|背|守|命|纏|會|板)|不想(?:再)?活|活不下去|活不了|沒辦法(?:再)?活|不要活|"
    r"活著(?:好累|很累|太累|沒意義|沒意思|幹嘛|沒有意義|有什麼意義|要幹嘛|好痛苦|沒用)|自殺|輕生|尋短|自盡|尋死|求死|"
    r"了結(?:自己|生命|一切|這一生|此生|算了|我|$)|想了結|結束(?:自己的?|我的?|這)?(?:生命|一生|人生)|跳樓|跳河|跳海|跳下去|燒炭|割腕|上吊|服毒|"
    r"(?:我|乾脆|不如|想|只好|還是|要)(?:去)?死(?:了)?(?:算了|掉|一死|好了|吧$)|死了算了|死掉算了|死一死|一死了之|不如死|死了比較好|死了最好|吞藥|吃安眠藥|自我了斷|自我了結|"
    r"生無可戀|想消失|消失在世|不想存在|想不開|活夠了|先走了.{0,6}(?:保重|照顧)|離開這個世界|遺書|下輩子再|賠命|以死"
    r"|\b(?:want(?:s|ed)?(?: to)?|wanna|going to|gonna|rather|ready to|wish i (?:could|was|were)|feel like) (?:die|dead|dying|be dead|kill(?:ing)? myself|end it all|end my life|jump(?:ing)? off)\b"
    r"|\bkill(?:ing)? (?:myself|my self)\b|\bend(?:ing)? (?:my (?:own )?life|it all)\b|\bsuicid(?:e|al)\b(?! (?:squad|prevention|hotline))|\b(?:do not|don'?t|dont) (?:want|wanna) (?:to )?(?:live|be alive|be here|exist)\b"
    r"|\b(?:no|nothing|any) (?:reason|left|point) (?:to live|in living|for living)\b|\bcan'?t (?:go on|live)\b|\bbetter off dead\b|\btake my (?:own )?life\b|\bself[- ]?harm|\bnot worth living\b|\bkms\b|\bwish i were dead\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"想死[你妳他她它]|想死我了|[笑氣累熱冷餓美帥醜忙煩吵無聊]死|死當|死守|死忠|跳樓(?:大?拍|價|清倉|特賣|促銷|機)|自殺(?:防治|專線|率|攻擊|炸彈|式)|"
    r"(?:不會|不是|沒有|沒|才不|不可能|並不)(?:真的)?(?:想|要|去)*(?:自殺|死|跳樓|輕生|想不開|尋短)|(?:別|不要|請勿|切勿)(?:想不開|自殺|輕生|做傻事)|燒炭派|上吊遊戲|"
    r"\bnot (?:going to|suicidal)|suicide (?:squad|prevention|hotline)",
    re.IGNORECASE,
)


def speaks_of_dying(plain: str) -> bool:
    """Whether a normalised text in Traditional script says its writer wants to die."""
    for match in _DYING.finditer(plain):
        around = plain[max(0, match.start() - 6) : match.end() + 5]
        other = _OTHERWISE.search(around)
        if other is None:
            return True
    return False
