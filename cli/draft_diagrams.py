"""`python -m cli.draft_diagrams`: writes the state diagrams of docs/locks.md from the tables themselves."""

import re
import sys
from collections import defaultdict
from collections.abc import Collection, Mapping

from cli.places import ROOT
from services.locks import card_states, lock_states
from services.locks.lane import LOCK

DOCUMENT = ROOT / "docs" / "locks.md"
Table = Mapping[tuple[str, str], str]


def diagram(start: str, table: Table, ends: Collection[str]) -> str:
    """A Mermaid state diagram; events that lead the same way share an arrow."""
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (state, event), after in table.items():
        arrows[state, after].append(event)
    lines = [f"    [*] --> {start}"]
    lines += [f"    {state} --> {after}: {', '.join(events)}" for (state, after), events in arrows.items()]
    lines += [f"    {end} --> [*]" for end in sorted(ends)]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def deadlines() -> str:
    """How long a lock stays in a state, and what happens then."""
    rows = [
        f"| {state} | {deadline.after.total_seconds() / 3600:g} hours | {deadline.event} |"
        for state, deadline in LOCK.deadlines.items()
    ]
    return "\n".join(["| state | lasts at most | then |", "|---|---|---|", *rows])


def parts() -> dict[str, str]:
    """Everything that is generated, by the name between its marks."""
    card_ends = card_states.STATES - {state for state, _ in card_states.TABLE}
    return {
        "card": diagram(card_states.START, card_states.TABLE, card_ends),
        "lock": diagram(LOCK.start, lock_states.TABLE, lock_states.ENDS),
        "deadlines": deadlines(),
    }


def render(document: str) -> str:
    """The document with what stands between the marks made anew."""
    for name, part in parts().items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        document = marks.sub(rf"\g<1>{part}\n\g<2>", document)
    return document


def main() -> int:
    DOCUMENT.write_text(render(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
