"""Everything of the locks that the public listener offers: the partner API, its description, the page for the till."""

from itertools import chain
from pathlib import Path

from aiohttp import web

from services.locks import public_cards, public_locks, public_refunds, verify
from services.locks.verify import SITE, Site

__all__ = ["SITE", "Site", "routes"]

OPENAPI = Path(__file__).parent / "openapi.yaml"
described = web.RouteTableDef()


@described.get("/v1/openapi.yaml")
async def openapi(_request: web.Request) -> web.Response:
    """The partner API, for machines."""
    return web.Response(text=OPENAPI.read_text(encoding="utf-8"), content_type="application/yaml")


routes = list(
    chain(public_cards.routes, public_locks.routes, public_refunds.routes, verify.routes, described)
)
