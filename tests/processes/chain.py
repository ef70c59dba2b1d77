"""The real processes for tests and benchmarks: `lianfang up` on free ports with a data folder of its own."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.conftest import ROOT

LINE_SECRET = "line-channel-secret"
TELEGRAM_SECRET = "telegram-secret-token"
READY_WITHIN_SECONDS = 600.0  # the first start of all may install the core's environment and train


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


@dataclass
class Chain:
    """One running `lianfang up`."""

    data_dir: Path
    extra: dict[str, str] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    _process: subprocess.Popen[str] | None = None
    _errors: IO[str] | None = None

    @property
    def environ(self) -> dict[str, str]:
        settings = {f"LIANFANG_{name.upper()}_PORT": str(port) for name, port in self.ports.items()}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LIANFANG_")}
        return inherited | settings | {"LIANFANG_DATA_DIR": str(self.data_dir)} | self.extra

    @property
    def gateway(self) -> str:
        return f"http://127.0.0.1:{self.ports['gateway']}"

    @property
    def home(self) -> Path:
        """Where its database and keys are."""
        return self.data_dir / "sandbox" if "--sandbox" in self.flags else self.data_dir

    @property
    def keys(self) -> dict[str, Any]:
        keys: dict[str, Any] = json.loads((self.home / "dev-keys.json").read_text())
        return keys

    def start(self) -> str:
        """Start and wait for the readiness line."""
        names = ("gateway", "services", "public", "rasa", "actions")
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))
        self.home.mkdir(parents=True, exist_ok=True)
        self._borrow_model()
        self._errors = (self.data_dir / "up.stderr").open("w")
        self._process = subprocess.Popen(
            [str(Path(sys.executable).parent / "lianfang"), "up", *self.flags],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError((self.data_dir / "up.stderr").read_text()[-2000:])
        return line.strip()

    def _borrow_model(self) -> None:
        """The model the developer has already trained; its name is its fingerprint, so a stale one is not used."""
        trained = ROOT / ".lianfang" / "model"
        target = self.home / "model"
        if trained.is_dir() and not target.exists():
            target.mkdir()
            for model in trained.glob("*.tar.gz"):
                os.link(model, target / model.name)

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=30)
        if self._process.stdout is not None:
            self._process.stdout.close()
        if self._errors is not None:
            self._errors.close()
        self._process = None

    def pids_listening(self, part: str) -> list[int]:
        """The processes that listen on a part's port (all of them on this machine, so they can be killed)."""
        wanted = f":{self.ports[part]:04X}"
        inodes = {
            columns[9]
            for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
            if (columns := line.split())[1].endswith(wanted) and columns[3] == "0A"
        }
        return [pid for pid in _pids() if inodes & _socket_inodes(pid)]

    def kill(self, part: str) -> None:
        """Kill -9 what listens on a part's port."""
        for pid in self.pids_listening(part):
            os.kill(pid, signal.SIGKILL)


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _socket_inodes(pid: int) -> set[str]:
    inodes = set()
    try:
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            target = str(descriptor.readlink())
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    except OSError:
        return inodes
    return inodes


async def until(check: Any, within: float = 60.0, every: float = 0.1) -> Any:
    """Wait for another process: the only place in the tests that looks again and again."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        if found := await check():
            return found
        if asyncio.get_running_loop().time() > deadline:
            raise TimeoutError
        await asyncio.sleep(every)
