"""The language of the first sentence a person typed himself; nothing pasted ever decides it."""

import re

from lianfang.text.forwarded import looks_forwarded
from lianfang.text.normalise import normalise
from lianfang.text.reading import Reading
from lianfang.text.redact import MARK
from lianfang.text.urls import find_urls

_ENGLISH = frozenset(
    "a about account after agent all already am an and any anyone are as ask back bank be been before bot but buy by call"
    " can can't card cards case check code could did do does doesn't don't english erase everything fake first for forget"
    " fraud freeze from game get getting give go good got had has have he hello help her here hey hi him his hotline how"
    " human i i'd i'll i'm i've if is isn't it it's just know last legit like link lock look lost make may me message money"
    " morning my name need never new no nope not now number of off ok okay on one or order our out paid person phone please"
    " pls police really real refund report right said scam scammed scammer send sent she should so someone speak status stop"
    " suspicious sure talk tell text thank thanks that the their them then there these they thing this thx to today told"
    " transfer transferred trust u unlock up update us use was we website were what what's when where which who why will with"
    " work would wrong yeah yep yes yesterday yo you your".split()
)
_SHARED = frozenset("bank code hotline link scam bot transfer account game us or yo a i am me on ok".split())
_OTHER_LATIN = frozenset(
    "saya anda aku kami dan yang ini itu tidak nggak bisa tolong apa dari untuk dengan sudah uang nomor kartu pak bu"
    " majikan penipuan orang dong toi khong lam giup cua voi roi tien nha em anh chi la va".split()
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\u3105-\u312f]")
_OTHER_SCRIPT = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\uac00-\ud7af\u0600-\u06ff\u0400-\u04ff\u1000-\u109f\u1780-\u17ff]"
)
_VIETNAMESE = re.compile(
    r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE
)
_WORD = re.compile(r"(?<![\w'@.-])[A-Za-z]+(?:['’][a-z]+)?(?![\w@-])")
_SENTENCE = re.compile(r"[^。!?\n;:]+[。!?;:]*")
_PASTED = re.compile(
    r"[【〔〈《][^】〕〉》]{1,20}[】〕〉》].*|[「『\"“][^」』\"”]{8,}[」』\"”]|https?:\S*", re.DOTALL
)


def guess_language(text: str) -> str | None:
    """`zh-TW`, `en`, or None when the person's own words do not tell."""
    if looks_forwarded(text):
        return None
    front, _, last = text.rstrip().rpartition("\n")
    for sentence in _typed_sentences(last if looks_forwarded(front) else text):
        language = _language_of(sentence)
        if language is not None:
            return None if language == "other" else language
    return None


def _typed_sentences(text: str) -> list[str]:
    """The text without addresses, marks and pasted parts, cut into sentences."""
    reading = Reading.of(text[:2000])
    for mark in MARK.finditer(reading.text):
        reading.take(*mark.span())
    for _ in find_urls(reading):
        pass
    plain = normalise(text[:2000])
    own = "".join(" " if taken else sign for sign, taken in zip(plain, reading.taken, strict=True))
    return _SENTENCE.findall(_PASTED.sub(" ", own))


def _language_of(sentence: str) -> str | None:
    if _OTHER_SCRIPT.search(sentence) or _VIETNAMESE.search(sentence):
        return "other"
    words = [word.lower().replace("’", "'") for word in _WORD.findall(sentence)]
    han = len(_HAN.findall(sentence))
    if any(word in _OTHER_LATIN for word in words) and han == 0:
        return "other"
    english = [word for word in words if word in _ENGLISH]
    telling = [word for word in english if word not in _SHARED]
    if han == 0 and len(words) < 2:
        return None  # `hi` and `help` are typed by people of every language
    if han == 0:
        return "en" if telling or len(english) > 1 else None
    # An English sentence may name a Chinese sender; a Chinese one is full of English nouns, not of "is" and "the".
    if len(telling) >= 3 and len(words) * 2 >= han:
        return "en"
    return "zh-TW"
