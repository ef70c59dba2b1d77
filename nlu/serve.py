"""`python -m nlu.serve --model PATH --port N [--actions-url URL] [--workers N]`, run from the repository's root."""

import argparse
import sys
from pathlib import Path

from nlu.prepare import prepare_rasa
from nlu.quiet import keep_texts_out_of_logs, send_prints_to_stderr


def main() -> int:
    """Nothing of Rasa is imported before the process is prepared for it."""
    arguments = argparse.ArgumentParser(prog="python -m nlu.serve", description=__doc__)
    arguments.add_argument("--model", type=Path, required=True, help="a model made by nlu.train")
    arguments.add_argument("--port", type=int, required=True, help="on 127.0.0.1")
    arguments.add_argument("--actions-url", help="default: the one of endpoints.yml")
    arguments.add_argument("--workers", type=int, default=1, help="processes; more than one need Redis")
    given = arguments.parse_args()
    send_prints_to_stderr()
    prepare_rasa()
    keep_texts_out_of_logs()
    from nlu.server import serve  # noqa: PLC0415 -- imports Rasa

    return serve(given.model, given.port, given.actions_url, given.workers)


if __name__ == "__main__":
    sys.exit(main())
