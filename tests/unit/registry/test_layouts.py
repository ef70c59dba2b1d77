"""The official layouts, with the dirt they really have."""

import io
import json
from datetime import date

import pytest

from services.registry.layouts import READERS, Entry, NotThisData, read_date
from services.registry.listing import Listable, Lister, Refused
from tests.unit.registry.shipped import directory

SITES = "\ufeffWEBSITE_NM,WEBURL,CNT,STA_SDATE,STA_EDATE\r\n網站名稱,網址,件數,統計起始日期,統計結束日期\r\n"


def entries(kind: str, content: str | bytes) -> list[Entry]:
    raw = content.encode() if isinstance(content, str) else content
    return list(READERS[kind](io.BytesIO(raw)))


def test_sites_two_headers_bom_and_dates() -> None:
    rows = entries("165-sites", SITES + "Amazon,www.evil.top,3,2025/12/02,2025/12/08\r\n\r\nX,,1,,\r\n")
    assert rows[0] == Entry(3, "address", "www.evil.top", date(2025, 12, 8), 3)
    assert (rows[1].text, rows[1].as_of) == ("", None)


def test_a_borrowed_name_is_never_an_entry() -> None:
    assert all(
        "amazon" not in row.text.lower() for row in entries("165-sites", SITES + "amazon.com,evil.top,1,,\n")
    )


def test_line_ids_as_csv_and_json() -> None:
    assert [row.text for row in entries("165-line-ids", "\ufeff編號,帳號\n1,＠Abc123\n2,-chenjh\n")] == [
        "＠Abc123",
        "-chenjh",
    ]
    as_json = json.dumps([{"編號": 1, "帳號": "abc123", "通報日期": "1140506"}], ensure_ascii=False)
    assert entries("165-line-ids", as_json)[0].as_of == date(2025, 5, 6)


def test_rpz_as_json_official_csv_and_development_copy() -> None:
    as_json = json.dumps(
        [{"網域名稱": "evil.top", "偽冒網址": "https://evil.top/a", "停止解析日期": "114/05/06"}],
        ensure_ascii=False,
    )
    assert entries("moda-rpz", as_json) == [Entry(1, "domain", "evil.top", date(2025, 5, 6))]
    assert (
        entries("moda-rpz", "網域名稱,偽冒網址,停止解析日期\n,https://evil.top/a,20250506\n")[0].text
        == "https://evil.top/a"
    )
    assert entries("moda-rpz", "domain,dataset_date,source\nevil.top,2024-03-05,x\n")[0].as_of == date(
        2024, 3, 5
    )


@pytest.mark.parametrize("kind", sorted(READERS))
@pytest.mark.parametrize(
    "content",
    ["", "a,b\n1,2\n", "[]", '{"a":1}', "[1,2]", "[{", "<html></html>", b"\xa5\xa6\xff\xfe", b"\x00\x01"],
)
def test_anything_else_is_refused_in_one_sentence(kind: str, content: str | bytes) -> None:
    with pytest.raises(NotThisData) as refusal:
        entries(kind, content)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025/12/18", date(2025, 12, 18)),
        ("2025-12-18T00:00:00", date(2025, 12, 18)),
        ("20251218", date(2025, 12, 18)),
        ("114/05/06", date(2025, 5, 6)),
        ("1140506", date(2025, 5, 6)),
        ("114年5月6日", date(2025, 5, 6)),
        ("11412", date(2025, 12, 1)),
        ("114/13/40", None),
        ("", None),
        ("soon", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "1,google.com\r\n2,www.shop.com.tw\r\n",
        "# Tranco\n1,google.com\n\n2,www.shop.com.tw\n",
        "rank,domain,score\n1,google.com,100\n2,www.shop.com.tw,99.5\n",
        "google.com\nwww.shop.com.tw\n",
        "\ufeff1\tGOOGLE.com\n2\twww.shop.com.tw\n",
    ],
)
def test_rankings_in_their_usual_layouts(text: str) -> None:
    names = [entry.text for entry in READERS["popular"](io.BytesIO(text.encode()))]
    assert names == ["google.com", "www.shop.com.tw"]
    lister = Lister(directory())
    assert lister.decide(Entry(1, "popular", names[1])) == Listable("popular", "shop.com.tw")
    assert lister.decide(Entry(1, "popular", "com.tw")) == Refused("public_suffix")


@pytest.mark.parametrize("text", ["<html>\n<body>\n", "name;age\nann;12\n", "\xff\n"])
def test_another_file_is_no_ranking(text: str) -> None:
    with pytest.raises(NotThisData):
        list(READERS["popular"](io.BytesIO(text.encode("latin-1"))))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("address", "www.evil.top", Listable("host", "evil.top")),
        (
            "address",
            "hepojx.s3-accelerate.amazonaws.com/index.html",
            Listable("host", "hepojx.s3-accelerate.amazonaws.com"),
        ),
        (
            "address",
            "play.google.com/store/apps/details?id=com.x.",
            Listable("page", "play.google.com/store/apps/details?id=com.x."),
        ),
        ("address", "https://evil.github.io/a", Listable("host", "evil.github.io")),
        ("address", "play.google.com", Refused("shared_host_without_page")),
        ("address", "github.io", Refused("public_suffix")),
        ("address", "azurewebsites.net", Refused("public_suffix")),
        ("address", "com.tw", Refused("public_suffix")),
        ("address", "www.water.gov.tw", Refused("official_domain")),
        ("address", "anything.gov.tw", Refused("official_domain")),
        ("address", "bitgin", Refused("no_public_suffix")),
        ("address", "www.acvd.sit", Refused("no_public_suffix")),
        ("address", "", Refused("empty")),
        ("line_id", "＠Abc123", Listable("line_id", "abc123")),
        ("line_id", "https://line.me/ti/p/~Cash777", Listable("line_id", "cash777")),
        ("line_id", "https://line.me/R/ti/p/%40shop99x", Listable("line_id", "shop99x")),
        ("line_id", "abc", Refused("too_short")),
        ("line_id", "service", Refused("common_word")),
        ("line_id", "@etag", Refused("official_name")),
        ("line_id", "王小明", Refused("not_a_line_id")),
    ],
)
def test_what_may_be_listed(kind: str, text: str, expected: Listable | Refused) -> None:
    assert Lister(directory()).decide(Entry(1, kind, text)) == expected
