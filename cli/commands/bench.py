"""`lianfang bench`: runs the benchmarks in bench/, each a script of its own."""

import subprocess
import sys

import click

from cli.places import ROOT, Failure

FOLDER = ROOT / "bench"


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.option("--all", "runs_all", is_flag=True, help="Run every benchmark, one after the other.")
def bench(*, name: str | None, arguments: tuple[str, ...], runs_all: bool) -> None:
    """Run benchmark NAME (what follows is passed on to it); without NAME list them."""
    there = names()
    if runs_all:
        chosen = there
    elif name is None:
        click.echo("\n".join(there) if there else "there are no benchmarks yet")
        return
    elif name in there:
        chosen = [name]
    else:
        raise Failure(f"there is no benchmark {name!r}; there are: {', '.join(there) or 'none'}")
    failed = [one for one in chosen if _run(one, arguments)]
    if failed:
        raise Failure(f"not reached: {', '.join(failed)}", status=1)


def _run(name: str, arguments: tuple[str, ...]) -> int:
    return subprocess.run(
        [sys.executable, str(FOLDER / f"{name}.py"), *arguments], cwd=ROOT, check=False
    ).returncode
