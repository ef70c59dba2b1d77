"""What the model sees of a sentence: concepts, clauses, and what in them is set aside."""

import pytest

from nlu.components.clauses import clauses
from nlu.components.concepts import find_concepts, lexicon
from nlu.components.features import KINDS, Utterance, concepts, last_clause, shape
from nlu.components.forward_gate import DOUBT, in_doubt, is_confirmed, tied
from nlu.components.linear import train
from nlu.components.lookups import read_lookup
from nlu.components.tokens import tokens_of


def said(text: str) -> Utterance:
    return Utterance.of(text, tokens_of(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("凍結點數卡", ["lock", "card"]),
        ("freeze my card", ["lock", "i", "card"]),
        ("解除鎖定", ["unlock"]),
        ("impersonating", ["fake"]),
        ("unlocked", []),
    ],
)
def test_words_that_say_the_same_are_one_concept(text: str, names: "list[str]") -> None:
    assert [one.names[0] for one in find_concepts(text)] == names


def test_every_concept_is_a_row_of_its_own() -> None:
    rows = [row[0] for row in read_lookup("concept")]
    assert len(rows) == len(set(rows))
    assert {name for names in lexicon().names.values() for name in names} == set(rows)


def test_what_is_set_aside_is_told_from_what_is_wished() -> None:
    first, second = clauses("不是要鎖卡,是要解鎖")
    assert (first.aside, second.aside) == (0, second.end)
    seen = set(concepts(said("不是要鎖卡，是要解鎖")))
    assert {"~lock", "unlock", "+unlock", "Lunlock"} <= seen
    assert not {"lock", "+lock", "~unlock"} & seen


@pytest.mark.parametrize("text", ["不要讓他儲", "是不是詐騙", "別人給我的"])
def test_some_denials_are_wishes_or_questions(text: str) -> None:
    (clause,) = clauses(text)
    assert clause.aside == clause.end


def test_the_last_clause_stands_alone() -> None:
    assert "退" in set(last_clause(said("卡鎖好了，錢怎麼退")))
    assert "鎖" not in set(last_clause(said("卡鎖好了，錢怎麼退")))


def test_shape_tells_a_notice() -> None:
    assert {"sender in brackets first", "__url__"} <= set(shape(said("【台水】欠費請至 https://water.top/a")))


@pytest.mark.parametrize("text", ["", " ", "？？？", "\u200b", "🤷", "a" * 5000, "不" * 700])
def test_anything_has_features(text: str) -> None:
    for features, _ in KINDS:
        assert all(isinstance(feature, str) for feature in features(said(text)))


def test_a_goal_in_doubt_gets_an_equal() -> None:
    doubted = in_doubt({"lock_card": 0.8, "forward_message": 0.1, "greet": 0.1})
    assert next(iter(doubted)) == "lock_card"
    assert doubted["lock_card"] == doubted["forward_message"]
    assert sum(doubted.values()) == pytest.approx(1.0)
    sure = {"lock_card": 0.9, "forward_message": DOUBT / 2, "greet": 0.08}
    assert in_doubt(sure) == sure
    checked = {"check_message": 0.5, "forward_message": 0.4}
    assert in_doubt(checked) == checked


@pytest.mark.parametrize(
    ("intent", "text", "confirmed"),
    [
        ("already_scammed", "芭樂放冰箱了", False),
        ("already_scammed", "我轉了三萬給他", True),
        ("already_scammed", "他叫我轉三萬，我還沒轉", False),
        ("contact_by_code", "我到門口了", False),
        ("contact_by_code", "請聯絡 4821", True),
        ("refund_card", "退稅入帳了", False),
        ("refund_card", "點數卡退費", True),
        ("unlock_card", "網銀已鎖 解鎖 bit.ly/tw0bk", False),
        ("unlock_card", "撤銷昨天的申請，打開它", True),
        ("report_site", "手作課連結更新 portal.cc/a", False),
        ("report_site", "這個網站請下架 evil.top", True),
        ("greet", "你好", True),
    ],
)
def test_what_a_goal_is_about_must_be_named(intent: str, text: str, confirmed: bool) -> None:
    assert is_confirmed(intent, text) is confirmed


def test_an_unconfirmed_goal_gets_an_equal() -> None:
    assert tied({"refund_card": 0.8, "greet": 0.2}) == {"refund_card": 0.8, "greet": 0.8}


def test_the_same_sentences_give_the_same_model() -> None:
    texts = ["我要鎖卡", "幫我鎖卡", "我要退款", "幫我退款", "你好", "你好啊"]
    intents = ["lock_card", "lock_card", "refund_card", "refund_card", "greet", "greet"]
    one, two = (train([said(text) for text in texts], intents, 2.0, 4.0) for _ in range(2))
    scores = one.score(said("鎖卡"))
    assert scores == two.score(said("鎖卡"))
    assert max(scores, key=lambda intent: scores[intent]) == "lock_card"
    assert sum(scores.values()) == pytest.approx(1.0)
    assert one.score(said("😀")) == {}
