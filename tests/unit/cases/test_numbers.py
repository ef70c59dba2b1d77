"""Case numbers: read as people type them, wrong ones found by the check character."""

import pytest

from services.cases.numbers import ALPHABET, check_character, new_number, read_number


def test_a_number_is_read_as_people_write_it() -> None:
    body = "0P1Q2R3"
    number = f"LF-0P1Q-2R3{check_character(body)}"
    for written in (
        number,
        number.lower(),
        number.replace("-", " "),
        number.replace("-", ""),
        number.replace("0", "o"),
    ):
        assert read_number(written) == number


def test_new_numbers_are_read_back() -> None:
    numbers = {new_number() for _ in range(200)}
    assert len(numbers) == 200
    assert {read_number(number) for number in numbers} == numbers


def test_every_single_wrong_character_is_found() -> None:
    number = new_number()
    for position in (*range(3, 7), *range(8, 12)):
        for sign in ALPHABET:
            wrong = number[:position] + sign + number[position + 1 :]
            assert (read_number(wrong) == wrong) == (wrong == number)


def test_exchanged_neighbours_are_found_but_for_the_ends_of_the_alphabet() -> None:
    body = "0P1Q2R3"
    signs = body + check_character(body)
    for left in range(7):
        exchanged = signs[:left] + signs[left + 1] + signs[left] + signs[left + 2 :]
        assert exchanged == signs or check_character(exchanged[:-1]) != exchanged[-1]


@pytest.mark.parametrize("written", ["", "LF", "LF-ABCD", "LF-ABCD-EFGU", "XX-0000-0000", "LF-0000-00000"])
def test_other_shapes_are_no_numbers(written: str) -> None:
    assert read_number(written) is None
