"""`lianfang chat`: talk through the whole chain, as a person or line by line as a program."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import click

from cli.ending import Ended, until_asked_to_end
from cli.places import Failure, read_settings
from cli.telling import report

if TYPE_CHECKING:
    from lianfang.settings import Settings

OTHERS_START_SECONDS = 180.0


@click.command()
@click.option("--jsonl", is_flag=True, help="One JSON object a line in and out, for programs.")
@click.option("--up", "starts", is_flag=True, help="Start what is not running, and stop it at the end.")
@click.option(
    "--sandbox", is_flag=True, help="With issuers and stores that are played, in a data folder of its own."
)
@click.option(
    "--user", default="me", show_default=True, help="Who you are in the conversation (not with --jsonl)."
)
def chat(*, jsonl: bool, starts: bool, sandbox: bool, user: str) -> None:
    """Talk in the terminal through the whole chain.

    With --jsonl each line of standard input is {"user","text"}, {"user","tap"} (a payload shown before) or
    {"user","image"} (a file); each is answered by one line on standard output, in the same order:
    {"user","replies":[{"text","card","buttons":[{"label","payload"}]}],"pushes":[...],"ms"}.
    """
    from cli.sandbox.place import enter

    settings = enter() if sandbox else read_settings()
    if settings.is_production:
        raise Failure("the terminal channel is off in production (LIANFANG_MODE)")

    async def run() -> int:
        async with _chain(settings, starts=starts, sandbox=sandbox):
            return await _talk(settings, user, jsonl=jsonl)

    try:
        failed = asyncio.run(until_asked_to_end(run()))
    except Ended as ended:
        raise SystemExit(ended.status) from ended
    if failed:
        raise Failure(f"{failed} lines could not be answered (see `error` in their lines)", status=1)


@asynccontextmanager
async def _chain(settings: "Settings", *, starts: bool, sandbox: bool) -> AsyncIterator[None]:
    """A chain that is ready: the one that runs, or with --up one of our own."""
    from cli import instance, readiness
    from cli.running import running

    ready = f"http://127.0.0.1:{settings.gateway_port}/readyz"
    if instance.is_taken(settings.data_dir):
        report("using the `lianfang up` that is running")
        if not await readiness.wait_until_ready(ready, {}, lambda: None, within=OTHERS_START_SECONDS):
            raise Failure(
                f"the running `lianfang up` did not become ready within {OTHERS_START_SECONDS:.0f} s"
            )
        yield
    elif starts:
        async with running(settings, report, sandbox=sandbox) as sentence:
            report(sentence)
            yield
    elif await readiness.wait_until_ready(ready, {}, lambda: None, within=1.0):
        yield
    else:
        raise Failure("nothing is running: start it with `lianfang up`, or use `lianfang chat --up`")


async def _talk(settings: "Settings", user: str, *, jsonl: bool) -> int:
    from cli import interactive
    from cli.jsonl import converse
    from cli.lines import lines_of
    from cli.wire import Wire

    url = f"ws://127.0.0.1:{settings.gateway_port}/terminal"
    if jsonl:
        async with Wire(url, settings.internal_key) as wire:
            return await converse(lines_of(sys.stdin.fileno()), wire.say, _write)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        async with Wire(url, settings.internal_key) as wire:
            await interactive.converse_plainly(user, wire.say)
        return 0
    screen, buttons = interactive.Screen(), interactive.Buttons()

    def show_push(to: str, replies: list[dict[str, Any]]) -> bool:
        if to == user:
            screen.show(buttons.show(replies))
        return to == user

    async with Wire(url, settings.internal_key, on_push=show_push) as wire:
        with contextlib.suppress(KeyboardInterrupt):
            await interactive.converse_on_screen(user, screen, wire.say, buttons)
    return 0


def _write(line: bytes) -> None:
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
