"""Runs one command as a family that ends together; a file of its own, so that it starts at once.

    python -I -S child.py --lifeline FD [--nice N] [--log PATH] -- COMMAND...

It ends the command and everything that command started when (a) it gets TERM, INT or HUP, (b) the other end
of the lifeline pipe closes, which happens however the starter dies, or (c) the command itself ends. If this
process is killed, the kernel kills the command (PR_SET_PDEATHSIG) and the starter, a subreaper as well, ends
the rest by group. With --log the command's output goes to that file, which stays below a size; the one
before it is kept as `.old`.
"""

import argparse
import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
GRACE_SECONDS = 2.5
LOG_BYTES = 5 * 1024 * 1024
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def prctl(option: int, value: int) -> None:
    """Linux's prctl; elsewhere the lifeline and the process group do what they can."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


class Log:
    """A file that never grows beyond a size: what is older goes to `.old`, what is older still goes."""

    def __init__(self, path: Path, limit: int = LOG_BYTES) -> None:
        self._path = path
        self._limit = limit
        self._turn_over()

    def write(self, data: bytes) -> None:
        if self._file.tell() + len(data) > self._limit:
            self._file.close()
            self._turn_over()
        self._file.write(data)
        self._file.flush()

    def close(self) -> None:
        self._file.close()

    def _turn_over(self) -> None:
        if self._path.exists() and self._path.stat().st_size:
            self._path.replace(self._path.with_suffix(self._path.suffix + ".old"))
        self._file = self._path.open("wb")


def descendants(pid: int) -> list[int]:
    """Every living process below `pid`, read from /proc (empty where there is none)."""
    found: list[int] = []
    for children in Path("/proc").glob(f"{pid}/task/*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, children.read_text().split()):
                found += [child, *descendants(child)]
    return found


def end_family(command: "subprocess.Popen[bytes]", grace: float = GRACE_SECONDS) -> None:
    """TERM to the command, time to finish, then KILL to it and to all that is left below this process."""
    if command.poll() is None:
        command.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            command.wait(grace)
    for _ in range(5):  # one that forked while we looked is found on the next look
        left = descendants(os.getpid())
        if not left:
            break
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 0.5
        while time.monotonic() < deadline and _reap(command):
            time.sleep(0.01)


def _reap(command: "subprocess.Popen[bytes]") -> bool:
    """Take the exit status of whoever ended; True while somebody is left."""
    command.poll()
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return True
    return False


def run(lifeline: int, command_line: list[str], log: Log | None, nice: int) -> int:
    """Run the command until it ends or has to; its status, 128 + N after signal N."""
    signals = _wake_on_signals()
    command = _start(command_line, nice, piped=log is not None)
    _watch(command, lifeline, signals, log)
    end_family(command)
    if log is not None and command.stdout is not None:  # what it said last
        os.set_blocking(command.stdout.fileno(), False)
        with contextlib.suppress(BlockingIOError):
            while data := os.read(command.stdout.fileno(), 65536):
                log.write(data)
        log.close()
    status = command.returncode
    return 1 if status is None else status if status >= 0 else 128 - status


def _wake_on_signals() -> int:
    """A file that can be read when a signal came; it gives the signals' numbers."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing)
    for number in (*STOPPING, signal.SIGCHLD):
        signal.signal(number, lambda *_: None)
    return reading


def _start(command_line: list[str], nice: int, *, piped: bool) -> "subprocess.Popen[bytes]":
    parent = os.getpid()

    def inherit() -> None:
        os.nice(nice)
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        command_line,
        stdin=subprocess.DEVNULL if piped else None,
        stdout=subprocess.PIPE if piped else None,
        stderr=subprocess.STDOUT if piped else None,
        preexec_fn=inherit,  # noqa: PLW1509 -- this process has one thread
    )


def _watch(command: "subprocess.Popen[bytes]", lifeline: int, signals: int, log: Log | None) -> None:
    """Carry output to the log until the command ends, the lifeline closes or a signal asks for the end."""
    output = command.stdout.fileno() if command.stdout is not None else None
    watched = [file for file in (lifeline, signals, output) if file is not None]
    while command.poll() is None:
        ready, _, _ = select.select(watched, [], [])
        if output in ready and output is not None and log is not None:
            data = os.read(output, 65536)
            log.write(data)
            if not data:
                watched.remove(output)
        if lifeline in ready:
            return
        if signals in ready and set(os.read(signals, 512)) & set(STOPPING):
            return


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lifeline", type=int, required=True)
    parser.add_argument("--nice", type=int, default=0)
    parser.add_argument("--log", type=Path)
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    return run(given.lifeline, given.command, Log(given.log) if given.log else None, given.nice)


if __name__ == "__main__":
    sys.exit(main())
