"""The page that a till sees of a proof: whether it is genuine and the card locked, nothing of the person.

Works without JavaScript; its address is the secret, so it is neither cached, indexed nor passed on as a referrer.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web
from jinja2 import Environment, FileSystemLoader
from sqlalchemy.orm import Session

from lianfang.clock import TAIPEI
from lianfang.settings import ROOT
from lianfang.web import DATABASE, VAULT
from lianfang.words import LANGUAGES, Words
from services.locks import lock_states as states
from services.locks.chains import chains
from services.locks.models import Issuer
from services.locks.proofs import IMAGE_TYPES, Image, qr_code, read_proof
from services.locks.refunds import Shown, look_up

routes = web.RouteTableDef()
TEMPLATES = Path(__file__).parent / "templates"
STYLE = (TEMPLATES / "verify.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
TONES: Mapping[str, str] = {
    states.CONFIRMED: "yes",
    states.REFUNDED: "no",
    states.PROVISIONAL: "wait",
    states.OBJECTED: "wait",
}


@dataclass(frozen=True)
class Site:
    """Where the public listener is reached, and who runs it."""

    public_url: str
    operator: str


SITE: web.AppKey[Site] = web.AppKey("site")


@dataclass(frozen=True)
class _Named:
    """A proof with the names of its issuer and chain by language."""

    shown: Shown
    issuer: Mapping[str, str]
    chain: Mapping[str, str]


@routes.get("/verify/{proof}.{image:svg|png}")
async def qr(request: web.Request) -> web.Response:
    """The QR code of the page's address; a picture says nothing about whether there is such a proof."""
    proof, image = read_proof(request.match_info["proof"]), request.match_info["image"]
    if proof is None:
        raise web.HTTPNotFound
    address = f"{request.app[SITE].public_url}/verify/{quote(proof, safe='')}"
    kind: Image = "svg" if image == "svg" else "png"
    return web.Response(body=qr_code(address, kind), content_type=IMAGE_TYPES[kind], headers=HEADERS)


@routes.get("/verify/{proof}")
async def verify(request: web.Request) -> web.Response:
    named = await request.app[DATABASE].look(
        lambda session: _look(session, request, request.match_info["proof"])
    )
    languages = [_words(language, named, request.app[SITE].operator) for language in LANGUAGES]
    tone = TONES.get(named.shown.state, "no") if named else "no"
    page = _template().render(languages=languages, style=STYLE, tone=tone)
    return web.Response(text=page, content_type="text/html", headers=HEADERS, status=200 if named else 404)


def _look(session: Session, request: web.Request, proof: str) -> _Named | None:
    shown = look_up(session, request.app[VAULT], proof)
    if shown is None:
        return None
    issuer, chain = session.get_one(Issuer, shown.issuer), chains().get(shown.chain or "")
    return _Named(
        shown,
        dict(zip(LANGUAGES, (issuer.name_zh, issuer.name_en), strict=True)),
        dict(zip(LANGUAGES, (chain.name_zh, chain.name_en), strict=True)) if chain else {},
    )


def _words(language: str, named: _Named | None, operator: str) -> dict[str, Any]:
    """What the page says in one language."""

    def say(key: str) -> str:
        return words().say(f"page.verify_{key}", language, {"operator": operator})

    state = f"state_{named.shown.state}" if named else "unknown"
    return {
        "lang": language,
        "title": say("title"),
        "demo": say("demo") if named and named.shown.status == "sandbox" else "",
        "state": say(state),
        "facts": [(say(name), value) for name, value in _facts(language, named)] if named else [],
        "match": say("match"),
        "note": say("note"),
    }


def _facts(language: str, named: _Named) -> list[tuple[str, str]]:
    shown = named.shown
    facts = {
        "issuer": named.issuer[language],
        "last4": shown.last4,
        "value": f"NT${shown.face_value:,}" if shown.face_value else None,
        "chain": named.chain.get(language),
        "locked_at": f"{shown.locked_at.astimezone(TAIPEI):%Y/%m/%d %H:%M}" if shown.locked_at else None,
        "until": f"{shown.until.astimezone(TAIPEI):%Y/%m/%d %H:%M}" if shown.until else None,
    }
    return [(name, value) for name, value in facts.items() if value]


@cache
def words() -> Words:
    return Words.load(ROOT / "domain.yml")


@cache
def _template() -> Any:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    return environment.get_template("verify.html")
