"""A template is the whole text with gaps: its copies fit, nothing else does, and what fits too much is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.desk.templates import (
    BadTemplate,
    handles_of,
    read_template,
    sample_of,
    squeeze,
)
from services.registry.reading import read_message
from tests.unit.registry.shipped import directory

BILL = "【台電】您{date}期電費{amount}，將於{date}由尾號{digits}帳戶扣繳，請留意餘額。"
PERSONAL = "【兆豐銀行】親愛的{any}，您的信用卡{date}消費{amount}，如有疑問請洽客服。"


def bare(text: str) -> str:
    return squeeze(read_message(text, sender=None, last3=None, app=None, directory=directory()).bare)


@pytest.mark.parametrize(
    "copy",
    [
        "【台電】您10月期電費NT$1,234元，將於2026/11/30由尾號123帳戶扣繳，請留意餘額。",
        "【台電】 您 2026-10-31 期電費 1,234 元，\n將於 115年11月30日 由尾號 0123 帳戶扣繳，請留意餘額。",
        "【台電】您10/31期電費$99,將於11/30 08:00由尾號7帳戶扣繳,請留意餘額。",
        sample_of(BILL),
    ],
)
def test_a_copy_fits(copy: str) -> None:
    text = copy.replace("10月期", "10/31期")
    assert read_template(BILL).fits(bare(text))


@pytest.mark.parametrize(
    "other",
    [
        "【台電】您10/31期電費NT$1,234元，將於11/30由尾號123帳戶扣繳，請留意餘額",
        "【台電】您10/31期電費NT$1,234元，將於11/30由尾號123帳戶扣繳，請留意餘額。加賴 a1234",
        "請看【台電】您10/31期電費NT$1,234元，將於11/30由尾號123帳戶扣繳，請留意餘額。",
        "【台水】您10/31期電費NT$1,234元，將於11/30由尾號123帳戶扣繳，請留意餘額。",
        "【台電】您10/31期電費一千元，將於11/30由尾號123帳戶扣繳，請留意餘額。",
        "【台電】您10/31期電費NT$1,234元，將於11/30由尾號123456789012345678901帳戶扣繳，請留意餘額。",
        "",
    ],
)
def test_what_differs_does_not_fit(other: str) -> None:
    assert not read_template(BILL).fits(bare(other))


def test_any_is_at_most_twenty_characters_and_no_address() -> None:
    template = read_template(PERSONAL)
    for name, fits in (
        ("王小明", True),
        ("J. Lin", True),
        ("陳" * 20, True),
        ("陳" * 21, False),
        ("", False),
        ("a@b.tw", False),
    ):
        text = f"【兆豐銀行】親愛的{name}，您的信用卡11/22消費NT$1,000，如有疑問請洽客服。"
        assert template.fits(bare(text)) is fits, name


def test_a_code_that_was_taken_out_still_fits() -> None:
    template = read_template("【兆豐銀行】您的驗證碼為{digits}，5分鐘內有效，切勿告訴任何人。")
    assert template.fits(bare("【兆豐銀行】您的驗證碼為［已隱藏:otp］，5分鐘內有效，切勿告訴任何人。"))


def test_addresses_are_no_part_of_the_words() -> None:
    template = read_template(
        "【台灣自來水】電子帳單已寄出，請至 https://www.water.gov.tw/e/{digits} 查看本期帳單內容。"
    )
    assert template.hosts == {"water.gov.tw"}
    assert not template.gaps
    assert template.fits(bare("【台灣自來水】電子帳單已寄出，請至 https://evil.top/e/5 查看本期帳單內容。"))


def test_what_the_text_leads_to_is_known() -> None:
    text = "【台電】停電通知：本區將於{date}檢修線路，如有疑問請撥 0800-123-456 洽詢服務人員。"
    message = read_message(sample_of(text), sender=None, last3=None, app=None, directory=directory())
    assert read_template(text).handles == handles_of(message) == {"0800123456"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{any}", "too_little_fixed_text"),
        ("{digits}{any}{date}", "placeholders_touch"),
        ("【台電】{any}", "too_little_fixed_text"),
        ("【台電】" + "！" * 40 + "{any}", "too_little_fixed_text"),
        ("【台電】您的電費帳單已出帳，請{any}{any}盡速查看，謝謝您的配合", "placeholders_touch"),
        ("【台電】{any}您的電費{any}帳單已出帳{any}請盡速查看，謝謝您的配合", "too_many_placeholders"),
        ("【台電】" + "第{digits}期" * 9 + "帳單已出帳，請盡速查看，謝謝您的配合", "too_many_placeholders"),
        ("【台電】您的電費帳單已出帳，請{name}盡速查看，謝謝您的配合，台電關心您", "unknown_placeholder"),
        ("【台電】您的電費帳單已出帳，請{Any}盡速查看，謝謝您的配合，台電關心您", "unknown_placeholder"),
        ("【台電】您的電費帳單已出帳，請｛any｝盡速查看，謝謝您的配合，台電關心您", "unknown_placeholder"),
        ("【台電】您的電費帳單已出帳，請qzxanyxzq盡速查看，謝謝您的配合，台電", "unknown_placeholder"),
        ("【台電】您的電費帳單已出帳，請qzx any xzq盡速查看，謝謝您的配合，台電", "unknown_placeholder"),
        ("【台電】您的電費帳單請至 https://{any}.tw/x 查看，謝謝您的配合，台電關心您", "unclear_address"),
        ("【台電】您的電費帳單已出帳，請至 taipower點com點tw 查看，謝謝您的配合", "unclear_address"),
        ("【台電】您的驗證碼為 482913，請勿告訴任何人，謝謝您的配合，台電關心您", "holds_secret"),
    ],
)
def test_what_would_fit_too_much_is_refused(text: str, code: str) -> None:
    with pytest.raises(BadTemplate) as refused:
        read_template(text)
    assert refused.value.code == code


@given(st.text(alphabet="【台電】您期費,將於由尾號帳戶扣繳請留意餘額。0123/年月日NT$元 ", max_size=120))
def test_nothing_fits_by_chance(text: str) -> None:
    plain = squeeze(text)
    template = read_template(BILL)
    if template.fits(plain):
        assert all(literal in plain for literal in template.literals)


def test_no_text_keeps_it_busy() -> None:
    """With one way after another to fill the gaps this would not end."""
    template = read_template("【台電】" + "一期{digits}" * 8 + "帳單已出帳，請盡速查看，謝謝您的配合")
    for text in ("【台電】" + "一期1" * 1600, "【台電】一期" + "1" * 5000):
        assert not template.fits(text)
