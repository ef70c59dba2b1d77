"""What is written about locks is what the tables say."""

from cli.draft_diagrams import DOCUMENT, diagram, parts, render


def test_the_diagrams_are_those_of_the_tables() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")

    assert render(written) == written, "run `python -m cli.draft_diagrams`"
    assert all(part in written for part in parts().values())


def test_a_diagram_shows_every_step_once() -> None:
    table = {("a", "go"): "b", ("a", "jump"): "b", ("b", "back"): "a"}

    assert diagram("a", table, {"c"}).splitlines()[2:-1] == [
        "    [*] --> a",
        "    a --> b: go, jump",
        "    b --> a: back",
        "    c --> [*]",
    ]
