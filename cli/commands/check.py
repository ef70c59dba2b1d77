"""`lianfang check`: the check service's judgement in this process; nothing is stored."""

import asyncio
import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from cli.places import ROOT, Failure, read_settings
from cli.telling import report

if TYPE_CHECKING:
    from lianfang.settings import Settings

Json = dict[str, Any]


@click.command()
@click.argument("text", required=False)
@click.option(
    "--jsonl", "source", type=click.File("rb"), help="A file of check requests, one a line; - is stdin."
)
@click.option("--sender", help="Who the message came from: a number, a name, an address.")
@click.option("--last3", help="The last three digits of the number it was sent to.")
@click.option("--app", help="sms, imessage, rcs, line, telegram, whatsapp, email or other.")
@click.option("--json", "as_json", is_flag=True, help="The response as the API gives it.")
@click.option(
    "--lang", default="zh-TW", show_default=True, type=click.Choice(["zh-TW", "en"]), help="Of the words."
)
def check(
    *,
    text: str | None,
    source: BinaryIO | None,
    sender: str | None,
    last3: str | None,
    app: str | None,
    as_json: bool,
    lang: str,
) -> None:
    """A verdict on TEXT (- reads it from standard input), with its reasons; nothing is stored.

    With --jsonl each line is {"text", "sender"?, "receiver_last3"?, "app"?, "via"?, "lang"?} and is answered
    by one line, in order: the response of POST /v1/checks.
    """
    if (text is None) == (source is None):
        raise Failure("give either TEXT or --jsonl FILE")
    settings = read_settings()
    if source is not None:
        failed = asyncio.run(_judge_lines(settings, source))
        if failed:
            raise Failure(f"{failed} lines are no check requests (see `error` in their answers)", status=1)
        return
    said = sys.stdin.read() if text == "-" else text
    request = {
        "text": said,
        "sender": sender,
        "receiver_last3": last3,
        "app": app,
        "via": "typed",
        "lang": lang,
    }
    response = asyncio.run(_judge_one(settings, request))
    if "error" in response:
        raise Failure(f"this cannot be checked: {response['error']['detail']}")
    click.echo(
        json.dumps(response, ensure_ascii=False, indent=2) if as_json else _in_words(settings, response, lang)
    )


async def _judge_one(settings: "Settings", request: Json) -> Json:
    answers: list[Json] = []
    await _judge(settings, [json.dumps(request).encode()], answers.append)
    return answers[0]


async def _judge_lines(settings: "Settings", source: Iterable[bytes]) -> int:
    failed = 0

    def write(response: Json) -> None:
        nonlocal failed
        failed += "error" in response
        sys.stdout.buffer.write(
            json.dumps(response, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
        )
        sys.stdout.buffer.flush()

    await _judge(settings, source, write)
    return failed


async def _judge(settings: "Settings", lines: Iterable[bytes], write: Callable[[Json], None]) -> None:
    from pydantic import ValidationError

    from cli.preparing import prepared_database
    from lianfang.clock import utc_now
    from lianfang.privacy import Vault
    from services.registry.checking import judge_request
    from services.registry.requests import CheckRequest

    vault = Vault(settings.secret_keys, settings.index_keys)
    async with prepared_database(settings, report) as database:
        for line in lines:
            if not line.strip():
                continue
            try:
                request = CheckRequest.model_validate(json.loads(line))
            except ValidationError as error:
                faults = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
                write(_refused("; ".join(faults)))
            except (ValueError, RecursionError):
                write(_refused("not JSON"))
            else:
                write(await judge_request(database, request, utc_now(), vault))


def _refused(detail: str) -> Json:
    return {"error": {"code": "invalid_request", "detail": detail}}


def _in_words(settings: "Settings", response: Json, language: str) -> str:
    from bot.speech import Speech
    from lianfang.verdicts import verdict_reply
    from lianfang.words import Words

    speech = Speech(Words.load(ROOT / "domain.yml"), language, settings.operator)
    return speech.reply(verdict_reply(response).as_json()).text
