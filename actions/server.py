"""The action server on rasa-sdk: one process, one event loop, loopback only, no text in logs."""

import hmac
import warnings
from typing import Any

import structlog
from rasa_sdk import Action
from rasa_sdk.endpoint import create_app
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult, CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json as json_response

from actions.answering import Answering
from actions.ask_info import ActionAskInfo
from actions.confirm import ActionAffirm, ActionCancel, ActionDeny
from actions.goal_actions import ActionFinishGoal, ActionGoal, ActionStaleTap
from actions.goal_form import ActionAskAnswer, ValidateGoalForm
from actions.open_goal import FORM_SLOTS
from actions.outcome import LISTEN
from actions.services import Services
from actions.session import ActionSessionStart
from actions.small_talk import ActionGreet, ActionHelp, ActionOutOfScope, ActionTalkToHuman, ActionThanks
from actions.unsure import ActionInform, ActionUnsure
from lianfang.replies import CALL_165, says
from lianfang.settings import Settings
from lianfang.web import where

log = structlog.get_logger(__name__)

LOOPBACK = "127.0.0.1"
OPEN_PATHS = frozenset({"/health"})

ANSWERING: tuple[type[Answering], ...] = (
    ActionAffirm,
    ActionAskInfo,
    ActionCancel,
    ActionDeny,
    ActionFinishGoal,
    ActionGoal,
    ActionGreet,
    ActionHelp,
    ActionInform,
    ActionOutOfScope,
    ActionStaleTap,
    ActionTalkToHuman,
    ActionThanks,
    ActionUnsure,
)


def make_actions(services: Services) -> list[Action]:
    within_forms = (ActionAskAnswer(), ActionSessionStart(), ValidateGoalForm(services))
    return [*(action(services) for action in ANSWERING), *within_forms]


class HonestExecutor(ActionExecutor):  # type: ignore[misc]  # rasa-sdk is untyped
    """A defect becomes an apology: the SDK would send the message back in its error, for others to log."""

    async def run(
        self,
        action_call: dict[str, Any],
        sink: Any = None,
        dispatcher: CollectingDispatcher | None = None,
    ) -> ActionExecutorRunResult | None:
        try:
            return await super().run(action_call, sink, dispatcher)
        except (ActionExecutionRejection, ActionNotFoundException):
            raise
        except Exception as error:  # noqa: BLE001 -- nobody is left silent
            log.warning("action failed", where=where(error), error=type(error).__name__)
            return apology()

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:  # noqa: ARG002
        """Our actions never read the domain, so Rasa does not send it; the SDK would refuse that with 449."""
        return {}


def apology() -> ActionExecutorRunResult:
    """Says that it went wrong, and leaves no form open."""
    dispatcher = CollectingDispatcher()
    dispatcher.utter_message(json_message=says("utter_failed", buttons=[CALL_165]).as_json())
    events = [ActiveLoop(None), *(SlotSet(name, None) for name in FORM_SLOTS), FollowupAction(LISTEN)]
    return ActionExecutorRunResult(events=events, responses=dispatcher.messages)


def make_app(services: Services, key: str) -> Sanic[Any, Any]:
    """The rasa-sdk application with our actions; only the core, which has the key, may call it."""
    executor = HonestExecutor()
    for action in make_actions(services):
        executor.register_action(action)
    app: Sanic[Any, Any] = create_app(executor, cors_origins=None)
    expected = f"Bearer {key}".encode()

    async def refuse_strangers(request: Request) -> HTTPResponse | None:
        given = str(request.headers.get("authorization") or "").encode("utf-8", "replace")
        if request.path in OPEN_PATHS or hmac.compare_digest(given, expected):
            return None
        return json_response({"code": "unauthorized"}, status=401)

    app.register_middleware(refuse_strangers, "request")

    async def close(_app: Sanic[Any, Any]) -> None:
        await services.close()

    app.register_listener(close, "after_server_stop")
    return app


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. One process: actions wait for others, they do not compute."""
    warnings.filterwarnings("ignore", message="Your versions of rasa")  # 3.6 and 3.21 were tried together
    app = make_app(Services.connect(settings), settings.internal_key)
    app.prepare(host=LOOPBACK, port=settings.actions_port, single_process=True, access_log=False, motd=False)
    Sanic.serve_single(app)
