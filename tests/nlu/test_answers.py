import pytest

from nlu.commands import escape_command
from nlu.components.exact_answers import exact_intent
from nlu.components.forward_gate import CERTAIN, weigh_forwarded
from nlu.components.tokens import LONGEST, tokens_of


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("好", "affirm"),
        ("好喔～", "affirm"),
        ("ＯＫ!!", "affirm"),
        ("yeah", "affirm"),
        ("送出", "affirm"),
        ("👌", "affirm"),
        ("对", "affirm"),
        ("不要啦", "deny"),
        ("nah", "deny"),
        ("no, thanks", "deny"),
        ("取消", "cancel"),
        ("never mind", "cancel"),
        ("哈囉", "greet"),
        ("謝謝！", "thanks"),
        ("help", "help"),
        ("？", "help"),
        ("English please", "change_language"),
        ("真人", "talk_to_human"),
        ("123", "inform"),
        ("0912-345-678", "inform"),
        ("https://evil.top/a", "inform"),
        ("MCAB1234567890 跟 MCAB1234567891", "inform"),
        ("7-11 民生門市", "inform"),
        ("LF-7F3K-92QX", "inform"),
        ("取消訂閱Netflix", None),
        ("請幫我查 https://evil.top/a", None),
        ("好像怪怪的", None),
        ("不是我買的", None),
        ("", None),
        ("   ", None),
        ("🤷", None),
        ("好" * 500, None),
    ],
)
def test_exact_answers(text: str, intent: "str | None") -> None:
    assert exact_intent(text) == intent


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/restart", "／restart"),
        (" \n/a{}", "／a{}"),
        ("//a", "／/a"),
        ("1/2", "1/2"),
        ("", ""),
        ("／a", "／a"),
    ],
)
def test_no_text_is_a_command(typed: str, read: str) -> None:
    assert escape_command(typed) == read


def test_structure_moves_forward_message_up_and_questions_move_it_down() -> None:
    assert weigh_forwarded(0.2, 4) > 0.2 > weigh_forwarded(0.2, -3)
    assert weigh_forwarded(0.0, 5) == CERTAIN
    assert weigh_forwarded(1.0, 5) == pytest.approx(1.0)
    assert weigh_forwarded(0.5, 2) == pytest.approx(0.5)


def test_tokens_are_characters_words_and_masks() -> None:
    tokens = tokens_of("请幫我查Shopee的 https://evil.top/a 12345ㄇ")
    words = [token.text for token in tokens]
    assert words == ["請", "幫", "我", "查", "shopee", "的", "__url__", "__number__", "嗎"]


def test_tokens_stand_where_their_text_stands() -> None:
    text = "ＡＢ 全家\u200b好"
    assert [(token.text, text[token.start : token.end]) for token in tokens_of(text)] == [
        ("ab", "ＡＢ"),
        ("__store__", "全家"),
        ("好", "好"),
    ]


def test_long_texts_are_cut() -> None:
    assert len(tokens_of("字" * 50_000)) == LONGEST
