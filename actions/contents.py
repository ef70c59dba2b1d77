"""Reads what a report of a message is about: numbers, ids, accounts and chats, or the message itself. Pure rules."""

import re

from actions.content import is_somebody_elses
from actions.goal import Heard, Values
from actions.saying import asks_back
from actions.sites import means_the_last
from lianfang.text.chats import TELEGRAM, find_chats
from lianfang.text.find import find_all
from lianfang.text.normalise import normalise, to_traditional
from lianfang.text.stand_ins import is_stand_in

MESSAGE = "message"
MOST = 5
SHORTEST_MESSAGE = 6  # characters; 詐騙簡訊 alone tells nothing
SHORTEST_STORY, SHORTEST_STORY_LATIN = 8, 30
LONGEST = 2000
CONTACTS = frozenset({"phone", "line_id", "account"})
CHAT = "chat"  # `chat:platform:name`
_NO_MESSAGE = frozenset({"affirm", "deny", "cancel", "report_message", "report_account"})
AD = "ad"
_MEDIA = (
    (TELEGRAM, re.compile(r"telegram|飛機|電報|(?<![a-z])tg(?![a-z])", re.IGNORECASE)),
    (
        AD,
        re.compile(
            r"廣告|貼文|粉專|粉絲專頁|臉書|社團|\bads?\b|advert|\bpost\b|facebook|instagram", re.IGNORECASE
        ),
    ),
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_ASKS_FOR_IT = re.compile(
    r"我要|我想|請|幫我|檢舉|通報|舉報|這[個支則封筆]|電話|號碼|網站|網址|帳[號戶]|詐騙|的"
)


def find_contacts(heard: Heard) -> Values:
    """`kind:value` of each number, id, account and chat in somebody's own words; a message with an address is one thing."""
    if _is_message(heard.text):
        return ()
    found = find_all(heard.text)
    chats = find_chats(heard.text, found)
    elsewhere = {chat.partition(":")[2] for chat in chats}
    named = [
        f"{one.kind}:{one.value}" for one in found if one.kind in CONTACTS and one.value not in elsewhere
    ]
    return tuple(dict.fromkeys((*named, *(f"{CHAT}:{chat}" for chat in chats))))[:MOST]


def take_contents(heard: Heard) -> Values:
    """The answer to "which one": what stands in it, or the message as it was pasted."""
    text = heard.text.strip()
    if heard.intent in _NO_MESSAGE or (asks_back(text) and not _is_message(text)):
        return find_contacts(heard)
    is_message = _is_message(text) or (len(text) >= SHORTEST_MESSAGE and not is_stand_in(text))
    return find_contacts(heard) or ((f"{MESSAGE}:{text[:LONGEST]}",) if is_message else ())


def contents_meant(heard: Heard) -> Values:
    """A message within the first sentence; else that of the last check, by its button or when it is meant."""
    if _is_message(heard.text):
        return (f"{MESSAGE}:{heard.text[:LONGEST]}",)
    return tuple(value for text in checked_meant(heard) for value in take_contents(Heard(text)))


def checked_meant(heard: Heard) -> Values:
    """The text that was checked last, when it is meant."""
    return heard.about.get("checked", ()) if means_the_last(heard) else ()


def story_meant(heard: Heard) -> Values:
    return tuple(text for text in checked_meant(heard) if _tells_more(text))


def find_story(heard: Heard) -> Values:
    """A sentence that tells more about what it names."""
    return (heard.text[:LONGEST],) if _tells_more(heard.text) else ()


def find_medium(heard: Heard) -> Values:
    """Where it was, in somebody's own words: `telegram`, whose names look like LINE's, or an `ad`."""
    if is_somebody_elses(heard.text):
        return ()
    plain = to_traditional(normalise(heard.text))
    return next(((medium,) for medium, pattern in _MEDIA if pattern.search(plain)), ())


def _is_message(text: str) -> bool:
    """Somebody else's, or one with an address; a link to a chat is no more than its id, a copied picture nothing."""
    if is_stand_in(text):
        return False
    kinds = {one.kind for one in find_all(text)}
    return is_somebody_elses(text) or ("url" in kinds and "line_id" not in kinds)


def _tells_more(text: str) -> bool:
    """With what it names and the wish taken out, something is left."""
    left = text
    for one in reversed([one for one in find_all(text) if one.kind in CONTACTS | {"url"}]):
        left = left[: one.start] + left[one.end :]
    if left == text:
        return False
    left = _ASKS_FOR_IT.sub("", to_traditional(normalise(left)))
    return len(_HAN.findall(left)) >= SHORTEST_STORY or len(left.strip()) >= SHORTEST_STORY_LATIN
