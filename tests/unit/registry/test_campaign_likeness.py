"""Near copies meet, different messages do not, and nothing that is stored of a text says what was in it."""

import itertools
import os
import subprocess
import sys
import time

import pytest

from lianfang.privacy import Vault
from services.registry.campaigns.likeness import BANDS, LIKE, Likeness, alike, likeness_of, words_of
from services.registry.campaigns.traits import traits_of
from services.registry.reading import read_message
from tests.conftest import ROOT
from tests.unit.registry.shipped import directory

KEY = b"a key for tests"
WATER = "【台灣自來水】貴戶水費逾期412元，將終止供水，請至 https://water-tw.top/pay 繳納"
DIFFERENT = (
    WATER,
    "【中華郵政】您的包裹因地址不詳滯留，請更新地址 post-tw.info/a 逾期退回",
    "【遠通電收】您有一筆通行費46元逾期未繳，請於今日午夜前繳納，以免加收作業費 fetc-pay.cc",
    "【國泰世華】系統維護公告：11/16 01:00-06:00 網銀暫停服務，造成不便敬請見諒。",
    "媽，我手機壞了，這是我的新號碼，先加這個LINE，舊的不要打",
    "恭喜您獲得普發現金資格，名額有限，請於今日登入領取 https://gov-cash.shop",
    "飆股老師帶你獲利翻倍，名額最後三位，加LINE：stock5566 入群",
    "您的Netflix會員付款失敗，請更新付款資料以免帳號停用 netflix-tw.cc",
    "Your parcel is held at customs. Pay the fee of NT$85 within 24 hours: https://dhl-tw.top",
    "Hello, I am Amy from the HR department. We offer a part-time job, earn NT$3000 a day.",
)


def like(text: str, key: bytes = KEY) -> Likeness | None:
    message = read_message(text, sender=None, last3=None, app=None, directory=directory())
    return likeness_of(words_of(message.rest), key)


def share(one: str, other: str) -> float:
    first, second = like(one), like(other)
    assert first is not None
    assert second is not None
    return alike(first.signature, second.signature)


@pytest.mark.parametrize(
    "copy",
    [
        "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://twwater-pay.cc/x9 繳納",
        "[台灣自來水] 貴戶 水費 逾期 4,120 元,將終止供水!請至 hxxps://water-tw[.]shop 繳納。",
        "【台湾自来水】贵户水费逾期412元，将终止供水，请至 https://a.top 缴纳",
        "【台灣自來水】貴戶水費逾期412元，將終止供水，請至 https://www.water.gov.tw 繳納",
        "【台灣自來水】貴戶本期水費逾期412元，將終止供水，請儘速至 https://water-tw.top/pay 繳納",
        "請問這是真的嗎？\n" + WATER,
    ],
)
def test_near_copies_are_alike_and_meet_in_a_band(copy: str) -> None:
    first, second = like(WATER), like(copy)
    assert share(WATER, copy) >= LIKE
    assert first is not None
    assert second is not None
    assert set(first.bands) & set(second.bands)


def test_different_messages_are_not() -> None:
    assert [pair for pair in itertools.combinations(DIFFERENT, 2) if share(*pair) > LIKE / 2] == []


def test_a_genuine_message_and_its_imitation_are_alike() -> None:
    genuine = "【國泰世華】您末四碼8842卡片於11/20 21:14消費NT$3,980，如非本人交易請電洽卡片背面客服電話"
    imitation = "【國泰世華】您末四碼8842卡片於11/20 21:14消費NT$3,980，如非本人交易請立即電洽02-7729-0416"
    assert share(genuine, imitation) >= LIKE


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.top/pay",
        "0912-345-678",
        "013-123456789012",
        "好",
        "收到 https://evil.top",
        "!!!！！！",
        "," * 5000,
        "a" * 5000,
        "1234 " * 1000,
        "\n".join(f"https://a{number}.evil{number}.top/x" for number in range(150)),
    ],
)
def test_what_has_hardly_a_word_has_no_campaign(text: str) -> None:
    assert like(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "," * 5000,
        "a" * 5000,
        "a1" * 2500,
        "a." * 2500,
        "".join(chr(0x4E00 + number) for number in range(5000)),
        "ab cd " * 833,
        "\u0301" * 5000,
    ],
)
def test_hostile_texts_are_quick(text: str) -> None:
    start = time.perf_counter()
    likeness_of(words_of(text), KEY)
    assert time.perf_counter() - start < 0.5


def test_what_is_stored_says_nothing_without_the_key() -> None:
    mine, other = like(WATER), like(WATER, b"another key")
    assert mine is not None
    assert other is not None
    assert len(mine.signature) == 240
    assert [len(band) for band in mine.bands] == [16] * BANDS
    assert not set(mine.bands) & set(other.bands)
    assert alike(mine.signature, other.signature) < 0.1


def test_the_same_in_every_process() -> None:
    """One written down: a release of the library with other signatures must change `traits.SIGNED_BY`."""
    program = (
        "from services.registry.campaigns.likeness import likeness_of, words_of;"
        f"print(likeness_of(words_of({DIFFERENT[4]!r}), {KEY!r}).bands[0])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("0", "1")
    }
    assert told == {"49a2db629754a914"}


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("請問這個網址是真的嗎 https://evil.top/pay", False),
        ("幫我看一下這個帳號是不是詐騙 013-123456789012", False),
        ("Is this website real? https://evil.top/pay please check", False),
        ("您的包裹已送達門市，請於三日內取貨", True),
        ("您好，我是林小姐介紹的，請問有在找兼職嗎", True),
        (WATER, True),
    ],
)
def test_a_persons_own_question_is_no_campaign(text: str, vault: Vault, *, counted: bool) -> None:
    message = read_message(text, sender=None, last3=None, app=None, directory=directory())
    assert bool(traits_of(message, vault).likenesses) is counted
