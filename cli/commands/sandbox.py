"""`lianfang sandbox`: play issuers and stores offline, with a clock that can be moved; one JSON line each."""

import asyncio
import json
import traceback
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cli.places import Failure
from cli.telling import report

if TYPE_CHECKING:
    from cli.sandbox.playing import Report, Result
    from cli.sandbox.stage import Stage

ISSUERS = click.Choice(("gash", "mycard", "youe", "razer", "garena"))
HUBS = click.Choice(("gash", "mycard", "youe"))


class JsonGroup(click.Group):
    """Whatever goes wrong is one JSON line too, with exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            _fail(error.format_message())
        except Failure as failure:
            _fail(str(failure))
        except Exception as error:  # noqa: BLE001 -- the caller reads one line, also of a defect; stderr has the rest
            traceback.print_exc()
            _fail(f"internal error: {type(error).__name__}")


class Moment(click.ParamType[datetime]):
    name = "RFC 3339"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        from cli.sandbox.times import read_moment

        try:
            return read_moment(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Duration(click.ParamType[timedelta]):
    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        from cli.sandbox.times import read_duration

        try:
            return read_duration(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.group(cls=JsonGroup, no_args_is_help=True)
def sandbox() -> None:
    """Issuers and stores that are played on this machine, in a data folder of their own.

    Works beside `lianfang chat --up --sandbox` and without it. Each command prints one JSON line
    {"result", "reason", …}; what goes wrong is {"result": "error", …} with exit code 1.
    """


@sandbox.command()
@click.option("--issuer", type=ISSUERS, required=True)
@click.option("--serial", required=True)
@click.option("--chain", required=True, help="Who sells it: seven_eleven, familymart, hilife, okmart, …")
@click.option("--at", type=Moment(), required=True, help="When; as in 2026-11-22T14:05:00+08:00.")
@click.option("--store", help="Which store of the chain.")
@click.option("--invoice", help="The invoice's number.")
@click.option("--amount", type=click.IntRange(1), help="The card's value and the receipt's total, in TWD.")
def sell(
    *,
    issuer: str,
    serial: str,
    chain: str,
    at: datetime,
    store: str | None,
    invoice: str | None,
    amount: int | None,
) -> None:
    """Sell a card: its issuer registers the sale."""
    from cli.sandbox import playing
    from services.locks.chains import find_chain

    known = find_chain(chain)
    if known is None:
        raise Failure(f"there is no chain {chain!r}", status=1)
    sale = playing.Sale(issuer, serial, known, at, store, invoice, amount)
    _play(lambda stage: playing.sell(stage, sale))


@sandbox.command()
@click.option("--issuer", type=ISSUERS, required=True)
@click.option("--serial", required=True)
@click.option(
    "--ask-only", is_flag=True, help="Ask for permission and report nothing: crediting takes its time."
)
@click.option(
    "--own-rule", is_flag=True, help="We could not be reached: the issuer credits and tells us later."
)
def credit(*, issuer: str, serial: str, ask_only: bool, own_rule: bool) -> None:
    """Credit a card's points: the issuer asks us first, and reports that it did."""
    from cli.sandbox import playing

    if own_rule:
        _play(lambda stage: playing.credit_by_own_rule(stage, issuer, serial))
    else:
        _play(lambda stage: playing.credit(stage, issuer, serial, reports=not ask_only))


@sandbox.command("report")
@click.option("--issuer", type=HUBS, required=True)
@click.option("--serial", required=True)
@click.argument("what", type=click.Choice(("credited", "not_credited", "spent")))
def report_card(*, issuer: str, serial: str, what: "Report") -> None:
    """Say what became of a card after a permission (`credit --ask-only`), or that its points are spent."""
    from cli.sandbox import playing

    _play(lambda stage: playing.report(stage, issuer, serial, what))


@sandbox.command()
@click.option("--proof", help="As the customer shows it.")
@click.option("--issuer", type=ISSUERS, help="With --serial.")
@click.option("--serial", help="Instead of --proof: the proof of the lock of this card.")
@click.option("--chain", help="The store's chain; who sold the card when it is left out.")
@click.option(
    "--invoice", help="The invoice's number on the receipt; confirms a lock that is not confirmed yet."
)
def refund(**shown: str | None) -> None:
    """Take a locked card back at the till against its proof."""
    from cli.sandbox.refunding import AtTheTill, refund_card

    till = AtTheTill(**shown)
    if till.proof is None and till.serial is None:
        raise Failure("give either --proof or --serial", status=1)
    _play(lambda stage: refund_card(stage, till))


@sandbox.command()
@click.argument("by", type=Duration())
def advance(*, by: timedelta) -> None:
    """Move the sandbox's clock forward, as in 48h; what became due is done."""
    from cli.sandbox import place, playing
    from lianfang.clock import rfc3339

    async def look(stage: "Stage") -> "Result":
        return playing.result("advanced", now=rfc3339(stage.clock()))

    place.advance(place.sandbox_settings(), by)
    _play(look)


@sandbox.command()
@click.option("--partner", required=True, help="gash, mycard, youe, razer, garena, familymart, …")
@click.option("--for", "lasting", type=Duration(), help="As in 10m; until --end when it is left out.")
@click.option("--silent", is_flag=True, help="Answer nothing at all instead of 503.")
@click.option("--end", "ends", is_flag=True, help="The partner is back.")
def outage(*, partner: str, lasting: timedelta | None, silent: bool, ends: bool) -> None:
    """Let a partner's server be away."""
    from cli.sandbox import playing

    async def change(stage: "Stage") -> "Result":
        if stage.memory.credentials(partner) is None:
            raise Failure(f"the sandbox has no partner {partner!r}", status=1)
        if ends:
            stage.memory.end_outage(partner)
            return playing.result("ended", partner=partner)
        until = stage.clock() + lasting if lasting else None
        stage.memory.begin_outage(partner, "silent" if silent else "refuses", until)
        return playing.result("away", partner=partner, until=_shown(until))

    _play(change)


@sandbox.command()
def status() -> None:
    """The clock, the partners, the cards sold."""
    from cli.sandbox.showing import show

    _play(show)


def _shown(moment: datetime | None) -> str | None:
    from lianfang.clock import rfc3339

    return rfc3339(moment) if moment else None


def _play(act: Callable[["Stage"], Awaitable["Result"]]) -> None:
    from cli.sandbox.place import sandbox_settings
    from cli.sandbox.stage import stage
    from lianfang.logs import configure_logs

    settings = sandbox_settings()
    configure_logs("sandbox")

    async def run() -> "Result":
        async with stage(settings, report) as here:
            return await act(here)

    click.echo(json.dumps(asyncio.run(run()), ensure_ascii=False))


def _fail(sentence: str) -> NoReturn:
    click.echo(json.dumps({"result": "error", "reason": sentence}, ensure_ascii=False))
    raise SystemExit(1)
