"""`lianfang`: finds the command, and turns expected failures into one sentence on stderr."""

import importlib
import os
import sys

import click

from cli.places import Failure, keep_bytecode

# name -> (module, attribute, one line of help); the module is loaded only when its command is called.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "bench": ("cli.commands.bench", "bench", "Run benchmarks."),
    "chat": ("cli.commands.chat", "chat", "Talk in the terminal through the whole chain."),
    "check": ("cli.commands.check", "check", "A verdict without dialogue and without a running server."),
    "db": ("cli.commands.db", "db", "Care for the database."),
    "demo-data": ("cli.commands.demo_data", "demo_data", "Fill a database for trying the console."),
    "doctor": ("cli.commands.doctor", "doctor", "Say what is missing and how to get it."),
    "import": ("cli.commands.imports", "import_list", "Import an official list into the registry."),
    "officer": ("cli.commands.officer", "officer", "Who may judge campaigns."),
    "parse": ("cli.commands.parse", "parse", "What the core understands of sentences."),
    "partner": ("cli.commands.partner", "partner", "Issuers, stores and others who exchange data with us."),
    "sandbox": ("cli.commands.sandbox", "sandbox", "Partners that run offline."),
    "up": ("cli.commands.up", "up", "Start everything; Ctrl-C ends it."),
}


class LazyGroup(click.Group):
    """Commands by name, imported when called: `lianfang --help` loads none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{attribute} is no command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 -- click's signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in sorted(COMMANDS.items())])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lianfang", message="%(version)s")
def lianfang() -> None:
    """Lianfang (聯防): the anti-fraud chatbot of Taiwan's public-private joint defence."""


def main() -> None:
    """Entry point: one sentence on stderr and exit 2 for what the caller can put right, never a traceback."""
    keep_bytecode()
    try:
        lianfang.main()
    except Failure as failure:
        click.echo(f"lianfang: {failure}", err=True)
        sys.exit(failure.status)
    except BrokenPipeError:  # the reader of our output is gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
