"""The core knows the organisations the registry knows."""

import pytest

from cli.draft_lookups import FILES, LOOKUPS, render


@pytest.mark.parametrize("file", FILES)
def test_the_look_up_files_are_those_of_the_registry(file: str) -> None:
    written = (LOOKUPS / f"{file}.txt").read_text(encoding="utf-8")
    assert written == render(file), "run `python -m cli.draft_lookups` and train again"


def test_names_that_are_mere_words_stay_out() -> None:
    known = {name for file in FILES for line in render(file).splitlines()[1:] for name in line.split(" | ")}
    assert {"台灣電力公司", "蝦皮購物", "數位發展部"} <= known
    assert not {"賣貨便", "普發現金", "165全民防騙", "LINE"} & known
