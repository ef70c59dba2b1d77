"""`python -m nlu.train --out PATH`: the model of config.yml, domain.yml and data/; progress on stderr."""

import argparse
import logging
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from nlu.prepare import prepare_rasa
from nlu.quiet import silence_structured_logs

LAST_WORDS = 8000


def train_model(out: Path, data: list[str], config: str, domain: str) -> None:
    """Train into a folder beside `out` and move the finished file into place."""
    from rasa.model_training import train  # noqa: PLC0415 -- imports Rasa

    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".training-") as folder:
        result = train(
            domain=domain,
            config=config,
            training_files=data,
            output=folder,
            fixed_model_name="model.tar.gz",
            force_training=True,
        )
        if result.code or not result.model:
            raise RuntimeError("Rasa made no model")
        Path(result.model).replace(out)


def main() -> int:
    """Exit code 0 means the model is in place, complete. What Rasa prints appears only when it failed."""
    arguments = argparse.ArgumentParser(prog="python -m nlu.train", description=__doc__)
    arguments.add_argument("--out", type=Path, required=True, help="the .tar.gz to write")
    arguments.add_argument(
        "--data", action="append", help="instead of data (several allowed); for experiments"
    )
    arguments.add_argument("--config", default="config.yml")
    arguments.add_argument("--domain", default="domain.yml")
    given = arguments.parse_args()
    started = time.monotonic()
    progress = os.fdopen(os.dup(2), "w", encoding="utf-8")
    print("Training the core (about half a minute) ...", file=progress, flush=True)
    prepare_rasa(training=True)
    silence_structured_logs()
    logging.basicConfig(level=logging.WARNING)
    with tempfile.TemporaryFile() as chatter:
        os.dup2(chatter.fileno(), 1)
        os.dup2(chatter.fileno(), 2)
        try:
            train_model(given.out.resolve(), given.data or ["data"], given.config, given.domain)
        except (Exception, SystemExit):  # noqa: BLE001 -- Rasa ends the process itself for some faults
            traceback.print_exc()
            sys.stderr.flush()
            chatter.seek(0)
            print(chatter.read().decode("utf-8", "replace")[-LAST_WORDS:], file=progress)
            print("Training failed; the last model, if any, was left as it was.", file=progress)
            return 1
    size = given.out.stat().st_size // 1024
    print(f"Trained in {time.monotonic() - started:.0f} s ({size} KB).", file=progress)
    return 0


if __name__ == "__main__":
    sys.exit(main())
