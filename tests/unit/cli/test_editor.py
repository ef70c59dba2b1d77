import pytest

from cli.editor import Editor, Quit, rows


def typed(*chunks: bytes) -> list[str]:
    editor = Editor()
    return [message for chunk in chunks for message in editor.feed(chunk)]


def test_enter_sends_what_was_typed() -> None:
    assert typed(b"h", b"i", b"\r") == ["hi"]


def test_a_marked_paste_of_many_lines_is_one_message_however_it_is_cut() -> None:
    paste = "\x1b[200~【台灣自來水】\r貴戶水費\rhttps://water-tw.top/pay\r\x1b[201~".encode()
    expected = ["【台灣自來水】\n貴戶水費\nhttps://water-tw.top/pay"]
    assert typed(paste, b"\r") == expected
    assert typed(*(paste[at : at + 1] for at in range(len(paste))), b"\r") == expected


def test_a_paste_without_marks_is_one_message_too() -> None:
    assert typed("第一行\n第二行\n".encode()) == ["第一行\n第二行"]
    assert typed("第一行\n第二行".encode(), b"\r") == ["第一行\n第二行"]


def test_erasing_works_by_signs_words_and_lines() -> None:
    assert typed("水費x\x7f\r".encode()) == ["水費"]
    assert typed(b"one two", b"\x17", b"\r") == ["one "]
    assert typed(b"wrong", b"\x15", b"right", b"\r") == ["right"]


def test_arrows_and_other_keys_leave_no_trace() -> None:
    assert typed(b"a\x1b[Ab\x1bOPc\x1b[1;5", b"Dd\r") == ["abcd"]


def test_leaving() -> None:
    with pytest.raises(Quit):
        typed(b"half\x03")
    with pytest.raises(Quit):
        typed(b"\x04")
    assert typed(b"x\x04\r") == ["x"]


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("", 10, 1),
        ("> abc", 10, 1),
        ("0123456789", 10, 1),
        ("01234567890", 10, 2),
        ("水水水", 5, 2),
        ("a\nb", 9, 2),
    ],
)
def test_rows_of_a_drawn_text(text: str, columns: int, expected: int) -> None:
    assert rows(text, columns) == expected
