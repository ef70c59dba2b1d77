"""Where the partners play: before the chain that runs, or before our public API started for one command."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from yarl import URL

from cli import instance
from cli.places import Failure
from cli.readiness import wait_until_ready
from cli.sandbox.cast import prepare
from cli.sandbox.memory import Memory
from cli.sandbox.place import alone, clock_of, memory_file
from cli.sandbox.receiver import LOOPBACK, Receiver, find_place, listen
from lianfang.clock import Clock
from lianfang.settings import Settings

PUBLIC = "public"
LOOKS, LOOK_SECONDS = 180, 1.0
MOST_ROUNDS = 20

Report = Callable[[str], None]


@dataclass(frozen=True)
class Stage:
    """`public`: our partner API; `clock`: the sandbox's; `is_chain`: a chain runs and is left running."""

    settings: Settings
    public: URL
    clock: Clock
    memory: Memory
    is_chain: bool


@asynccontextmanager
async def stage(settings: Settings, report: Report) -> AsyncIterator[Stage]:
    """On leaving, what is due has been done: by the chain in a moment, or by us now. Raises Failure."""
    memory, clock = Memory(memory_file(settings)), clock_of(settings)
    if instance.is_taken(settings.data_dir):
        yield Stage(settings, await _find_chain(memory), clock, memory, is_chain=True)
        return
    with alone(settings):
        async with _own_services(settings, clock, memory, report) as public:
            yield Stage(settings, public, clock, memory, is_chain=False)


async def _find_chain(memory: Memory) -> URL:
    """The public listener of the chain, once it answers; one that starts says where only when it is prepared."""
    for _ in range(LOOKS):
        public = URL(memory.noted(PUBLIC) or "http://127.0.0.1:1")
        if await wait_until_ready(str(public / "healthz"), {}, lambda: None, within=LOOK_SECONDS):
            return public
    raise Failure("the sandbox's chain does not become ready", status=1)


async def prepare_for_chain(settings: Settings) -> URL:
    """Make the partners known to a migrated database; where their process has to listen."""
    from lianfang.database import Database
    from lianfang.privacy import Vault

    memory, database = Memory(memory_file(settings)), Database(settings.database_url)
    webhooks, vault = find_place(memory), Vault(settings.secret_keys, settings.index_keys)
    try:
        await prepare(database, vault, clock_of(settings), memory, webhooks)
        memory.note(PUBLIC, f"http://{LOOPBACK}:{settings.public_port}")
    finally:
        await database.close()
    return webhooks


@asynccontextmanager
async def _own_services(
    settings: Settings, clock: Clock, memory: Memory, report: Report
) -> AsyncIterator[URL]:
    """The public API on a free port, the partners' webhooks, and at the end whatever is due."""
    from cli.preparing import prepared_database
    from lianfang.jobs import run_due
    from lianfang.privacy import Vault
    from services.app import all_jobs, answered, build_public_app
    from services.partners.delivering import Delivering

    vault = Vault(settings.secret_keys, settings.index_keys)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(prepared_database(settings, report))
        webhooks = find_place(memory)
        await prepare(database, vault, clock, memory, webhooks)
        await listen(Receiver(memory, clock).build_app(), webhooks.port or 0, stack)
        yield await listen(build_public_app(database, vault, clock, settings), 0, stack)
        await run_due(database, clock, all_jobs(settings, database, vault, clock))
        delivering = Delivering(database, vault, clock, answered(vault, clock), loopback=True)
        stack.push_async_callback(delivering.close)
        for _ in range(MOST_ROUNDS):
            if not await delivering.send_due():
                return
