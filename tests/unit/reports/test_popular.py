"""`lianfang import popular`: names that a ranking knows stop an officer, and change no verdict."""

from pathlib import Path

import pytest

from services.registry.importing import import_file
from services.reports.deciding import Refused
from tests.unit.reports.bureau import Bureau


async def test_an_imported_ranking_stops_a_decision_and_is_no_list(bureau: Bureau, tmp_path: Path) -> None:
    ranking = tmp_path / "top.csv"
    ranking.write_text("1,known-shop.top\n2,www.second-shop.top\n3,com.tw\n", encoding="utf-8")
    done = await import_file(bureau.database, "popular", ranking, bureau.clock, lambda *_: None)
    assert (done.listed, done.rejected) == (2, 1)
    bureau.clock.move(minutes=1)
    found = await bureau.checked("https://www.known-shop.top")
    assert found["verdict"] == "unknown"
    assert "no_lists" in {reason["code"] for reason in found["reasons"]}  # a ranking is no list of frauds

    number = (await bureau.file(subject="https://www.known-shop.top")).case.number
    await bureau.approve_all_the_way(number, "accept")
    with pytest.raises(Refused) as refused:
        await bureau.approve_all_the_way(number, "verify")
    assert refused.value.codes == ("popular_name",)
