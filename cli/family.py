"""Starts commands under `child.py`, tied to this process by one pipe, so that nothing outlives it."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cli import child
from cli.places import ROOT


class Lifeline:
    """The pipe every child watches: it closes with this process, whatever ends it.

    Files in `keep` stay open in the children too. This process becomes a subreaper, so that what a killed
    child leaves behind comes to us and is ended.
    """

    def __init__(self, *keep: int) -> None:
        child.prctl(child.PR_SET_CHILD_SUBREAPER, 1)
        self._watched, self._held = os.pipe()
        self._keep = keep

    async def start(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        log: Path | None = None,
        nice: int = 0,
        stdin: int | None = asyncio.subprocess.DEVNULL,
        stdout: int | None = None,
    ) -> asyncio.subprocess.Process:
        """Start a command in the repository root; without `log` its output goes to `stdout`, or to stderr."""
        wrapper = [sys.executable, "-I", "-S", str(Path(child.__file__)), "--lifeline", str(self._watched)]
        options = ["--nice", str(nice), *(["--log", str(log)] if log else [])]
        return await asyncio.create_subprocess_exec(
            *wrapper,
            *options,
            "--",
            *command,
            cwd=ROOT,
            env=dict(os.environ if env is None else env),
            stdin=stdin,
            stdout=sys.stderr.fileno() if stdout is None else stdout,
            pass_fds=(self._watched, *self._keep),
            start_new_session=True,
        )

    async def run(
        self, command: Sequence[str], *, env: Mapping[str, str] | None = None, log: Path | None = None
    ) -> int:
        """Start a command, wait for it, and give its status; cancelling ends it."""
        process = await self.start(command, env=env, log=log)
        try:
            return await process.wait()
        except asyncio.CancelledError:
            await end(process)
            raise

    def close(self) -> None:
        os.close(self._held)
        os.close(self._watched)


async def end(process: asyncio.subprocess.Process, grace: float = child.GRACE_SECONDS + 1.0) -> None:
    """TERM to the child, which ends its family; KILL to its whole group when that takes too long."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), grace)
    end_group(process.pid)
    await process.wait()


def end_group(group: int) -> None:
    """KILL to whoever is left of a child's process group, and take their exit status if they came to us."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
    for pid in child.descendants(os.getpid()):
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            if pid != group and os.getpgid(pid) == group:
                os.waitpid(pid, 0)
