"""Who is talked to: our gateway over its terminal channel, or a Rasa over its own REST channel."""

import itertools
import json
from typing import Any, Protocol

import aiohttp

from bench.turns.dialogues import Step
from cli.wire import Wire
from lianfang.ids import new_id, new_token
from lianfang.words import LANGUAGES, Words

ENGLISH_CHOSEN, CHINESE_CHOSEN = "utter_language_now_en", "utter_language_now_zh"
ANSWER_WITHIN = aiohttp.ClientTimeout(total=120)


class Silence(Exception):
    """Nobody answered the turn."""


class Talk(Protocol):
    """One conversation: says a step and waits for its whole answer; False when the button was not there."""

    async def say(self, step: Step) -> bool: ...


class GatewayTalk:
    """A person at the terminal channel; buttons are known by their words, as a person knows them."""

    def __init__(self, wire: Wire, words: Words) -> None:
        self._wire = wire
        self._words = words
        self._user = new_token("u")
        self._buttons: dict[str, str] = {}

    async def say(self, step: Step) -> bool:
        payload = self._payload(step.button)
        if payload is None:
            answer = await self._wire.say(self._user, "text", step.text)
        else:
            answer = await self._wire.say(self._user, "tap", payload)
        if answer.error or not answer.replies:
            raise Silence(answer.error)
        buttons = [button for reply in answer.replies for button in reply["buttons"]]
        self._buttons = {button["label"]: button["payload"] for button in buttons}
        return step.button is None or payload is not None

    def _payload(self, key: str | None) -> str | None:
        labels = [self._words.say(key, language) for language in LANGUAGES] if key else []
        return next((self._buttons[label] for label in labels if label in self._buttons), None)


class RestTalk:
    """A conversation of a Rasa, with the metadata that our gateway would send; a tap is `/goal{…}`."""

    def __init__(self, http: aiohttp.ClientSession, url: str, person: str, language: str) -> None:
        self._http = http
        self._url = url
        self._person = person
        self._language = language
        self._sender = new_token("s")
        self._buttons: dict[str, str] = {}

    async def say(self, step: Step) -> bool:
        tap = self._buttons.get(step.button) if step.button else None
        metadata = {
            "event": new_id("in"),
            "person": self._person,
            "conversation": self._sender,
            "channel": "terminal",
            "lang": self._language,
            "kind": "tap" if tap else "text",
            "group": False,
            "shown_since_core": False,
        }
        body = {"sender": self._sender, "message": tap or step.text, "metadata": metadata}
        async with self._http.post(self._url, json=body, timeout=ANSWER_WITHIN) as response:
            said = await response.json()
        replies: list[dict[str, Any]] = [one["custom"] for one in said if one.get("custom")]
        if response.status != 200 or not replies:
            raise Silence(f"{response.status}")
        keys = {line["key"] for reply in replies for line in reply["say"]}
        if keys & {ENGLISH_CHOSEN, CHINESE_CHOSEN}:
            self._language = "en" if ENGLISH_CHOSEN in keys else "zh-TW"
        buttons = itertools.chain.from_iterable(reply["buttons"] for reply in replies)
        self._buttons = {button["key"]: _tapped(button) for button in buttons if button.get("goal")}
        return step.button is None or tap is not None


def _tapped(button: dict[str, Any]) -> str:
    params = json.dumps(button["params"], ensure_ascii=False) if button.get("params") else ""
    return f"/{button['goal']}{params}"
