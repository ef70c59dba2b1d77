"""What short answers mean: a plain yes, "not this one", "the other one", a question back. Pure rules."""

import re

from lianfang.text.normalise import normalise, to_traditional

# A closed list: what is not on it hesitates (好吧我想想), asks (確定嗎), adds something (好，刪掉他的就好)
# or complains (好煩).
_YES = (
    r"好的?|對的?|是的?|沒錯|可以|同意|要|確定要?|確認|就這樣"
    r"|(?:yes|yeah|yep|yup|ok|okay|sure|correct|confirm(?:ed)?)(?:,? please)?"
)
_MORE_THAN_ONE_STOP = re.compile(r"\.{2}|。{2}")
_NOT_THIS = re.compile(
    r"不是(?!嗎|吧)|不對|錯了?|弄錯|搞錯|打錯|寫錯|貼錯|更正|改成|改為|換成|應該是|我是說|才對"
    r"|\b(?:wrong|not (?:that|this|it|right)|incorrect|i meant?|actually|correction|should be|rather"
    r"|change (?:it|that|(?:the|my) \w+) to)\b",
    re.IGNORECASE,
)
_THE_OTHER = re.compile(
    r"(?:另外?|別的?|後面|下面|其他)的?(?:那|這)?(?:一)?(?:個|則|封|張|家|支|筆|邊)|換(?:一)?個"
    r"|\b(?:the )?(?:other|second|another)(?: one)?\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"[?？]|[嗎呢ㄇ]\s*$|什麼|為何|怎麼|如何|多久|哪裡|哪裏|哪一|幾點|可不可以|能不能|會不會|是不是|有沒有|要不要"
    r"|^\W*(?:why|what|how|when|where|who|which|is|are|do|does|can|could|should|will)\b",
    re.IGNORECASE,
)
_DOES_NOT_KNOW = re.compile(
    r"不知道|不曉得|不清楚|不記得|忘記|忘了|沒看到|看不到|找不到|沒有顯示|沒有?注意|不想說|不確定|跳過|略過"
    r"|don'?t (?:know|remember)|no idea|not sure|can'?t (?:see|find|remember|tell)|forgot|\bskip\b",
    re.IGNORECASE,
)
_ONLY_NOT_KNOWN = re.compile(rf"\W*(?:我|i )?\s*(?:{_DOES_NOT_KNOW.pattern})[了耶欸啦呢\W]*", re.IGNORECASE)
_WHY = re.compile(r"為什麼|為何|幹嘛|做什麼用|要(?:這個|它|這些)?做什麼|\bwhy\b|what for", re.IGNORECASE)
_WISH = re.compile(
    r"我要(?!檢舉的|報的)|我想|想要|幫我|麻煩|拜託|檢舉|通報|鎖卡|解鎖|退費|申訴|刪除|刪掉|進度|查一?下|報案"
    r"|\b(?:i want|i'd like|please|can you|could you|report|lock|unlock|refund|delete|appeal|check)\b",
    re.IGNORECASE,
)
_NO = (
    r"(?:不要|不用|不想|不必|不需要|不打算|不是(?:要|想)|沒有?(?:要|想)|先?別|先不|取消)(?:再|要|去|幫我|給我|想|先)*"
    r"|\b(?:don'?t|do not|not|never|no need to)(?: (?:want|need|wish|going|to|really|please))*"
)
SHORT = 40  # characters of somebody's own words


def _plain(text: str) -> str:
    return to_traditional(normalise(text)).replace("’", "'").strip()


def is_plain_yes(text: str, words: str = "") -> bool:
    """Whether the text says yes, perhaps twice, and nothing else; `words` are a goal's own (送出, delete it)."""
    plain = _plain(text)
    yes = f"{words}|{_YES}" if words else _YES
    is_yes = re.fullmatch(rf"(?:(?:{yes})[ ,，、。!.]{{0,2}}){{1,3}}", plain, re.IGNORECASE)
    return bool(is_yes) and not _MORE_THAN_ONE_STOP.search(plain)


def says_not_this(text: str) -> bool:
    return bool(_NOT_THIS.search(_plain(text)))


def says_the_other(text: str) -> bool:
    return bool(_THE_OTHER.search(_plain(text)))


def asks_back(text: str) -> bool:
    return bool(_QUESTION.search(_plain(text)))


def does_not_know(text: str) -> bool:
    return bool(_DOES_NOT_KNOW.search(_plain(text)))


def only_does_not_know(text: str) -> bool:
    """Nothing else is told with it."""
    return _ONLY_NOT_KNOWN.fullmatch(_plain(text)) is not None


def asks_why(text: str) -> bool:
    return bool(_WHY.search(_plain(text))) and len(text) <= SHORT


def says_a_wish(text: str) -> bool:
    """Names something to be done, rather than only telling something."""
    return bool(_WISH.search(_plain(text)))


def begins_with_no(text: str) -> bool:
    """不是 a.top: one's own words, whatever stands in the address."""
    plain = _plain(text)
    found = _NOT_THIS.search(plain)
    return found is not None and found.start() <= 2 and len(plain) <= SHORT


def denies(text: str, verb: str) -> bool:
    """Says that just this is not wanted: 不要刪除我的資料, I don't want to report it."""
    if not verb or len(text) > SHORT or asks_back(text):
        return False
    return re.search(rf"(?:{_NO})\s?(?:{verb})", _plain(text), re.IGNORECASE) is not None
