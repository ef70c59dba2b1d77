"""What is written about locks is what the tables say."""

from cli.diagrams import DOCS, PARTS, drawn
from services.cases.diagrams import table_diagram


def test_the_document_has_the_card_the_lock_and_its_deadlines() -> None:
    written = (DOCS / "locks.md").read_text(encoding="utf-8")

    assert drawn(written) == written, "run `python -m cli.diagrams`"
    for what, name in (("states", "card"), ("states", "lock"), ("deadlines", "lock")):
        assert (PARTS[what](name) or "missing") in written


def test_a_diagram_shows_every_step_once() -> None:
    table = {("a", "go"): "b", ("a", "jump"): "b", ("b", "back"): "a"}

    assert table_diagram("a", table, {"c"}).splitlines()[1:] == [
        "    [*] --> a",
        "    a --> b: go, jump",
        "    b --> a: back",
        "    c --> [*]",
    ]
