"""A small real server in place of api.telegram.org: the Bot API's description, and what it does not state."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.test_utils import TestServer

from lianfang.clock import Clock
from tests.fakes.faults import Faults
from tests.fakes.telegram_spec import telegram_spec


@dataclass(frozen=True)
class Call:
    """One request as it arrived; `status` is what it was answered."""

    method: str
    form: dict[str, str]
    status: int


@dataclass
class FakeTelegram:
    """`shown` is what people see; `violations` must stay empty: Telegram would have refused those requests.

    Faults are played on `sendMessage` only, so that a test counts messages and nothing else.
    """

    clock: Clock
    bot_token: str = "123456:bot-token"
    retry_after: int = 7
    faults: Faults = field(default_factory=Faults)
    blocked: set[str] = field(default_factory=set)
    unknown_chats: set[str] = field(default_factory=set)
    calls: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    shown: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    typing: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    _server: TestServer | None = None

    async def start(self) -> str:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._answer)
        self._server = TestServer(app)
        await self._server.start_server()
        return str(self._server.make_url("")).rstrip("/")

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.close()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        form = {name: str(value) for name, value in (await request.post()).items()}
        too_fast = _refuse(429, "Too Many Requests", {"retry_after": self.retry_after})

        async def act() -> web.Response:
            return self._act(request.match_info["token"], method, form)

        answer = await (self.faults.play(request, act, too_fast) if method == "sendMessage" else act())
        self.calls.append(Call(method, form, answer.status))
        return answer

    def _act(self, token: str, method: str, form: dict[str, str]) -> web.Response:
        if token != self.bot_token:
            return _refuse(401, "Unauthorized")
        markup = json.loads(form.get("reply_markup", "{}"))
        wrong = [*_against_spec(method, form), *document_faults({**form, "reply_markup": markup})]
        if wrong:
            self.violations += wrong
            return _refuse(400, f"Bad Request: {wrong[0]}")
        if method == "answerCallbackQuery":
            return self._answer_tap(form["callback_query_id"])
        return self._in_chat(method, form)

    def _in_chat(self, method: str, form: dict[str, str]) -> web.Response:
        if form["chat_id"] in self.unknown_chats:
            return _refuse(400, "Bad Request: chat not found")
        if form["chat_id"] in self.blocked:
            return _refuse(403, "Forbidden: bot was blocked by the user")
        if method == "sendChatAction":
            self.typing.append(form["chat_id"])
            return _accept(result=True)
        return self._show(form)

    def _answer_tap(self, query: str) -> web.Response:
        if query in self.answered:
            return _refuse(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self.answered.append(query)
        return _accept(result=True)

    def _show(self, form: dict[str, str]) -> web.Response:
        shown = self.shown[form["chat_id"]]
        markup = json.loads(form["reply_markup"]) if "reply_markup" in form else None
        shown.append({"text": form["text"], **({"reply_markup": markup} if markup else {})})
        return _accept(
            {
                "message_id": len(shown),
                "date": int(self.clock().timestamp()),
                "chat": {"id": int(form["chat_id"]), "type": "private"},
                "text": form["text"],
            }
        )


def _accept(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refuse(status: int, description: str, parameters: dict[str, Any] | None = None) -> web.Response:
    body = {"ok": False, "error_code": status, "description": description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=status)


def _against_spec(method: str, form: dict[str, str]) -> list[str]:
    spec = telegram_spec()
    return spec.faults(method, form) if spec else []


def document_faults(message: dict[str, Any]) -> list[str]:
    """Limits the machine-readable description does not state."""
    return list(_document_faults(message))


def _document_faults(message: dict[str, Any]) -> Iterator[str]:
    if "text" in message and not 1 <= len(message["text"].strip().encode("utf-16-le")) // 2 <= 4096:
        yield "text: 1 to 4096 UTF-16 code units"
    if "parse_mode" in message:
        yield "parse_mode: our texts hold strangers' words and must stay plain"
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            if len(button.keys() & {"callback_data", "url", "switch_inline_query"}) != 1:
                yield "button: exactly one kind"
            if not button["text"].strip() or not 1 <= len(button.get("callback_data", "t").encode()) <= 64:
                yield "button: a label, and callback_data of 1 to 64 bytes"
            address = urlsplit(button.get("url", "https://t.me"))
            if address.scheme not in {"http", "https", "tg"} or address.hostname == "localhost":
                yield "url: refused on a button"
