"""Routes of the console: each names its operation, and is asked for it before its page runs."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from lianfang.web import MAX_BODY_BYTES
from services.console.asked import ASKED, Asked
from services.console.refused import Refused

Page = Callable[[Asked], Awaitable[web.StreamResponse]]
OPEN = "open"  # what somebody may see who is not logged in
OPERATION = "console_operation"  # where a route's handler keeps the name of its operation
MOST_BYTES = "console_most_bytes"  # and how large a form it takes, where that is more than elsewhere


class Pages:
    """Collects pages; `operation` may name parts of the path: `{lane}.see`."""

    def __init__(self) -> None:
        self.routes = web.RouteTableDef()

    def get(self, path: str, operation: str) -> Callable[[Page], Page]:
        return self._add(web.RouteTableDef.get, path, operation)

    def post(self, path: str, operation: str, most_bytes: int = MAX_BODY_BYTES) -> Callable[[Page], Page]:
        return self._add(web.RouteTableDef.post, path, operation, most_bytes)

    def _add(
        self,
        method: Callable[..., Callable[..., object]],
        path: str,
        operation: str,
        most_bytes: int = MAX_BODY_BYTES,
    ) -> Callable[[Page], Page]:
        def register(page: Page) -> Page:
            async def handle(request: web.Request) -> web.StreamResponse:
                asked = request[ASKED]
                if operation != OPEN:
                    need(asked, operation.format_map(request.match_info))
                return await page(asked)

            setattr(handle, OPERATION, operation)
            setattr(handle, MOST_BYTES, most_bytes)
            method(self.routes, path)(handle)
            return page

        return register


def need(asked: Asked, operation: str) -> None:
    """Raises Refused unless the visitor may do it."""
    if not asked.officer.may(operation):
        raise Refused("not_permitted", operation=operation)


def see_other(path: str) -> web.Response:
    """Where a browser goes after a form: reloading that page repeats nothing."""
    return web.Response(status=303, headers={"Location": f"/console{path}"})
