"""Stock Rasa 3.6.21 as a process: trained once for its files, then `rasa run` without anything of ours."""

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import yaml

from bench.stock.sentences import write_part
from cli.environment import PYTHON
from cli.family import Lifeline, end
from cli.model import core_environment
from cli.places import ROOT, Failure
from cli.readiness import wait_until_ready
from cli.telling import report, told

HERE = Path(__file__).parent
READY_WITHIN_SECONDS = 180.0
NICE = 10  # as our core


def fingerprint() -> str:
    """Over what must fit. Newer words or examples need no training of many minutes: a turn costs the same with them."""
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    del domain["responses"]
    digest = hashlib.sha256(json.dumps(domain).encode())
    for path in (HERE / "config.yml", HERE / "sentences.py", ROOT / "data" / "rules.yml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


async def trained(folder: Path, lifeline: Lifeline) -> Path:
    """The model in this folder that fits, trained now if there is none. Raises Failure."""
    model = folder / f"stock-{fingerprint()}.tar.gz"
    if model.exists():
        return model
    _make(folder)
    log = folder / "stock-training.log"
    unfinished, sentences = folder / "stock-unfinished.tar.gz", folder / "stock-sentences.yml"
    write_part(sentences)
    command = [str(PYTHON), "-m", "rasa", "train", "--out", str(folder)]
    command += ["--fixed-model-name", unfinished.name]
    command += ["--config", str(HERE / "config.yml"), "--domain", "domain.yml"]
    command += ["--data", "data/rules.yml", str(sentences)]
    async with told(report, "training stock Rasa with DIET", "once for these files; 5 to 10 minutes"):
        environment = core_environment(RASA_MAX_CACHE_SIZE="0")  # it leaves no cache folder
        status = await lifeline.run(command, env=environment, log=log)
    if status or not unfinished.exists():
        raise Failure(f"stock Rasa was not trained (status {status}); see {log}", status=1)
    _keep_only(unfinished, model)
    return model


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _keep_only(finished: Path, name: Path) -> None:
    for older in set(name.parent.glob("stock-*.tar.gz")) - {finished}:
        older.unlink()
    finished.replace(name)


@asynccontextmanager
async def serving(
    model: Path, port: int, actions_url: str, key: str, lifeline: Lifeline, log: Path
) -> AsyncIterator[str]:
    """`rasa run` until the block ends; gives the address of its REST channel."""
    base = f"http://127.0.0.1:{port}/webhooks/rest"
    command = [str(PYTHON), "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port)]
    command += ["--model", str(model), "--endpoints", str(HERE / "endpoints.yml")]
    command += ["--credentials", str(HERE / "credentials.yml")]
    environment = core_environment(STOCK_ACTIONS_URL=actions_url, LIANFANG_INTERNAL_KEY=key)
    process = await lifeline.start(command, env=environment, log=log, nice=NICE)
    try:
        if not await wait_until_ready(f"{base}/", {}, lambda: None, within=READY_WITHIN_SECONDS):
            raise Failure(
                f"stock Rasa was not ready within {READY_WITHIN_SECONDS:.0f} s; see {log}", status=1
            )
        yield f"{base}/webhook"
    finally:
        await end(process)
