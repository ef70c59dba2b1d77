"""One turn: who speaks, what they mean, what the core says, and what we add for their safety."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import structlog

from bot import conversations
from bot.channels.port import Channel
from bot.core import Core, CoreDown
from bot.inbox import Claimed, Inbox
from bot.messages import Reply
from bot.speech import Speech
from bot.taps import Minted
from bot.taps import read as read_tap
from bot.typed import escape, is_command
from lianfang.client import ServiceRefused, ServiceUnavailable
from lianfang.clock import Clock, rfc3339
from lianfang.database import Database
from lianfang.text.distress import find_distress
from lianfang.text.find import find_all
from lianfang.text.forwarded import looks_forwarded
from lianfang.text.language import guess_language
from lianfang.verdicts import verdict_reply
from lianfang.words import DEFAULT_LANGUAGE, Words
from services.people.client import PeopleClient, Person
from services.registry.client import RegistryClient

log = structlog.get_logger(__name__)

# What is answered without the core, by kind of event.
FIXED_WORDS = {
    "image": "utter_no_pictures",
    "unreadable": "utter_unreadable",
    "followed": "utter_welcome",
    "joined": "utter_group_joined",
}
SMALL_TALK = 40  # characters


@dataclass(frozen=True)
class Answer:
    """What to send for one event, and what to remember when it is stored."""

    replies: list[Reply]
    outcome: str
    language: str = DEFAULT_LANGUAGE
    person: str | None = None
    taps: list[Minted] = field(default_factory=list)
    session: str | None = None
    in_form: bool = False
    erased: bool = False


class TryAgain(Exception):
    """No answer can be made now; `holding` is what to say meanwhile."""

    def __init__(self, holding: list[Reply]) -> None:
        super().__init__("try again")
        self.holding = holding


class Turns:
    """Makes the answer to one claimed event; sends nothing."""

    def __init__(
        self,
        database: Database,
        inbox: Inbox,
        clock: Clock,
        words: Words,
        operator: str,
        people: PeopleClient,
        registry: RegistryClient,
        core: Core,
        channels: Mapping[str, Channel],
    ) -> None:
        self._database = database
        self._inbox = inbox
        self._clock = clock
        self._words = words
        self._operator = operator
        self._people = people
        self._registry = registry
        self._core = core
        self._channels = channels

    async def answer(self, claimed: Claimed) -> Answer | None:
        """The answer to an event, None when there is nothing to say. Raises TryAgain."""
        inbound = claimed.inbound
        if inbound.kind == "unsent":
            await self._forget(claimed)
            return None
        if inbound.kind == "joined":
            speech = self._speech(DEFAULT_LANGUAGE)
            return Answer([speech.plain(FIXED_WORDS[inbound.kind])], inbound.kind)
        text = inbound.text or ""
        heard = guess_language(text) if inbound.kind == "text" and not looks_forwarded(text) else None
        try:
            person = await self._recognise(claimed, heard, inbound.app_language)
            if person.show_privacy and heard is None and inbound.app_language is None:
                app_language = await self._channels[inbound.channel].profile_language(inbound.person or "")
                if app_language is not None:
                    person = await self._recognise(claimed, heard, app_language)
        except ServiceUnavailable as error:
            key = await self._holding(claimed)
            raise TryAgain(self.first_aid(text, heard or DEFAULT_LANGUAGE, key)) from error
        speech = self._speech(person.language)
        answer = await self._say(claimed, person, speech)
        replies = _put_first_things_first(answer.replies, text, speech)
        if person.show_privacy and not answer.erased:
            replies = [*replies[:-1], _with_line(replies[-1], speech.line("utter_privacy"))]
        return replace(answer, replies=replies, language=person.language, person=person.id, taps=speech.taps)

    async def _holding(self, claimed: Claimed) -> str:
        """Of a message it is looked up; an answer to what was asked is still to be done."""
        before = await conversations.standing(self._database, claimed.conversation)
        is_answer = before is not None and before.in_form and not _can_be_checked(claimed.inbound.text or "")
        return "utter_holding_answer" if is_answer else "utter_holding"

    def give_up(self, claimed: Claimed) -> list[Reply]:
        """What is said when every attempt failed: an apology and the phone."""
        text = claimed.inbound.text or ""
        return self.first_aid(text, guess_language(text) or DEFAULT_LANGUAGE, "utter_failed")

    def first_aid(self, text: str, language: str, key: str) -> list[Reply]:
        """One fixed sentence, after the emergency lines the text asks for."""
        speech = self._speech(language)
        return _put_first_things_first([speech.plain(key)], text, speech)

    def _speech(self, language: str) -> Speech:
        return Speech(self._words, language, self._operator)

    async def _recognise(self, claimed: Claimed, heard: str | None, app_language: str | None) -> Person:
        inbound = claimed.inbound
        return await self._people.recognise(
            channel=inbound.channel,
            address=inbound.person or inbound.conversation,
            event=claimed.id,
            language_heard=heard,
            app_language=_supported(app_language),
        )

    async def _say(self, claimed: Claimed, person: Person, speech: Speech) -> Answer:
        inbound = claimed.inbound
        if inbound.kind in FIXED_WORDS:
            fixed = speech.plain(FIXED_WORDS[inbound.kind])
            if inbound.kind != "image" or not inbound.text:
                return Answer([fixed], inbound.kind)
            told = await self._converse(claimed, person, speech)  # the words below a picture can be read
            return replace(told, replies=[fixed, *told.replies])
        return await self._converse(claimed, person, speech)

    async def _converse(self, claimed: Claimed, person: Person, speech: Speech) -> Answer:
        inbound = claimed.inbound
        before = await conversations.standing(self._database, claimed.conversation)
        message = await self._message(claimed, person)
        if message is None:
            key = "utter_stale_tap" if inbound.kind == "tap" else "utter_unreadable"
            return Answer([speech.plain(key)], key.removeprefix("utter_"))
        core_session = conversations.session_for_turn(before, claimed.id, self._clock())
        was_shown = before is not None and before.shown_since_core
        try:
            metadata = self._metadata(claimed, person) | {"shown_since_core": was_shown}
            said = await self._core.turn(core_session, message, metadata)
        except CoreDown as error:
            log.warning("core down", trace=claimed.id, reason=str(error)[:60])
            return await self._without_core(claimed, person, speech)
        if before is not None and before.session != core_session:
            await self._core.forget(before.session)
        cards = [one.get("card") or {} for one in said.messages]
        kinds = {card.get("kind") for card in cards}
        erased = "erased" in kinds
        if erased:
            await self._core.forget(core_session)
        if "check_unavailable" in kinds and inbound.text:
            # The core remembers this turn and would say the same again, so the check is asked for here.
            replies = await self._check_or_hold(claimed, person, speech)
        else:
            replies = [speech.reply(one) for one in said.messages]
        return Answer(
            replies,
            "erased" if erased else "answered",
            session=core_session,
            in_form=said.in_form or any(card.get("confirms") for card in cards),
            erased=erased,
        )

    async def _message(self, claimed: Claimed, person: Person) -> str | None:
        inbound = claimed.inbound
        if inbound.kind != "tap":
            return escape(inbound.text or "")
        return await self._database.look(
            lambda session: read_tap(
                session,
                inbound.tap or "",
                person=person.id,
                conversation=claimed.conversation,
                now=self._clock(),
            )
        )

    def _metadata(self, claimed: Claimed, person: Person) -> dict[str, Any]:
        inbound = claimed.inbound
        return {
            "event": claimed.id,
            "person": person.id,
            "conversation": claimed.conversation,
            "channel": inbound.channel,
            "lang": person.language,
            "kind": inbound.kind,
            "group": inbound.is_group,
            "at": rfc3339(inbound.sent_at),
            "typed_command": inbound.kind != "tap" and is_command(inbound.text or ""),
        }

    async def _without_core(self, claimed: Claimed, person: Person, speech: Speech) -> Answer:
        limited = speech.plain("utter_limited_mode")
        text = claimed.inbound.text or ""
        if claimed.inbound.kind == "tap" or find_distress(text) or not _can_be_checked(text):
            return Answer([limited], "without_core")
        (checked,) = await self._check_or_hold(claimed, person, speech)
        lines = [f"{limited.text}\n\n{checked.text}"]
        if (checked.card or {}).get("verdict") == "fraud":
            lines.append(speech.line("utter_appeal_later"))
        # Its buttons lead to the core, which is away
        return Answer([replace(checked, text="\n".join(lines), buttons=())], "without_core")

    async def _check_or_hold(self, claimed: Claimed, person: Person, speech: Speech) -> list[Reply]:
        """The check service's verdict on what was written. Raises TryAgain."""
        text = claimed.inbound.text or ""
        try:
            check = await self._registry.check(text, via="forwarded", person=person.id, event=claimed.id)
        except ServiceUnavailable as error:
            raise TryAgain(self.first_aid(text, person.language, "utter_holding")) from error
        except ServiceRefused:
            return [speech.plain("utter_check_unavailable")]
        return [speech.reply(verdict_reply(check).as_json())]

    async def _forget(self, claimed: Claimed) -> None:
        """The person took a message back: forget the check and the session that quoted it."""
        event = await self._inbox.event_of_message(claimed.inbound)
        if event is not None:
            try:
                await self._registry.forget(event)
            except ServiceUnavailable as error:
                raise TryAgain([]) from error
        before = await conversations.standing(self._database, claimed.conversation)
        if before is not None:
            await self._core.forget(before.session)


def _put_first_things_first(replies: Sequence[Reply], text: str, speech: Speech) -> list[Reply]:
    """Words of self-harm or loss put their lines before any answer (design rule 2)."""
    distress = find_distress(text)
    emergency = [reply for reply in replies if _kind(reply) == "emergency"]
    others = [reply for reply in replies if _kind(reply) != "emergency"]
    if distress.loss and not emergency:
        emergency = [speech.plain("utter_emergency_line", urgent=True)]
    if not distress.self_harm:
        return [*emergency, *others]
    # Small talk after such words would hurt: only a verdict may follow
    verdicts = [reply for reply in others if _kind(reply) == "verdict"]
    return [speech.plain("utter_self_harm", urgent=True), *emergency, *verdicts]


def _kind(reply: Reply) -> str | None:
    return (reply.card or {}).get("kind")


def _can_be_checked(text: str) -> bool:
    """More than small talk: something to look up, or the shape or length of a message."""
    return len(text) > SMALL_TALK or looks_forwarded(text) or bool(find_all(text))


def _with_line(reply: Reply, line: str) -> Reply:
    return replace(reply, text=f"{reply.text}\n\n{line}")


def _supported(language: str | None) -> str | None:
    """The app's language as one of ours."""
    if language is None:
        return None
    if re.match(r"zh\b|zh_", language, re.IGNORECASE):
        return "zh-TW"
    return "en" if re.match(r"en\b|en_", language, re.IGNORECASE) else None
