"""The shipped issuers and chains are those the core reads, none has joined, and a bad list is refused by column."""

from datetime import date
from pathlib import Path

import pytest

from services.locks.chains import chains, find_chain
from services.locks.issuers import COLUMNS, SEED, NotIssuers, read_issuers, shipped_issuers
from tests.conftest import ROOT

LOOKUPS = ROOT / "nlu" / "lookups"
NO_CARDS_OF_THEIRS = {
    "PlayStation",
    "Xbox",
    "Nintendo",
    "8591",
}  # the core knows them; no part of the joint defence
ROW = "gash,GASH,GASH,GASH,hub,48,unknown,serial;invoice,https://x.example/,lock,,2026-11-22,them,no,1,6"


def spoken(file: str) -> set[str]:
    lines = (LOOKUPS / file).read_text(encoding="utf-8").splitlines()
    return {line.split("|")[0].strip() for line in lines if not line.startswith("#")}


def written(tmp_path: Path, *rows: str, columns: str = ",".join(COLUMNS)) -> Path:
    path = tmp_path / "issuers.csv"
    path.write_text("\n".join((columns, *rows)) + "\n", encoding="utf-8")
    return path


def test_the_core_reads_them_by_the_same_names() -> None:
    assert {one.spoken for one in shipped_issuers()} == spoken("issuer.txt") - NO_CARDS_OF_THEIRS
    assert {one.spoken for one in chains().values()} == spoken("store.txt")


def test_all_ship_as_their_own_page_or_hotline() -> None:
    assert {one.way for one in shipped_issuers()} == {"manual"}
    assert {one.id for one in shipped_issuers() if one.outsider} == {"apple", "google_play", "steam"}
    assert {one.delay_hours for one in shipped_issuers()} == {None}


@pytest.mark.parametrize("name", ["familymart", "全家", "FamilyMart", " familymart "])
def test_a_chain_by_any_name(name: str) -> None:
    assert find_chain(name) == "familymart"


def test_no_chain() -> None:
    assert find_chain("轉角雜貨店") is None


def test_a_list_is_read(tmp_path: Path) -> None:
    (gash,), rejected = read_issuers(written(tmp_path, ROW))

    assert rejected == []
    assert (gash.way, gash.delay_hours, gash.needs, gash.verified_on) == (
        "hub",
        48,
        ("serial", "invoice"),
        date(2026, 11, 22),
    )
    assert (gash.hotline, gash.own_rule_hours, gash.outsider) == (None, 6, False)


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [
        ("id", "gash,", "Gash!,"),
        ("name_zh", ",GASH,GASH,GASH,", ",,GASH,GASH,"),
        ("way", ",hub,", ",fax,"),
        ("delay_hours", ",48,", ",two days,"),
        ("refund_rule", ",unknown,", ",maybe,"),
        ("needs", "serial;invoice", "serial;pin"),
        ("url", "https://x", "http://x"),
        ("page", ",lock,", ",,"),
        ("verified_on", "2026-11-22", "22/11/2026"),
        ("outsider", ",no,", ",?,"),
        ("serial_rule", ",1,6", ",99,6"),
        ("own_rule_hours", ",1,6", ",1,-6"),
    ],
)
def test_a_row_that_does_not_fit_is_named_by_its_column(
    tmp_path: Path, column: str, old: str, new: str
) -> None:
    good = ROW.replace("gash,", "mycard,", 1)
    issuers, rejected = read_issuers(written(tmp_path, good, ROW.replace(old, new, 1)))

    assert [one.id for one in issuers] == ["mycard"]
    assert [(line, reason) for line, _, reason in rejected] == [(3, column)]


def test_another_file_is_no_list_of_issuers(tmp_path: Path) -> None:
    for path in (
        written(tmp_path),
        written(tmp_path, "a,b", columns="domain,date"),
        SEED.parent / "stores.csv",
    ):
        with pytest.raises(NotIssuers):
            read_issuers(path)
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NotIssuers):
        read_issuers(binary)
