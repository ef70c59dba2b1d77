"""`python -m cli.diagrams`: writes what stands in tables of ours anew into the documents.

`<!-- states: LANE -->` … `<!-- /states -->` becomes its diagram, `<!-- steps: LANE -->` … `<!-- /steps -->` what officers
may do in it.
"""

import re
import sys
from pathlib import Path

from cli.places import ROOT
from services.app import LANES
from services.cases.diagrams import lane_diagram
from services.reports.steps import BACK, STEPS, Step
from services.reports.tables import DENIED

DOCS = ROOT / "docs"
_PLACE = re.compile(r"(<!-- (?P<what>states|steps): (?P<name>\w+) -->\n).*?(<!-- /(?P=what) -->)", re.DOTALL)
HEADER = "| step | role | apart from all before | given with it | guard |\n|---|---|---|---|---|\n"


def drawn(text: str) -> str:
    """The document as the tables are now; a name that no lane has is left as it is."""
    return _PLACE.sub(_redraw, text)


def _redraw(place: re.Match[str]) -> str:
    lane, steps = LANES.get(place["name"]), STEPS.get(place["name"])
    if place["what"] == "states" and lane is not None:
        diagram = lane_diagram(lane, left_out=lambda event: event.startswith((BACK, DENIED)))
        return f"{place[1]}```mermaid\n{diagram}\n```\n{place[4]}"
    if place["what"] == "steps" and steps is not None:
        rows = "".join(_row(state, event, step) for (state, event), step in steps.items())
        return f"{place[1]}{HEADER}{rows}{place[4]}"
    return place[0]


def _row(state: str, event: str, step: Step) -> str:
    cells = (
        f"{state} → `{event}` → {step.to}",
        ", ".join(sorted(step.roles)),
        step.apart or "–",
        ", ".join(step.needs) or "–",
        step.purpose or "–",
    )
    return f"| {' | '.join(cells)} |\n"


def documents() -> list[Path]:
    """Those that hold diagrams."""
    return [path for path in sorted(DOCS.glob("*.md")) if _PLACE.search(path.read_text(encoding="utf-8"))]


def main() -> None:
    """Rewrite them; says which changed."""
    for path in documents():
        before = path.read_text(encoding="utf-8")
        after = drawn(before)
        if after != before:
            path.write_text(after, encoding="utf-8")
            sys.stderr.write(f"· {path.relative_to(ROOT)} drawn anew\n")


if __name__ == "__main__":
    main()
