"""What is read of a story about cards: serials, whose cards they are, the shop, the time, the invoice."""

from datetime import datetime, timezone

import pytest

from actions.cards import (
    find_amount,
    find_bought,
    find_invoice,
    find_serials,
    mixes_two_kinds,
    moment_of,
    split_card,
    take_chain,
    take_invoice,
    take_serials,
)
from actions.confirm_lock import find_report, find_total, take_total
from actions.goal import Heard

NOW = datetime(2026, 11, 22, 6, 5, tzinfo=timezone.utc)


def heard(text: str, intent: str = "inform", **named: tuple[str, ...]) -> Heard:
    return Heard(text, intent, entities=named, named=named, at=NOW)


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("MCAB1234567890 跟 MCAB1234567891 昨天買的", ("MCAB1234567890", "MCAB1234567891")),
        ("序號：MCAB-1234-5678-90，MCAB1234567890", ("MCAB1234567890",)),
        ("GASH 序號 1234-5678-9012-3456", ("1234567890123456",)),
        ("發票號碼 AB12345678", ()),
        ("序號已經給他了", ()),
        ("MyCard 5000 的兩張", ()),
    ],
)
def test_serials_in_any_sentence(text: str, serials: tuple[str, ...]) -> None:
    assert find_serials(heard(text)) == serials


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("1234567890123", ("1234567890123",)),
        ("ab12cd34ef56", ("AB12CD34EF56",)),
        ("1234567890123 全家 2026-11-20", ("1234567890123",)),
        ("0912-345-678", ()),
        ("發票 AB12345678", ()),
        ("5000", ()),
        ("我沒有序號", ()),
    ],
)
def test_as_the_answer_to_its_question_more_is_a_serial(text: str, serials: tuple[str, ...]) -> None:
    assert take_serials(heard(text)) == serials


def test_where_several_issuers_are_named_each_serial_knows_its_own() -> None:
    issuers = ("MyCard", "GASH")
    said = heard("MyCard MCAB1234567890 還有 GASH GS5551234567", issuer=issuers)
    assert [split_card(value) for value in find_serials(said)] == [
        ("MyCard", "MCAB1234567890"),
        ("GASH", "GS5551234567"),
    ]
    assert split_card("MCAB1234567890") == (None, "MCAB1234567890")


@pytest.mark.parametrize(
    "text",
    [
        "MCAB1234567890 A7K9Q2M4",
        "MCAB1234567890\nA7K9Q2M4P1",
        "1234567890123 88776655",
        "MCAB1234567890 跟 9988776",
    ],
)
def test_of_numbers_of_two_kinds_none_is_taken_unless_one_is_called_the_serial(text: str) -> None:
    assert mixes_two_kinds(heard(text))
    assert find_serials(heard(text)) == take_serials(heard(text)) == ()
    assert not mixes_two_kinds(heard(f"序號 {text}"))


@pytest.mark.parametrize(
    "text",
    [
        "MCAB1234567890 MCAB1234567891",
        "MCAB1234567890 0912-345-678 2026-11-20 5000元",
        "MCAB1234567890 發票 AB12345678",
    ],
)
def test_other_numbers_beside_a_serial_are_no_second_kind(text: str) -> None:
    assert not mixes_two_kinds(heard(text))
    assert "MCAB1234567890" in take_serials(heard(text))


@pytest.mark.parametrize(
    ("text", "bought"),
    [
        ("昨天下午三點", ("2026-11-21T07:00:00.000Z",)),
        ("昨天", ("2026-11-21",)),
        ("不是昨天三點，是前天三點", ("2026-11-21T07:00:00.000Z", "2026-11-20T07:00:00.000Z")),
        ("在全家", ()),
    ],
)
def test_when_it_was_bought(text: str, bought: tuple[str, ...]) -> None:
    assert find_bought(heard(text)) == bought


def test_without_a_clock_no_time_is_read() -> None:
    assert find_bought(Heard("昨天")) == ()


def test_a_day_is_its_noon_unless_that_is_still_to_come() -> None:
    assert moment_of("2026-11-21", NOW).isoformat() == "2026-11-21T04:00:00+00:00"
    assert moment_of("2026-11-22", NOW.replace(hour=1)) == NOW.replace(hour=1)


@pytest.mark.parametrize(
    ("text", "chain"), [("網路上買的", ("other",)), ("somewhere else", ("other",)), ("忘了", ())]
)
def test_a_shop_that_is_no_chain(text: str, chain: tuple[str, ...]) -> None:
    assert take_chain(heard(text)) == chain
    assert take_chain(heard("7-11 買的", store=("7-ELEVEN",))) == ("7-ELEVEN",)


@pytest.mark.parametrize(
    "text",
    ["發票號碼 AB12345678", "發票是 ab-12345678", "invoice number AB12345678", "統一發票：AB 12345678"],
)
def test_an_invoice_is_called_one(text: str) -> None:
    assert find_invoice(heard(text)) == ("AB12345678",)
    assert find_invoice(heard("AB12345678")) == ()
    assert take_invoice(heard("AB12345678，5000")) == ("AB12345678",)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("AB12345678 總金額 10,000", ("10000",)),
        ("一共 5000", ("5000",)),
        ("total 3000", ("3000",)),
        ("NT$1,000", ("1000",)),
        ("AB12345678", ()),
    ],
)
def test_a_total_in_any_sentence(text: str, total: tuple[str, ...]) -> None:
    assert find_total(heard(text)) == total


@pytest.mark.parametrize(("text", "total"), [("5000", ("5000",)), ("五千元", ("5000",)), ("AB12345678", ())])
def test_a_bare_total_as_an_answer(text: str, total: tuple[str, ...]) -> None:
    assert take_total(heard(text)) == total


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("165案號 A1234567", ("A1234567",)),
        ("165 的案號是 1141122-0077", ("1141122-0077",)),
        ("報案三聯單號碼：P11311220077", ("P11311220077",)),
        ("police report number 11311220077", ("11311220077",)),
        ("案號 LF-7F3K-92QX", ()),
        ("我打過165了", ()),
    ],
)
def test_the_number_of_a_report(text: str, number: tuple[str, ...]) -> None:
    assert find_report(heard(text)) == number


def test_the_value_of_a_card_is_its_first_sum() -> None:
    assert find_amount(heard("MyCard 5000 的兩張", amount=("5000",))) == ("5000",)
    assert find_amount(heard("", amount=("幾千",))) == ()
