"""The base of every HTTP listener: bearer key, request id, and errors as RFC 9457 problems with a `code`."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog
from aiohttp import web
from pydantic import BaseModel, ValidationError

from lianfang.clock import Clock
from lianfang.database import Database
from lianfang.privacy import Vault

log = structlog.get_logger(__name__)

DATABASE = web.AppKey("database", Database)
VAULT = web.AppKey("vault", Vault)
CLOCK: web.AppKey[Clock] = web.AppKey("clock")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Model = TypeVar("Model", bound=BaseModel)

MAX_BODY_BYTES = 1024 * 1024


class Problem(Exception):
    """An answer that is an error: HTTP `status`, our stable `code`, and a title for developers (no user content)."""

    def __init__(self, status: int, code: str, title: str, **extra: Any) -> None:
        super().__init__(title)
        self.status = status
        self.code = code
        self.title = title
        self.extra = extra

    @property
    def body(self) -> dict[str, Any]:
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            **self.extra,
        }

    def response(self) -> web.Response:
        return web.json_response(self.body, status=self.status, content_type="application/problem+json")


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every error into a problem; an unexpected one is logged without its message, which may quote a person."""
    try:
        return await handler(request)
    except Problem as problem:
        return problem.response()
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return Problem(error.status, error.reason.lower().replace(" ", "_"), error.reason).response()
    except Exception as error:  # noqa: BLE001 -- the last line: the caller gets an honest 500
        resource = request.match_info.route.resource
        path = resource.canonical if resource else None
        log.error("request failed", path=path, error=type(error).__name__, where=where(error))
        return Problem(500, "internal_error", "Internal error").response()


def where(error: BaseException) -> str:
    """`module:line` of the innermost frame: enough to find a fault, nothing of what was said."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"


def bearer(key: str, *, open_paths: frozenset[str] = frozenset()) -> Any:
    """Middleware: only callers with the internal key, except for `open_paths` (health)."""
    expected = f"Bearer {key}".encode()

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if request.path not in open_paths and not hmac.compare_digest(given, expected):
            raise Problem(401, "unauthorized", "Missing or wrong bearer key")
        return await handler(request)

    return check


async def read_json(request: web.Request, model: type[Model]) -> Model:
    """The body as `model`; 400 for what is not JSON, 422 for what does not fit (naming the fields, not the values)."""
    raw = await request.read()
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "malformed_json", "The body is not JSON") from error
    try:
        return model.model_validate(value)
    except ValidationError as error:
        faults = [
            {"field": ".".join(map(str, fault["loc"])), "fault": fault["type"]} for fault in error.errors()
        ]
        raise Problem(422, "invalid_request", "The request does not fit", faults=faults) from error


def person_of(request: web.Request) -> str | None:
    """The person on whose behalf the caller acts (`X-Person`)."""
    return request.headers.get("X-Person") or None


def trace_of(request: web.Request) -> str | None:
    """The event this request belongs to (`X-Request-Id`)."""
    return request.headers.get("X-Request-Id") or None
