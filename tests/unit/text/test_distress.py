"""Words of loss and of self-harm, measured on our own sentences of many different voices."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.distress import find_distress

HERE = Path(__file__).parent


def sentences(name: str) -> list[str]:
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def test_tellings_of_loss_are_found() -> None:
    told = [line.split(" | ", 1) for line in sentences("losses_told")]
    missed = [text for kinds, text in told if not find_distress(text).loss & set(kinds.split(","))]
    assert len(missed) <= len(told) * 0.02, missed


def test_what_tells_no_loss_is_left_alone() -> None:
    others = sentences("losses_not_told")
    false = [text for text in others if find_distress(text).loss]
    assert len(false) <= len(others) * 0.03, false


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
