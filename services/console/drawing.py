"""Draws a page: Jinja templates that escape everything, the words of one language, what the visitor may see."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lianfang.words import LANGUAGES
from services.console import cookies, showing
from services.console.asked import DESKS, OPERATOR, Asked
from services.console.words import console_words

FOLDER = Path(__file__).parent
STATIC = {file.name: file for file in (FOLDER / "static").iterdir()}
# What stands in the head of every page, for those who may: operation -> (path, key of its words).
NAVIGATION = {
    "home": "/",
    "campaign.see": "/campaigns",
    "indicator.search": "/indicators",
    "registry.see": "/registry",
    "announcement.see": "/announcements",
    "account.see": "/accounts",
    "partner.see": "/partners",
    "limit.see": "/limits",
    "audit.search": "/audit",
    "figures": "/figures",
}


def draw(asked: Asked, template: str, *, status: int = 200, **values: Any) -> web.Response:
    """The page as a response."""
    text = templates().get_template(template).render({**_surroundings(asked), **values})
    return web.Response(text=text, status=status, content_type="text/html")


@cache
def templates() -> Environment:
    """The one environment; a name that nobody passed is an error and not a blank."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "defang_text": showing.defang_text,
        "prose": showing.prose,
        "short_count": showing.short_count,
        "moment": showing.moment,
        "day": showing.day,
    }
    environment.globals |= {
        name: f"/console/static/{file}?v={hashlib.sha256(STATIC[file].read_bytes()).hexdigest()[:12]}"
        for name, file in (("style", "console.css"), ("icon", "icon.svg"))
    }
    return environment


def _surroundings(asked: Asked) -> dict[str, Any]:
    words, now = console_words(), asked.now

    def say(key: str, **params: Any) -> str:
        return words.say(key, asked.language, params)

    def known(key: str, otherwise: str) -> str:
        """Words for a code that data brought along: the code itself where nobody wrote any."""
        return say(key) if words.knows(key) else otherwise

    visitor = asked.visitor
    return {
        "t": say,
        "known": known,
        "lang": asked.language,
        "languages": LANGUAGES,
        "visitor": visitor,
        "may": visitor.may if visitor else (lambda _operation: False),
        "finds_cases": visitor is not None
        and any(visitor.may(f"{lane}.see") for lane in asked.request.app[DESKS]),
        "navigation": {key: path for key, path in NAVIGATION.items() if visitor and visitor.may(key)},
        "here": asked.request.path.removeprefix(cookies.PATH),
        "stay": asked.request.path_qs if asked.request.method == "GET" else "/",
        "csrf": cookies.csrf_of(asked.seed),
        "operator": asked.request.app[OPERATOR],
        "now": now,
        "at": lambda moment: showing.time_element(moment, now),
        "wait": lambda since: showing.wait(since, now, say),
        "age": lambda moment: showing.age(moment, now, say),
        "deadline": lambda due, passed=False: showing.deadline(due, now, say, passed=passed),
        "span": lambda length: showing.span(length, say),
    }
