"""The core's model: trained when none fits its files, kept in the data folder under their fingerprint."""

import asyncio
import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cli import environment
from cli.family import Lifeline
from cli.places import ROOT, Failure, clean_environment
from cli.telling import told


def path_for_now(data_dir: Path) -> Path:
    """Where the model lies that fits the core's files as they are."""
    from nlu.fingerprint import fingerprint

    return data_dir / "model" / f"{fingerprint(ROOT)}.tar.gz"


# A model belongs to the files of this checkout: data folders beside the usual one need not train it again.
CHECKOUT_MODELS = ROOT / ".lianfang" / "model"


def core_environment(**more: str) -> dict[str, str]:
    """The environment of everything that runs in nlu's Python; old libraries there warn about themselves."""
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
    return clean_environment(**quiet, **more)


async def ensure(data_dir: Path, lifeline: Lifeline, report: Callable[[str], None]) -> Path:
    """The model that fits, trained now if there is none. Raises Failure."""
    await environment.ensure(lifeline, report)
    model = path_for_now(data_dir)
    if model.exists():
        return model
    model.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(model.parent / "lock") as try_lock:
        if not try_lock():
            report("waiting for another process that trains the core …")
            while not try_lock():
                await asyncio.sleep(0.2)
        if model.exists():  # it trained the same
            return model
        for left in [*model.parent.glob(".training-*"), *model.parent.glob("unfinished-*")]:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        if not copy_model(CHECKOUT_MODELS / model.name, model):
            await _train(model, lifeline, report)
            copy_model(model, CHECKOUT_MODELS / model.name)
    return model


def drop_older(model: Path) -> None:
    """Delete the models beside this one; only who holds the data folder knows that no core needs them."""
    for older in model.parent.glob("*.tar.gz"):
        if older != model:
            older.unlink(missing_ok=True)


def copy_model(source: Path, target: Path) -> bool:
    """Put a finished model into another folder as well; False when there is none or the folder takes none."""
    if source == target or not source.exists():
        return False
    unfinished = target.with_name(f"unfinished-{secrets.token_hex(4)}.tar.gz")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(source, unfinished)
        unfinished.replace(target)
    except OSError:
        return False
    return True


async def _train(model: Path, lifeline: Lifeline, report: Callable[[str], None]) -> None:
    started = time.monotonic()
    unfinished = model.with_name(f"unfinished-{secrets.token_hex(4)}.tar.gz")
    log = model.parent.parent / "logs" / "training.log"
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    command = [str(environment.PYTHON), "-m", "nlu.train", "--out", str(unfinished)]
    try:
        async with told(report, "training the core, whose files are newer than its model", "half a minute"):
            status = await lifeline.run(command, env=core_environment(), log=log)
        if status or not unfinished.exists():
            tail = "\n  ".join(log.read_text(errors="replace").strip().splitlines()[-8:])
            raise Failure(f"training failed (status {status}); {log} ends with\n  {tail}", status=1)
        unfinished.replace(model)
    finally:
        for left in unfinished.parent.glob(f"{unfinished.name}*"):
            left.unlink(missing_ok=True)
    report(f"trained in {time.monotonic() - started:.0f} s")


@contextmanager
def _alone(path: Path) -> Iterator[Callable[[], bool]]:
    """A lock between processes that train; what is given tries to take it."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def try_lock() -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    try:
        yield try_lock
    finally:
        os.close(lock)
