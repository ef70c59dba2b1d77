from pathlib import Path

from cli.child import Log


def test_a_log_never_grows_beyond_its_size_and_keeps_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "rasa.log"
    path.write_text("from the last start\n")
    log = Log(path, limit=100)
    assert (tmp_path / "rasa.log.old").read_text() == "from the last start\n"
    for number in range(30):
        log.write(f"line {number:02}\n".encode())
        assert path.stat().st_size <= 100
    log.close()
    assert path.read_text().endswith("line 29\n")
    assert (tmp_path / "rasa.log.old").stat().st_size <= 100
