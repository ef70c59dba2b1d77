"""Notices and lures are told from what people write themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.forwarded import forwarding_signs, looks_forwarded


@pytest.mark.parametrize(
    "text",
    [
        "【台灣自來水】貴戶水費逾期395元，將終止供水，請至 https://water-tw.top/pay",
        "親愛的客戶您好，您的帳戶異常，請立即點擊 https://bank-vrf.top 解除",
        "〔監理站〕您有罰單600元未繳，查詢：thb.top",
        "Your parcel has been held. Please update your address: https://post-tw.fix.com",
        "小額借款 免聯徵 當日撥款 最高30萬 加賴 cash5858",
        "各位住戶，本週六停水，造成不便請見諒，請提前儲水",
        "恭喜您中獎！請於今日前填寫資料領取",
        "轉傳：看到這個號碼不要接",
        "媽，我手機壞了，這是新號碼，你先幫我匯兩萬",
    ],
)
def test_somebody_else_wrote_it(text: str) -> None:
    assert looks_forwarded(text), forwarding_signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "這個網址是真的嗎 https://water-tw.top",
        "我收到這則簡訊：【台灣自來水】欠費395元，是真的嗎",
        "檢舉假網站 https://shop-sale.top",
        "Is this real? https://post-tw.fix.com",
        "I want to report this site evil.top",
        "申訴：本公司網域遭誤封",
        "金流查詢：12340567890123",
        "您好，打擾了",
        "慘了我剛剛轉了三萬給他",
        "序號MCAX7730012811 幫我鎖卡",
        "你好",
        "https://evil.top/a",
        "14:05",
        "14:05 左右",
        "x-vip.top",
        "a1-vip.cc",
        "",
    ],
)
def test_own_words(text: str) -> None:
    assert not looks_forwarded(text), forwarding_signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "【台電】您的電費逾期未繳，請點 tpc-pay.top 這個幫我檢舉",
        "【遠通】通行費48元 etc-pay.cc 這網站幫我封掉",
        "檢舉這封：您的包裹無法投遞，請更新地址 post.cc",
        "【台灣自來水】欠費312元 water.top 我剛剛填了信用卡",
        "please report this: Your account has been locked, verify at bank-x.cc",
    ],
)
def test_a_wish_around_what_is_pasted_makes_it_typed(text: str) -> None:
    assert "asks at the edge" in forwarding_signs(text)
    assert not looks_forwarded(text)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_anything_can_be_read(text: str) -> None:
    assert looks_forwarded(text) in (True, False)
