"""`python -m nlu.parse --model PATH`: `{"text"}` a line on stdin, intent and entities a line on stdout."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from nlu.prepare import prepare_rasa
from nlu.quiet import keep_texts_out_of_logs, send_prints_to_stderr


def read_text(line: str) -> str:
    """The text of one line; whatever is no `{"text": "…"}` is refused by name."""
    entry: Any = json.loads(line)
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        raise ValueError('a line must be {"text": "..."}')  # noqa: TRY004 -- like a line that is no JSON
    return str(entry["text"])


def main() -> int:
    """A line that is not in order is answered by `{"error"}`; the exit code is then 1."""
    arguments = argparse.ArgumentParser(prog="python -m nlu.parse", description=__doc__)
    arguments.add_argument("--model", type=Path, required=True, help="a model made by nlu.train")
    given = arguments.parse_args()
    results = send_prints_to_stderr()
    prepare_rasa()
    keep_texts_out_of_logs()
    from nlu.understanding import Understanding  # noqa: PLC0415 -- imports Rasa

    failed = 0
    understanding = Understanding.load(given.model)
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            parsed = understanding.parse(read_text(line))
        except (ValueError, RecursionError) as error:
            failed += 1
            parsed = {"error": f"line {number}: {error}"}
        answer = json.dumps(parsed, ensure_ascii=False)
        results.write(answer.encode("utf-8", "backslashreplace").decode() + "\n")
        results.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
