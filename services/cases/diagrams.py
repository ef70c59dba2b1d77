"""A state table as a Mermaid diagram, so that the documents cannot tell another story than the code. Pure."""

from collections.abc import Callable, Collection

from services.cases.lane import Lane, Table


def lane_diagram(lane: Lane, *, left_out: Callable[[str], bool] = lambda _: False) -> str:
    """The lane's table with what its deadlines do; events that `left_out` names stand in the text instead."""
    after = {
        (state, deadline.event): f" ({_hours(deadline.after.total_seconds())})"
        for state, deadline in lane.deadlines.items()
    }
    named = {
        place: (f"{place[1]}{after.get(place, '')}", to)
        for place, to in lane.table.items()
        if not left_out(place[1])
    }
    return _drawn(lane.start, [(state, event, to) for (state, _), (event, to) in named.items()], lane.ends)


def table_diagram(start: str, table: Table, ends: Collection[str] = ()) -> str:
    """The same for a table that belongs to no lane."""
    return _drawn(start, [(state, event, to) for (state, event), to in table.items()], ends)


def _drawn(start: str, edges: list[tuple[str, str, str]], ends: Collection[str]) -> str:
    """One arrow for each pair of states, with all the events that lead along it."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for state, event, to in edges:
        arrows.setdefault((state, to), []).append(event)
    lines = [
        f"    {state} --> {to}: {', '.join(sorted(events))}" for (state, to), events in sorted(arrows.items())
    ]
    return "\n".join(
        ["stateDiagram-v2", f"    [*] --> {start}", *lines, *(f"    {end} --> [*]" for end in sorted(ends))]
    )


def _hours(seconds: float) -> str:
    return f"{seconds / 3600:.0f} h" if seconds < 7 * 86400 else f"{seconds / 86400:.0f} d"
