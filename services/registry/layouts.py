"""The official layouts of the open data, read row by row; pure: a binary file in, entries out.

Every reader refuses a file that is not its data with `NotThisData` before the first entry, and yields
`Unreadable` entries for dirty rows instead of stopping.
"""

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

ROC_YEAR_ONE = 1912
_DIGITS = re.compile(r"\d+")
_CELL_SEPARATORS = re.compile(r"[\s、，,；;]+")
_SITES = (
    ["WEBSITE_NM", "WEBURL", "CNT", "STA_SDATE", "STA_EDATE"],
    ["網站名稱", "網址", "件數", "統計起始日期", "統計結束日期"],
)
_LINE_ID_COLUMN = "帳號"
_DATE_COLUMNS = ("停止解析日期", "接獲通報日期", "通報日期", "公告日期", "dataset_date")
_RPZ_COLUMNS = ("網域名稱", "偽冒網址")
_POPULAR = re.compile(r"(?:\d{1,9}[,;\t ])?\s*\"?(?P<name>[^\s,;\"]+)\"?(?:[,;\t ].*)?")
_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}")
MOST_POPULAR = 100_000  # further down rankings hold frauds too
MAX_JSON_BYTES = 64 * 1024 * 1024


class NotThisData(Exception):
    """One sentence: what the file should have been and what it is not."""


@dataclass(frozen=True)
class Entry:
    """One thing the list names, as written. `kind`: address, domain, line_id or popular."""

    line: int
    kind: str
    text: str
    as_of: date | None = None
    reports: int | None = None


Reader = Callable[[IO[bytes]], Iterator[Entry]]


def read_sites(file: IO[bytes]) -> Iterator[Entry]:
    """data.gov.tw 160055: two header rows; only WEBURL counts, WEBSITE_NM is the name scammers borrowed."""
    rows = _csv_rows(file, "165-sites")
    first = next(rows, (0, []))[1]
    if first not in _SITES:
        raise NotThisData(
            "this is not the 165 list of fake investment sites (160055): the first row must be "
            "WEBSITE_NM,WEBURL,CNT,STA_SDATE,STA_EDATE"
        )
    for line, row in rows:
        if row == _SITES[1]:
            continue
        cells = [*row, *[""] * len(_SITES[0])]
        day = read_date(cells[4]) or read_date(cells[3])
        count = int(cells[2]) if cells[2].isdecimal() else None
        for text in filter(None, _CELL_SEPARATORS.split(cells[1])) if cells[1].strip() else [""]:
            yield Entry(line, "address", text, day, count)


def read_line_ids(file: IO[bytes]) -> Iterator[Entry]:
    """data.gov.tw 78432: CSV with 編號,帳號 or a JSON array with 帳號."""
    wrong = "this is not the 165 list of scam LINE IDs (78432): it has no 帳號 column"
    for line, record in _records(file, "165-line-ids", wrong, lambda columns: _LINE_ID_COLUMN in columns):
        yield Entry(line, "line_id", record.get(_LINE_ID_COLUMN, ""), _record_date(record))


def read_rpz(file: IO[bytes]) -> Iterator[Entry]:
    """data.gov.tw 165027: a JSON array in the official fields, or a CSV with them or with `domain`."""
    wrong = "this is not the MODA list of stopped domains (165027): it has neither 網域名稱 nor 偽冒網址"

    def fits(columns: set[str]) -> bool:
        return bool(columns & set(_RPZ_COLUMNS)) or {"domain", "dataset_date"} <= columns

    for line, record in _records(file, "moda-rpz", wrong, fits):
        domain = record.get("網域名稱") or record.get("domain") or ""
        day = _record_date(record)
        if domain or not record.get("偽冒網址"):
            yield Entry(line, "domain", domain, day)
        else:
            yield Entry(line, "address", record["偽冒網址"], day)


def read_popular(file: IO[bytes]) -> Iterator[Entry]:
    """A ranking, most popular first: `rank,domain` as Tranco and others have it, or one domain a line."""
    wrong = "this is not a ranking of popular domains: its lines must be `rank,domain` or a domain each"
    found = 0
    for line, row in enumerate(_text_lines(file, wrong), start=1):
        match = _POPULAR.fullmatch(row.strip().lower())
        name = match["name"] if match else ""
        if not row.strip() or row.startswith("#") or (line == 1 and not _NAME.fullmatch(name)):
            continue  # a comment, or the header
        if found == 0 and not _NAME.fullmatch(name):
            raise NotThisData(wrong)
        found += 1
        yield Entry(line, "popular", name)
        if found == MOST_POPULAR:
            return
    if found == 0:
        raise NotThisData(wrong)


READERS: dict[str, Reader] = {
    "165-sites": read_sites,
    "165-line-ids": read_line_ids,
    "moda-rpz": read_rpz,
    "popular": read_popular,
}


def read_date(text: str) -> date | None:
    """2025/12/18, 20251218, 114/05/06, 1140506, 114年5月6日 and 11412 (that month's first day); else None."""
    plain = unicodedata.normalize("NFKC", text).strip()
    numbers = [int(part) for part in _DIGITS.findall(plain.partition("T")[0].partition(" ")[0])]
    if len(numbers) == 1:
        numbers = _split_digits(plain)
    if len(numbers) == 2:
        numbers.append(1)
    if len(numbers) < 3:
        return None
    year, month, day = numbers[:3]
    try:
        return date(year if year >= ROC_YEAR_ONE else year + ROC_YEAR_ONE - 1, month, day)
    except ValueError:
        return None


def _split_digits(plain: str) -> list[int]:
    digits = "".join(_DIGITS.findall(plain))
    year = {5: 3, 6: 4 if digits.startswith(("19", "20")) else 2, 7: 3, 8: 4}.get(len(digits))
    if year is None:
        return []
    return [int(part) for part in (digits[:year], digits[year : year + 2], digits[year + 2 :]) if part]


def _record_date(record: dict[str, str]) -> date | None:
    return next((day for column in _DATE_COLUMNS if (day := read_date(record.get(column, "")))), None)


def _records(
    file: IO[bytes], kind: str, wrong: str, fits: Callable[[set[str]], bool]
) -> Iterator[tuple[int, dict[str, str]]]:
    start = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    if start[:1] in (b"[", b"{"):
        yield from _json_records(file, wrong, fits)
        return
    rows = _csv_rows(file, kind)
    header = next(rows, (0, []))[1]
    if not fits(set(header)):
        raise NotThisData(wrong)
    for line, row in rows:
        yield line, {name: cell.strip() for name, cell in zip(header, row, strict=False)}


def _json_records(
    file: IO[bytes], wrong: str, fits: Callable[[set[str]], bool]
) -> Iterator[tuple[int, dict[str, str]]]:
    raw = file.read(MAX_JSON_BYTES + 1)
    if len(raw) > MAX_JSON_BYTES:
        raise NotThisData(f"{wrong} (more than {MAX_JSON_BYTES >> 20} MB)")
    try:
        value: Any = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotThisData(f"{wrong} (broken JSON)") from error
    if not isinstance(value, list) or not value or not isinstance(value[0], dict) or not fits(set(value[0])):
        raise NotThisData(wrong)
    for number, record in enumerate(value, 1):
        if isinstance(record, dict):
            yield (
                number,
                {str(name): "" if cell is None else str(cell).strip() for name, cell in record.items()},
            )
        else:
            yield number, {}


def _csv_rows(file: IO[bytes], kind: str) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(_decoded_lines(file))
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield rows.line_num, [cell.strip() for cell in row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotThisData(f"this is not a readable {kind} file: it is no UTF-8 CSV or JSON text") from error


def _text_lines(file: IO[bytes], wrong: str) -> Iterator[str]:
    try:
        yield from _decoded_lines(file)
    except UnicodeDecodeError as error:
        raise NotThisData(wrong) from error


def _decoded_lines(file: IO[bytes]) -> Iterator[str]:
    for number, line in enumerate(file):
        yield line.decode("utf-8-sig" if number == 0 else "utf-8")
