"""`python -m cli.diagrams`: writes what stands in tables of ours anew into the documents.

`<!-- states: NAME -->` … `<!-- /states -->` becomes the diagram of a lane or of a sold card, `<!-- steps: LANE -->` …
`<!-- /steps -->` what officers may do in it, `<!-- deadlines: LANE -->` … `<!-- /deadlines -->` what time does.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from cli.places import ROOT
from services.app import LANES
from services.cases.diagrams import lane_diagram, table_diagram
from services.locks import card_states
from services.reports.steps import BACK, STEPS, Step
from services.reports.tables import DENIED

DOCS = ROOT / "docs"
CARD = "card"
_PLACE = re.compile(r"(<!-- (?P<what>\w+): (?P<name>\w+) -->\n).*?(<!-- /(?P=what) -->)", re.DOTALL)
STEPS_HEADER = "| step | role | apart from all before | given with it | guard |\n|---|---|---|---|---|\n"
DEADLINES_HEADER = "| state | lasts at most | then |\n|---|---|---|\n"


def drawn(text: str) -> str:
    """The document as the tables are now; a name that no table has is left as it is."""
    return _PLACE.sub(_redraw, text)


def _redraw(place: re.Match[str]) -> str:
    part = PARTS[place["what"]](place["name"]) if place["what"] in PARTS else None
    return place[0] if part is None else f"{place[1]}{part}{place[4]}"


def states(name: str) -> str | None:
    """A Mermaid diagram."""
    if name == CARD:
        ends = card_states.STATES - {state for state, _ in card_states.TABLE}
        diagram = table_diagram(card_states.START, card_states.TABLE, ends)
    elif name in LANES:
        diagram = lane_diagram(LANES[name], left_out=lambda event: event.startswith((BACK, DENIED)))
    else:
        return None
    return f"```mermaid\n{diagram}\n```\n"


def steps(name: str) -> str | None:
    if name not in STEPS:
        return None
    return STEPS_HEADER + "".join(_step(state, event, step) for (state, event), step in STEPS[name].items())


def _step(state: str, event: str, step: Step) -> str:
    cells = (
        f"{state} → `{event}` → {step.to}",
        ", ".join(sorted(step.roles)),
        step.apart or "–",
        ", ".join(step.needs) or "–",
        step.purpose or "–",
    )
    return f"| {' | '.join(cells)} |\n"


def deadlines(name: str) -> str | None:
    """How long a case stays in a state, and what happens then."""
    if name not in LANES:
        return None
    return DEADLINES_HEADER + "".join(
        f"| {state} | {deadline.after.total_seconds() / 3600:g} hours | {deadline.event} |\n"
        for state, deadline in LANES[name].deadlines.items()
    )


PARTS: dict[str, Callable[[str], str | None]] = {"states": states, "steps": steps, "deadlines": deadlines}


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
