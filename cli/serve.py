"""`python -m cli.serve gateway|services|sandbox`: one of our own servers in a process of its own."""

import asyncio
import gc
import signal
import sys
from collections.abc import Awaitable, Callable

import uvloop

from cli.places import Failure, read_settings
from cli.sandbox.place import clock_of
from lianfang.clock import Clock, utc_now
from lianfang.logs import configure_logs
from lianfang.settings import Settings

Server = Callable[[Settings, asyncio.Event, Clock], Awaitable[None]]
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def server(name: str) -> Server:
    """The server of that name."""
    if name == "gateway":
        from bot.app import run_gateway

        return run_gateway
    if name == "services":
        import cli.tables as _tables  # noqa: F401 -- its jobs keep the promises of every table, the gateway's too
        from services.app import run_services

        return run_services
    if name == "sandbox":
        from cli.sandbox.receiver import run_receiver

        return run_receiver
    raise Failure(f"there is no server {name!r}; there are gateway, services and sandbox")


async def serve(run: Server, settings: Settings) -> None:
    """Run until a signal asks for the end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in STOPPING:
        loop.add_signal_handler(number, stop.set)
    await run(settings, stop, utc_now if settings.is_production else clock_of(settings))


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    configure_logs(name)
    sys.setswitchinterval(0.0005)  # a database thread must not wait 5 ms for a busy loop, ten times a turn
    try:
        run, settings = server(name), read_settings()
        gc.freeze()  # what is imported stays: no need to walk it again and again
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(serve(run, settings))
    except Failure as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
