"""Makes nlu's environment when it is missing or out of date, with the uv of the machine or one of our own."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from cli.family import Lifeline
from cli.places import NLU, ROOT, Failure, clean_environment
from cli.telling import told

PYTHON = NLU / ".venv" / "bin" / "python"
STAMP = NLU / ".venv" / ".lianfang"
OWN_UV = ROOT / ".uv" / "bin" / "uv"
UV_HELP = (
    "install uv (https://docs.astral.sh/uv/), or Python's venv and pip "
    "(on Debian and Ubuntu: apt install python3-venv)"
)


def is_current() -> bool:
    """Whether nlu's environment is the one its lock describes."""
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == _wanted()


async def ensure(lifeline: Lifeline, report: Callable[[str], None]) -> None:
    """Make nlu's environment what its lock says. Raises Failure."""
    if is_current():
        return
    uv = await find_uv(lifeline, report)
    command = [uv, "--directory", "nlu", "sync", "--frozen", "--quiet"]
    if python := pyenv_python():
        command += ["--python", str(python)]
    async with told(report, "making the core's Python 3.10 environment", "once; 1.5 GB, 1 to 4 minutes"):
        failed = await lifeline.run(command, env=clean_environment())
    if failed:
        raise Failure(
            "nlu's environment could not be made (uv's own words stand above); with a network, run it again. "
            "Without Python 3.10 on this machine uv downloads one.",
            status=1,
        )
    STAMP.write_text(_wanted())


async def find_uv(lifeline: Lifeline, report: Callable[[str], None]) -> str:
    """A uv that works: the caller's, the one on PATH, our own, or one we get now. Raises Failure."""
    for candidate in (os.environ.get("UV"), shutil.which("uv"), str(OWN_UV)):
        if candidate and works(candidate):
            return candidate
    report("getting uv into .uv (once) …")
    folder = str(OWN_UV.parent.parent)
    for command in (
        [sys.executable, "-m", "venv", folder],
        [str(OWN_UV.parent / "python"), "-m", "pip", "install", "--quiet", "uv"],
    ):
        if await lifeline.run(command, env=clean_environment()):
            raise Failure(f"could not get uv: {UV_HELP}", status=1)
    return str(OWN_UV)


def works(uv: str) -> bool:
    """Whether this uv answers: a pyenv shim may be on PATH and still know no uv."""
    try:
        return subprocess.run([uv, "--version"], capture_output=True, check=False, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def pyenv_python() -> Path | None:
    """A Python 3.10 that only pyenv knows: its shim answers by folder, so it is named to uv by its path."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    found = [path for path in root.glob("versions/3.10.*/bin/python3.10") if path.exists()]
    return max(
        found,
        key=lambda path: [int(part) for part in path.parts[-3].split(".") if part.isdigit()],
        default=None,
    )


def _wanted() -> str:
    parts = [(NLU / name).read_bytes() for name in ("pyproject.toml", "uv.lock")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
