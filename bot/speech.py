"""From replies as data to replies in words: `say` keys become sentences, buttons get labels and opaque ids."""

from collections.abc import Mapping
from typing import Any

from bot.messages import Button, Reply
from bot.taps import Minted, mint
from lianfang.words import Words


class Speech:
    """The answer to one event, in one language; collects the taps its buttons need."""

    def __init__(self, words: Words, language: str, operator: str) -> None:
        self._words = words
        self._language = language
        self._always = {"operator": operator}
        self.taps: list[Minted] = []

    def line(self, key: str, params: Mapping[str, Any] | None = None) -> str:
        """One sentence; a parameter may be words itself: `{key, params}`, or a list of such lines."""
        values = {name: self._in_words(value) for name, value in (params or {}).items()}
        return self._words.say(key, self._language, {**self._always, **values})

    def _in_words(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(str(self._in_words(one)) for one in value)
        if isinstance(value, Mapping) and "key" in value:
            return self.line(value["key"], value.get("params"))
        return value

    def reply(self, data: Mapping[str, Any]) -> Reply:
        """One message as actions made it: `{say, card, buttons, urgent}` or `{said}` (already in words)."""
        if "said" in data:
            return Reply(text=data["said"])
        if data.get("lang", self._language) != self._language:
            return self._in_another_language(data)
        text = "\n".join(self.line(item["key"], item.get("params")) for item in data["say"])
        return Reply(
            text=text,
            card=data.get("card"),
            buttons=tuple(self._button(button, text) for button in data.get("buttons") or ()),
            urgent=bool(data.get("urgent")),
        )

    def _in_another_language(self, data: Mapping[str, Any]) -> Reply:
        """A reply after a change of language within the turn."""
        other = Speech(self._words, data["lang"], self._always["operator"])
        other.taps = self.taps
        return other.reply(data)

    def plain(self, key: str, params: Mapping[str, Any] | None = None, *, urgent: bool = False) -> Reply:
        """A reply of one sentence."""
        return Reply(text=self.line(key, params), urgent=urgent)

    def _button(self, button: Mapping[str, Any], text: str) -> Button:
        label = self.line(button["key"], button.get("words") or button.get("params"))
        if "goal" in button:
            tap = mint(button["goal"], dict(button.get("params") or {}))
            self.taps.append(tap)
            return Button(label, payload=tap.id)
        if "share" in button:
            return Button(label, share=text)
        kind = next(kind for kind in ("url", "tel") if kind in button)
        return Button(label, **{kind: str(button[kind])})
