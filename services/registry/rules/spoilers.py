"""What no genuine official message holds: beside it, a matching format is no longer enough."""

import re
from collections.abc import Iterator

from lianfang.text.defang import defang
from services.registry.cues import cues_in
from services.registry.evidence import Evidence, Severity
from services.registry.facts import Facts, line_key
from services.registry.government import GOVERNMENT
from services.registry.reading import Link, Message
from services.registry.rules.asks import asks_secrets, is_refusal, is_warning
from services.registry.rules.lists import mask_account
from services.registry.senders import mask_number

_WARNING = frozenset({"warns", "never_tell"})
_OWN_CATEGORIES = GOVERNMENT | {"education", "hospital"}
_TRANSFER = re.compile(r"匯款|匯到|匯至|匯入|轉帳|轉到|轉至|轉入|存入|存到|存款|打款|transfer|remit|deposit")
_DEMAND = re.compile(
    r"(?:請|需|須|應|務必|盡速|儘速|立即|馬上)[^。！!\n]{0,12}(?:匯款|匯到|匯至|匯入|轉帳|轉到|轉至|轉入|存入|打款)|"
    r"please (?:transfer|remit)"
)
_FAKE_POLICE = re.compile(
    r"偵查不公開|(?:監管|安全|公證|國家|專案|控管|保管|清查|法院|檢察官?)(?:科)?(?:帳[戶號]|專戶)|帳[戶號]監管|"
    r"(?:代為|代|暫時?|統一|集中|交由|交付|財產|資金|款項|存款|金融)(?:監管|保管)|保釋金|公證費|資金清查|財力?證明審查|"
    r"凍結管收|分案調查|拘提令|涉嫌洗錢|涉及洗錢|safe account|supervised account"
)
# Somebody tells what happened to another person.
_OF_OTHERS = re.compile(r"[她他](?:們)?[加的去要給轉]|叫[她他]|自稱")
_INSTALL = re.compile(
    r"下載(?:並|後|及|且)?安裝|安裝[^。！!\n]{0,10}(?:app|程式|軟體|元件|憑證檔)|\.apk\b|install (?:the|this|our) app"
)
# What no government message and no bank's own code is ever about.
_UNFITTING = frozenset(
    {
        "account_for_rent", "buy_for_me", "crypto", "easy_job", "escort", "exposure", "fortune", "gift_cards",
        "guess_who", "loan_offer", "move_chat", "prize", "reply_y", "secrecy", "stock_tip", "stranger_hello", "sweet",
    }
)  # fmt: skip
# How a customer is addressed is no sweet talk.
_GREETING = re.compile(r"親愛的[^，,。!:]{1,8}(?:[，,:]|您好)")
_CARD = re.compile(
    r"(?:輸入|填寫|填|提供|綁定|登錄|登記|回傳|回覆|上傳|拍照|給)[^。！!\n]{0,8}"
    r"(?:信用卡|金融卡|提款卡|卡號|帳[戶號]|網銀|密碼|驗證碼|身[分份]證|存摺|雙證件)"
    r"|(?:enter|provide|submit|fill in) (?:your )?(?:credit )?(?:card|account|password|id number|otp)"
)


def police_words(message: Message, _facts: Facts) -> Iterator[Evidence]:
    """Words only fake police use: a secret investigation, money to be kept for you."""
    for match in _FAKE_POLICE.finditer(message.plain):
        if not is_warning(message.plain, match.start()):
            retold = _OF_OTHERS.search(message.plain) is not None
            yield Evidence("police_words", Severity.WEAK if retold else Severity.STRONG)
            return


def spoilers(message: Message, facts: Facts) -> Iterator[Evidence]:
    """Signs weighed only where a format could otherwise be official, from 111 and from published codes."""
    government = message.sender.digits == "111"
    if government:
        yield from _foreign_links(message, facts)
    yield from _private_contacts(message, government=government)
    yield from _accounts(message, government=government)
    if _FAKE_POLICE.search(message.plain):
        yield Evidence("police_mentioned", Severity.WEAK)
    yield from _strangers_numbers(message, facts)
    if _wants(message, _DEMAND):
        yield Evidence("wants_transfer", Severity.WEAK)
    if _is_unfitting(message) and not message.cues & _WARNING:
        yield Evidence("unfitting_words", Severity.WEAK)
    if message.possible.unread:
        yield Evidence("unread_address", Severity.WEAK)
    if asks_secrets(message) or _wants(message, _CARD):
        yield Evidence("wants_secrets", Severity.WEAK)
    if _wants(message, _INSTALL):
        yield Evidence("wants_install", Severity.WEAK)


def _is_unfitting(message: Message) -> bool:
    unfitting = message.cues & _UNFITTING
    greeted = unfitting == {"sweet"} and _GREETING.search(message.bare) is not None
    return bool(cues_in(_GREETING.sub("", message.bare)) & _UNFITTING if greeted else unfitting)


def _strangers_numbers(message: Message, facts: Facts) -> Iterator[Evidence]:
    """A number to call that is nobody's in the registry: the real ones are there, or to be looked up."""
    known = facts.directory.public_numbers
    own = {re.sub(r"\D", "", phone) for speaker in message.speakers for phone in speaker.phones()}
    for phone in message.phones:
        number = phone.partition("#")[0]
        if number not in known | own and number not in facts.directory.special_numbers:
            yield Evidence("number_not_known", Severity.WEAK, {"what": mask_number(number)})
            return


def _wants(message: Message, pattern: re.Pattern[str]) -> bool:
    return any(not is_refusal(message.plain, match.start()) for match in pattern.finditer(message.plain))


def _foreign_links(message: Message, facts: Facts) -> Iterator[Evidence]:
    for link in message.links:
        if not _is_governments(link, facts):
            yield Evidence("link_not_governments", Severity.WEAK, {"address": defang(link.shown())})
            return


def _is_governments(link: Link, facts: Facts) -> bool:
    return link.shared is None and any(
        domain.confirmed and facts.directory.organisations[domain.organisation].category in _OWN_CATEGORIES
        for domain in link.owners
    )


def _private_contacts(message: Message, *, government: bool) -> Iterator[Evidence]:
    own = {
        line_key(contact.value)
        for speaker in message.speakers
        for contact in speaker.contacts
        if contact.kind == "line_id"
    }
    for name in (*message.line_ids, *message.telegrams):
        if line_key(name) not in own:
            private = government and not name.startswith(("@", "%40"))
            yield Evidence("private_contact", Severity.STRONG if private else Severity.WEAK)
            return


def _accounts(message: Message, *, government: bool) -> Iterator[Evidence]:
    transfer = _TRANSFER.search(message.plain) is not None
    if not message.accounts or not (government or transfer):
        return
    severity = Severity.STRONG if government and transfer else Severity.WEAK
    yield Evidence("account_to_pay", severity, {"what": mask_account(message.accounts[0])})
