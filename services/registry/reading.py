"""One message read for the rules: addresses and whose they are, ids, numbers, who it says it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lianfang.text.chats import find_chats
from lianfang.text.disguise import undisguise
from lianfang.text.find import Found, find_all
from lianfang.text.normalise import normalise
from services.registry.browser import as_browser, hidden_behind
from services.registry.cues import cues_in
from services.registry.directory import Directory, Domain, OrganisationFacts
from services.registry.government import Opening, read_opening, tells_in_own_words
from services.registry.hosts import Address, leads_to, read_address
from services.registry.names import Named, fold
from services.registry.own_words import without_own_words
from services.registry.possible import Possible, possible
from services.registry.senders import Sender, read_sender

MOST_LINKS = 40
MOST_HANDLES = 40
_MASKED = re.compile(r"[\[［]已隱藏[^\]］]*[\]］]")
_LAST3 = re.compile(r"(?<!\d)(\d{3})(?!\d)")
_LABELLED_LAST3 = re.compile(r"[末後][3三]碼[為是:：\s]{0,3}(\d{3})(?!\d)")
_AGENCY = re.compile(
    r"[\u3400-\u9fff]{1,14}(?:部|署|局|處|院|府|公所|委員會|監理站|監理所|分局|分署|分處|所|中心|學校|國小|國中|高中|大學|公司|站|隊|館)"
)
_TO_READER = re.compile(
    r"您|你|貴戶|貴客戶|用戶|會員|客戶|車主|繳|欠費|逾期|領取|登入|驗證|認證|點選|點擊|請|訂單|包裹|帳單|帳戶|回覆|停用|"
    r"\byou|your|account|pay|verify|parcel"
)
_ENGLISH_AGENCY = re.compile(
    r"\b(?:agency|bureau|ministry|department|administration|commission|council|city government|county government|office)\b"
)
_ACCUSABLE = frozenset({"url", "line_id", "telegram", "phone", "account"})
_AT = re.compile("[@\uff20\ufe6b]|%40")
MARKS_WITHIN = 14
AGENCY_WITHIN = 36
ENGLISH_AGENCY_WITHIN = 60


@dataclass(frozen=True)
class Link:
    """One address in the text. `owners`: domains that cover it; `shared`: kind of shared host; `known`: to all."""

    address: Address
    text: str
    owners: tuple[Domain, ...] = ()
    shared: str | None = None
    known: bool = False

    @property
    def is_foreign(self) -> bool:
        """Nobody the registry knows, no host that many share, no site that everybody knows."""
        return not self.owners and self.shared is None and not self.known

    @property
    def hides_target(self) -> bool:
        return self.shared == "shortener" and not self.owners

    def shown(self) -> str:
        return self.address.host if len(self.address.host) <= 60 else self.address.site


@dataclass(frozen=True)
class Message:
    """What the rules see. `plain`: the compact form of the text; `app` and `last3` as the person told."""

    plain: str
    app: str | None
    last3: str | None
    sender: Sender
    links: tuple[Link, ...] = ()
    mailbox: Link | None = None
    named: tuple[Named, ...] = ()
    misspelt: tuple[OrganisationFacts, ...] = ()  # whose name stands there with one character wrong
    speakers: tuple[OrganisationFacts, ...] = ()
    line_ids: tuple[str, ...] = ()
    telegrams: tuple[str, ...] = ()
    chats: tuple[str, ...] = ()  # those of every platform but LINE, as `platform:name`
    phones: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    short_codes: tuple[str, ...] = ()
    rest: str = ""  # the text without addresses
    bare: str = ""  # the same in compact form
    message: str = ""  # `bare` without what the person says about it, where there is somebody to accuse
    cues: frozenset[str] = frozenset()  # what it is about, see cues.py
    marks: tuple[str, ...] = ()  # three digits that stand where the receiver's last three belong
    marks_labelled: bool = False  # or anywhere, when the text calls them the last three
    names_agency: bool = False
    opening: Opening | None = None  # what a government message starts with
    told: bool = False  # the person tells about a message instead of showing it
    disguises: tuple[tuple[str, str], ...] = ()  # (official address before an @, the real host)
    possible: Possible = field(default_factory=Possible)  # what else the text may mean, for lists only
    to_reader: bool = True  # it speaks to whoever reads it, as a headline somebody shares does not
    categories: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_sms(self) -> bool:
        """A plain SMS as far as we know."""
        return self.app in (None, "sms")


def read_message(
    text: str, *, sender: str | None, last3: str | None, app: str | None, directory: Directory
) -> Message:
    """Read everything once; no IO."""
    shown, text = text, as_browser(text)
    found = find_all(text)
    shown_by = read_sender(sender)
    normal = normalise(text)
    plain = fold(normal)
    named = tuple(directory.names.find(plain))
    misspelt = None if any(name.speaks for name in named) else directory.names.misspelt(plain)
    opening = read_opening(normal, directory)
    told = (opening is None or not opening.agency) and tells_in_own_words(normal)
    speakers = _speakers(named, shown_by, directory, opening)
    links = tuple(_links(found, directory))
    mailbox = shown_by.mailbox
    rest = _without_links(text, found)
    normal_rest = normalise(rest) if links else normal
    bare = fold(normal_rest)
    unmasked = _MASKED.sub("", plain)
    at_start = tuple(_LAST3.findall(unmasked[:MARKS_WITHIN]))
    labelled = tuple(_LABELLED_LAST3.findall(unmasked))
    return Message(
        plain=plain,
        app=app,
        last3=last3,
        sender=shown_by,
        links=links,
        mailbox=None if mailbox is None else replace(_link(mailbox, mailbox.host, directory), known=False),
        named=named,
        misspelt=() if misspelt is None else (directory.organisations[misspelt],),
        speakers=speakers,
        line_ids=_values(found, "line_id"),
        telegrams=_values(found, "telegram"),
        chats=tuple(find_chats(text, found))[:MOST_HANDLES],
        phones=_values(found, "phone"),
        accounts=_values(found, "account"),
        short_codes=_values(found, "short_code"),
        rest=rest,
        bare=bare,
        message=without_own_words(normal_rest) if any(item.kind in _ACCUSABLE for item in found) else bare,
        cues=cues_in(bare),
        marks=at_start or labelled,
        marks_labelled=not at_start and bool(labelled),
        to_reader=shown_by.kind != "none" or _TO_READER.search(plain) is not None,
        names_agency=_names_agency(plain, (*speakers, *_named_early(named, directory))),
        opening=None if told else opening,
        told=told,
        disguises=tuple(_disguises(shown, directory)),
        possible=possible(undisguise(normal), links, directory),
        categories=frozenset(speaker.category for speaker in speakers),
    )


def _values(found: Iterable[Found], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.value for item in found if item.kind == kind))[:MOST_HANDLES]


def _links(found: Iterable[Found], directory: Directory) -> Iterable[Link]:
    seen: set[tuple[str, str]] = set()
    for item in found:
        address = read_address(item.value) if item.kind == "url" else None
        if address is None:
            continue
        for one in (address, *leads_to(address)):
            key = (one.host, one.path)
            if key in seen or not (one.is_ip or one.suffix):
                continue
            seen.add(key)
            yield _link(one, item.text, directory)
            if len(seen) >= MOST_LINKS:
                return


def _link(address: Address, text: str, directory: Directory) -> Link:
    known = address.registrable in directory.well_known
    return Link(address, text, tuple(directory.owners(address)), directory.shared(address), known)


def _speakers(
    named: tuple[Named, ...], sender: Sender, directory: Directory, opening: Opening | None
) -> tuple[OrganisationFacts, ...]:
    ids = [name.organisation for name in named if name.speaks]
    if opening is not None and opening.organisation is not None:
        ids.append(opening.organisation.id)
    if sender.kind in ("name", "latin"):
        ids += directory.names.whole(sender.text)
    return tuple(directory.organisations[organisation] for organisation in dict.fromkeys(ids))


def _disguises(text: str, directory: Directory) -> Iterable[tuple[str, str]]:
    if not _AT.search(text):
        return
    for before, behind in hidden_behind(normalise(text)):
        address, real = read_address(before), read_address(behind)
        if address is not None and real is not None and directory.owners(address):
            yield address.host, real.host


def _without_links(text: str, found: Iterable[Found]) -> str:
    pieces: list[str] = []
    done = 0
    for item in found:
        if item.kind == "url" and item.start >= done:
            pieces.append(text[done : item.start])
            done = item.end
    return "".join((*pieces, text[done:])).strip()


def _named_early(named: tuple[Named, ...], directory: Directory) -> Iterable[OrganisationFacts]:
    return (directory.organisations[one.organisation] for one in named if one.place < AGENCY_WITHIN)


def _names_agency(plain: str, speakers: tuple[OrganisationFacts, ...]) -> bool:
    if any(speaker.category in ("agency", "utility", "education", "hospital") for speaker in speakers):
        return True
    return (
        _AGENCY.search(plain[:AGENCY_WITHIN]) is not None
        or _ENGLISH_AGENCY.search(plain[:ENGLISH_AGENCY_WITHIN]) is not None
    )
