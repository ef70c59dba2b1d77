"""A conversation with the actions as Rasa would run them: the form first, then the rule of the intent."""

from dataclasses import dataclass, field
from typing import Any

import yaml
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.goal_form import COMPLETE
from actions.open_goal import ANSWER, FORM
from actions.outcome import LISTEN
from actions.server import make_actions
from actions.services import Services
from tests.conftest import ROOT
from tests.unit.actions.turns import acted, bot, tracker_of

RULES = yaml.safe_load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
ACTION_OF = {
    rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in RULES if "intent" in rule["steps"][0]
}


@dataclass
class Talk:
    """`await talk.says("檢舉 a.top", "report_site")`, then look at `talk.keys`."""

    services: Services
    slots: dict[str, Any] = field(default_factory=dict)
    form: str | None = None
    past: list[dict[str, Any]] = field(default_factory=list)
    replies: list[dict[str, Any]] = field(default_factory=list)
    since: list[dict[str, Any]] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)
    now: float = 1000.0
    turns: int = 0

    @property
    def keys(self) -> list[str]:
        return [line["key"] for reply in self.replies for line in reply["say"]]

    @property
    def params(self) -> dict[str, Any]:
        """Of the last thing said."""
        return dict(self.replies[-1]["say"][-1]["params"])

    @property
    def open(self) -> dict[str, Any] | None:
        return self.slots.get("open_goal") if self.form else None

    def button(self, key: str) -> dict[str, Any]:
        buttons = [button for reply in self.replies for button in reply["buttons"] if button["key"] == key]
        assert buttons, (
            f"no {key} among {[button['key'] for reply in self.replies for button in reply['buttons']]}"
        )
        return dict(buttons[0])

    async def says(
        self, text: str, intent: str = "inform", confidence: float = 0.9, **changes: Any
    ) -> "Talk":
        return await self._turn(text, intent, confidence, kind="text", **changes)

    async def taps(self, key: str) -> "Talk":
        return await self.taps_button(self.button(key))

    async def taps_button(self, button: dict[str, Any]) -> "Talk":
        return await self._turn(
            f"/{button['goal']}", button["goal"], 1.0, kind="tap", entities=button["params"]
        )

    async def _turn(self, text: str, intent: str, confidence: float, **changes: Any) -> "Talk":
        self.turns += 1
        self.now += 5
        self.replies, self.since = [], []
        self.given = {
            "text": text,
            "intent": intent,
            "confidence": confidence,
            "event": f"evt_{self.turns}",
            "at": self.now,
            **changes,
        }
        action = await self._in_form() if self.form else ACTION_OF[intent]
        while action != LISTEN:
            action = await self._act(action)
        self.past = self._tracker().events
        return self

    def _tracker(self) -> Tracker:
        tracker = tracker_of(**self.given, slots=self.slots, form=self.form, before=self.past)
        tracker.events.extend(self.since)
        return tracker

    async def _in_form(self) -> str:
        tracker = self._tracker()
        tracker.events.append({"event": "slot", "name": ANSWER, "value": self.given["text"]})
        events = await self._run(f"validate_{FORM}", tracker)
        if any(event["event"] == "action_execution_rejected" for event in events):
            return str(ACTION_OF[self.given["intent"]])
        if self.slots.get(ANSWER) == COMPLETE:
            self.form = None
            return "action_finish_goal"
        return FORM

    async def _act(self, name: str) -> str:
        if name == FORM:
            if self.form is None:  # Rasa validates as it opens the form, with nothing to hear yet
                tracker = self._tracker()
                tracker.events.append({"event": "slot", "name": ANSWER, "value": None})
                assert not await self._run(f"validate_{FORM}", tracker)
            self.form = FORM
            await self._run("action_ask_answer", self._tracker())
            return LISTEN
        events = await self._run(name, self._tracker())
        return next((str(event["name"]) for event in events if event["event"] == "followup"), LISTEN)

    async def _run(self, name: str, tracker: Tracker) -> list[dict[str, Any]]:
        dispatcher = CollectingDispatcher()
        events: list[dict[str, Any]] = await self._action(name).run(dispatcher, tracker, {})
        said = [message["custom"] for message in dispatcher.messages]
        self.replies += said
        self.since += [acted(name), *(bot(reply, self.now) for reply in said), *events]
        for event in events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            if event["event"] == "active_loop":
                self.form = event["name"]
        return events

    def _action(self, name: str) -> Action:
        return next(action for action in make_actions(self.services) if action.name() == name)
