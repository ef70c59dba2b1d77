"""Turns as Rasa hands them to actions, and what actions did with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from tests.unit.actions.locks import issuer

SENT = "2026-11-22T06:05:00.000Z"
CHECK: dict[str, Any] = {
    "id": "chk_1",
    "version": "1",
    "verdict": "unknown",
    "score": 20,
    "reasons": [
        {"code": "not_listed", "params": {"what": "abc[.]store", "until": "11/20"}, "source": "165",
         "as_of": "2026-11-20T00:00:00.000Z"}
    ],
    "indicators": [
        {"kind": "domain", "shown": "abc[.]store", "listed": False, "source": "165", "as_of": None}
    ],
    "organisation": None,
    "campaign": None,
    "advice": ["do_not_tap", "call_organisation", "ask_165"],
    "asks": ["sender"],
    "judged_by": "rules",
    "checked_at": "2026-11-22T06:05:00.000Z",
    "expires_at": "2026-11-23T06:05:00.000Z",
    "supersedes": None,
}  # fmt: skip
WAY = {"phone": "165", "url": "https://165.npa.gov.tw"}
FILED: dict[str, Any] = {
    "number": "LF-7F3K-92QX",
    "lane": "site",
    "state": "reported",
    "others": 0,
    "again": False,
    "status": "none",
    "way": WAY,
    "evidence_text": "檢舉：詐騙網站",
}
APPEALED: dict[str, Any] = {
    "number": "LF-7F3K-92QX",
    "state": "filed",
    "due_at": "2026-11-25T06:05:00.000Z",
    "found": False,
    "way": WAY,
}


@dataclass
class FakeServices:
    """Answers with `answer` and `status`, or what stands in `by_path`, and remembers what was posted."""

    answer: dict[str, Any] = field(default_factory=lambda: dict(CHECK))
    status: int = 200
    by_path: dict[str, Any] = field(
        default_factory=lambda: {
            "/v1/issuers": {"issuers": [issuer("MyCard")]},
            "/v1/locks/mine": {"cases": []},
            "/v1/reports": dict(FILED),
            "/v1/appeals": dict(APPEALED),
            "/v1/hotline": {"status": "none"},
        }
    )  # path -> answer, or a refusal: its status, perhaps with its code
    asked: list[tuple[str, dict[str, Any], Mapping[str, str]]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        if request.method == "POST":
            self.asked.append((request.path, await request.json(), request.headers.copy()))
        answer = self.by_path.get(request.path, self.answer if self.status < 400 else self.status)
        if isinstance(answer, tuple):
            status, code = answer
            return web.json_response({"code": code}, status=status)
        if isinstance(answer, int):
            return web.json_response({"code": "not_found"}, status=answer)
        return web.json_response(answer)


def user(text: str, timestamp: float = 1000.0, intent: str = "", **metadata: Any) -> dict[str, Any]:
    """A user event as it stands in a tracker."""
    return {
        "event": "user",
        "text": text,
        "timestamp": timestamp,
        "metadata": metadata,
        "parse_data": {"intent": intent},
    }


def bot(custom: dict[str, Any], at: float = 900.0) -> dict[str, Any]:
    return {"event": "bot", "text": None, "data": {"custom": custom}, "timestamp": at}


def acted(name: str) -> dict[str, Any]:
    return {"event": "action", "name": name}


@dataclass(frozen=True)
class Said:
    """What an action did: its messages as data, the slots it set, what goes on from here."""

    messages: list[dict[str, Any]]
    events: list[dict[str, Any]]

    @property
    def reply(self) -> dict[str, Any]:
        assert len(self.messages) == 1
        return self.messages[0]

    @property
    def keys(self) -> list[str]:
        return [line["key"] for line in self.reply["say"]]

    @property
    def goals(self) -> list[str]:
        return [button["goal"] for button in self.reply["buttons"] if "goal" in button]

    @property
    def slots(self) -> dict[str, Any]:
        return {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}

    @property
    def then(self) -> str | None:
        return next((event["name"] for event in self.events if event["event"] == "followup"), None)

    @property
    def closed_form(self) -> bool:
        return {"event": "active_loop", "timestamp": None, "name": None} in self.events


def _entity(text: str, name: str, value: str) -> dict[str, Any]:
    """With its place, when it was written as it is called."""
    start = text.lower().find(value.lower())
    place = {"start": start, "end": start + len(value)} if start >= 0 else {}
    return {"entity": name, "value": value, **place}


def tracker_of(
    text: str = "",
    *,
    intent: str = "",
    kind: str = "text",
    slots: dict[str, Any] | None = None,
    entities: Mapping[str, str | tuple[str, ...]] | None = None,
    before: list[dict[str, Any]] | None = None,
    form: str | None = None,
    at: float = 1000.0,
    sent: str = SENT,
    ranking: tuple[str, ...] = (),
    confidence: float = 0.9,
    **metadata: Any,
) -> Tracker:
    facts = {
        "event": "evt_1",
        "person": "p_1",
        "lang": "zh-TW",
        "kind": kind,
        "group": False,
        "at": sent,
        **metadata,
    }
    several = {
        name: (value,) if isinstance(value, str) else value for name, value in (entities or {}).items()
    }
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [{"name": name} for name in ranking],
        "entities": [_entity(text, name, value) for name, values in several.items() for value in values],
        "metadata": facts,
    }
    events = [*(before or []), acted("action_listen"), user(text, at, intent, **facts)]
    known = {"lang": "zh-TW", **(slots or {})}
    return Tracker.from_dict(
        {
            "sender_id": "s_1",
            "slots": known,
            "latest_message": message,
            "events": events,
            "active_loop": {"name": form} if form else {},
            "latest_action_name": "action_listen",
        }
    )


async def run(action: Action, tracker: Tracker) -> Said:
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, tracker, {})
    return Said([message["custom"] for message in dispatcher.messages], events)
