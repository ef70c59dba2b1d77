"""Words of loss and of self-harm, measured on our own sentences of many different voices."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.distress import find_distress

HERE = Path(__file__).parent
TRAINED_ON = HERE.parents[2] / "data" / "losses"


def sentences(name: str, folder: Path = HERE) -> list[str]:
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def test_tellings_of_loss_are_found() -> None:
    told = sentences("losses_told")
    missed = [text for text in told if not find_distress(text).loss]
    assert len(missed) <= len(told) * 0.02, missed


def test_what_tells_no_loss_is_left_alone() -> None:
    others = sentences("losses_not_told")
    false = [text for text in others if find_distress(text).loss]
    assert len(false) <= len(others) * 0.05, false


def test_what_was_lost_is_told_apart() -> None:
    told = [line.split(" | ", 1) for line in sentences("told", TRAINED_ON) if " | " in line]
    missed = [text for kinds, text in told if not find_distress(text).loss & set(kinds.split(","))]
    assert len(told) > 200
    assert len(missed) <= len(told) * 0.02, missed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("伊叫我匯錢，我無理伊", False),
        ("我已經匯錢予伊矣", True),
        ("ㄨㄛˇ ㄅㄟˋ ㄆㄧㄢˋ ㄌㄜ˙ 五千", True),
        ("還ㄇ付啦", False),
        ("我已經 付 款 了", True),
        ("錢匯筐過去了", True),
    ],
)
def test_dialect_and_hurried_spelling(text: str, told: bool) -> None:
    assert bool(find_distress(text).loss) is told


@pytest.mark.parametrize(
    "text",
    [
        "我不小心點了連結",
        "要不是看到宣導，我早就匯了",
        "他說他已經匯款給我了",
        "我上個月繳了學費",
        "機票刷了，下個月去日本，好期待",
        "本來想付訂金，後來沒付",
    ],
)
def test_nothing_to_warn_of(text: str) -> None:
    assert not find_distress(text).loss


def test_what_is_asked_and_then_done_is_told_over_two_sentences() -> None:
    assert find_distress("叫我存保證金，我存了").loss == {"transfer"}
    assert find_distress("她要我買GASH，號碼都報給她了").loss == {"card"}


@pytest.mark.parametrize("text", sentences("self_harm_told"))
def test_self_harm(text: str) -> None:
    assert find_distress(text).self_harm


@pytest.mark.parametrize("text", sentences("self_harm_not_told"))
def test_figures_of_speech_are_no_self_harm(text: str) -> None:
    assert not find_distress(text).self_harm


@pytest.mark.parametrize(
    "text",
    [
        "還沒轉",
        "要不要轉",
        "不要匯款",
        "如果我付了",
        "他叫我轉帳",
        "貨到付款",
        "您已轉帳成功",
        "【某銀行】您已刷卡 NT$1,200",
    ],
)
def test_not_yet_and_not_me(text: str) -> None:
    assert not find_distress(text)


def test_a_pasted_notice_does_not_hide_what_the_person_adds() -> None:
    assert find_distress("【某銀行】您已轉帳成功 NT$30,000\n慘了我被騙了，這是我轉的").loss == {"transfer"}


def test_several_losses_at_once() -> None:
    assert find_distress("我轉了三萬，驗證碼也給他了，還把身分證拍給他了").loss == {
        "transfer",
        "otp",
        "credentials",
    }


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_anything_can_be_read(text: str) -> None:
    find_distress(text)
