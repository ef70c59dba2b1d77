"""A small real server in place of api.line.me: LINE's specification, and the rules a schema cannot state."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from aiohttp import web
from aiohttp.test_utils import TestServer

from lianfang.clock import Clock
from tests.fakes.faults import Faults
from tests.fakes.line_documents import document_faults
from tests.fakes.vendor_specs import line_messaging

TOKEN_LIFE = timedelta(seconds=60)
SCHEMAS = {
    "/v2/bot/message/reply": "ReplyMessageRequest",
    "/v2/bot/message/push": "PushMessageRequest",
    "/v2/bot/chat/loading/start": "ShowLoadingAnimationRequest",
}


@dataclass(frozen=True)
class Call:
    """One request as it arrived; `status` is what it was answered."""

    path: str
    body: dict[str, Any]
    retry_key: str | None
    status: int


@dataclass
class FakeLine:
    """`shown` is what people see; `violations` must stay empty: LINE would have refused those requests."""

    clock: Clock
    access_token: str = "line-access-token"
    retry_after: str | None = "7"
    faults: Faults = field(default_factory=Faults)
    blocked: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    shown: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    loading: list[str] = field(default_factory=list)
    profile_languages: dict[str, str] = field(default_factory=dict)
    _tokens: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    _accepted: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    _server: TestServer | None = None

    async def start(self) -> str:
        app = web.Application()
        app.router.add_get("/v2/bot/profile/{person}", self._profile)
        app.router.add_post("/{path:.*}", self._answer)
        self._server = TestServer(app)
        await self._server.start_server()
        return str(self._server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.close()

    def issue_token(self, token: str, conversation: str) -> None:
        """What a webhook does: the token works once, within a minute from now."""
        self._tokens[token] = (conversation, self.clock())

    def forget_tokens(self) -> None:
        """What LINE may do after half a minute."""
        self._tokens.clear()

    async def _profile(self, request: web.Request) -> web.Response:
        person = request.match_info["person"]
        profile = {"userId": person, "displayName": "阿明"}
        if language := self.profile_languages.get(person):
            profile["language"] = language
        return web.json_response(profile)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        retry_key = request.headers.get("X-Line-Retry-Key")
        headers = {"Retry-After": self.retry_after} if self.retry_after else {}
        too_fast = web.json_response(
            {"message": "You have reached your rate limit."}, status=429, headers=headers
        )

        async def act() -> web.Response:
            return self._act(request, body, retry_key)

        answer = await self.faults.play(request, act, too_fast)
        self.calls.append(Call(request.path, body, retry_key, answer.status))
        return answer

    def _act(self, request: web.Request, body: dict[str, Any], retry_key: str | None) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.access_token}":
            return _refuse(401, "Authentication failed. Confirm that the access token is valid.")
        if request.path not in SCHEMAS:
            return _refuse(404, "Not found")
        wrong = [*_against_spec(SCHEMAS[request.path], body), *document_faults(body)]
        if wrong:
            self.violations += wrong
            return _refuse(400, f"The request body has {len(wrong)} error(s)")
        if request.path.endswith("/start"):
            return self._load(body["chatId"])
        return (
            self._reply(body, retry_key) if request.path.endswith("/reply") else self._push(body, retry_key)
        )

    def _load(self, chat: str) -> web.Response:
        if not chat.startswith("U"):
            return _refuse(400, "Invalid chat ID")
        self.loading.append(chat)
        return web.json_response({}, status=202)

    def _reply(self, body: dict[str, Any], retry_key: str | None) -> web.Response:
        if retry_key is not None:
            self.violations.append("retry key on reply")
            return _refuse(400, "Retry key is not available for this API")
        conversation, issued_at = self._tokens.pop(body["replyToken"], ("", datetime.min))  # noqa: DTZ901
        if not conversation or self.clock() - issued_at > TOKEN_LIFE:
            return _refuse(400, "Invalid reply token")
        return self._show(conversation, body["messages"])

    def _push(self, body: dict[str, Any], retry_key: str | None) -> web.Response:
        if retry_key is not None and not _is_uuid(retry_key):
            self.violations.append("retry key is no UUID")
            return _refuse(400, "Invalid retry key")
        if body["to"] in self.blocked:
            return _refuse(403, "Forbidden")
        if retry_key in self._accepted:
            sent = {"message": "The retry key is already accepted", "sentMessages": self._accepted[retry_key]}
            return web.json_response(
                sent, status=409, headers={"x-line-accepted-request-id": f"r-{retry_key}"}
            )
        answer = self._show(body["to"], body["messages"])
        if retry_key is not None:
            self._accepted[retry_key] = self._sent(body["to"], len(body["messages"]))
        return answer

    def _show(self, conversation: str, messages: list[dict[str, Any]]) -> web.Response:
        self.shown[conversation] += messages
        return web.json_response({"sentMessages": self._sent(conversation, len(messages))})

    def _sent(self, conversation: str, count: int) -> list[dict[str, str]]:
        last = len(self.shown[conversation])
        return [{"id": str(number)} for number in range(last - count + 1, last + 1)]


def _refuse(status: int, message: str) -> web.Response:
    return web.json_response({"message": message}, status=status)


def _is_uuid(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None and bool(UUID(text))


def _against_spec(schema: str, body: dict[str, Any]) -> list[str]:
    spec = line_messaging()
    return spec.faults(schema, body) if spec else []
