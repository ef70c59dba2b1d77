"""Class A secrets disappear, everything else stays as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.redact import redact, secret_kinds

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
PIECES = st.lists(
    st.sampled_from(
        "密碼 PIN 是 ： ， 。 \n abc123 1234 123456 驗證碼 OTP 您的 is your 4111111111111111 4111-1111-1111-1111 4111 A123456789 "
        "後三碼 四五三九 Α А ٤٥٣ 六碼 code 12/27 ?otp=123 , / 背面 信用卡 卡號 345 帳號 序號 訂單 跟 \u200b １２３４５６ http://a.tw/1 ［已隱藏:otp］ 手機 0912345678 verification code".split(
            " "
        )
    )
).map(" ".join)


@given(ANY_TEXT | PIECES)
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text)
    assert once == redact(once)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我的密碼是 abc123", "我的密碼是 ［已隱藏:pin］"),
        ("密碼：sunshine", "密碼：［已隱藏:pin］"),
        ("密码 8899", "密码 ［已隱藏:pin］"),
        ("PIN 4821 給他了", "PIN ［已隱藏:pin］ 給他了"),
        ("password: hunter2", "password: ［已隱藏:pin］"),
        ("8888 是我的提款卡密碼", "［已隱藏:pin］ 是我的提款卡密碼"),
        ("密碼\n998877", "密碼\n［已隱藏:pin］"),
        ("網銀帳密 tom123 / pass99", "網銀帳密 ［已隱藏:pin］ / ［已隱藏:pin］"),
        ("序號跟密碼 MCAB1234567890 998877", "序號跟密碼 MCAB1234567890 ［已隱藏:pin］"),
        ("MyCard 序號 MCAB1234567890 密碼 ABCD-1234-EF56", "MyCard 序號 MCAB1234567890 密碼 ［已隱藏:pin］"),
        ("您的驗證碼為 123456，5分鐘內有效", "您的驗證碼為 ［已隱藏:otp］，5分鐘內有效"),
        ("您的验证码是 5521", "您的验证码是 ［已隱藏:otp］"),
        ("驗 證 碼 １２３４５６", "驗 證 碼 ［已隱藏:otp］"),
        ("驗證碼 12\u200b34\u200b56", "驗證碼 ［已隱藏:otp］"),
        ("OTP: 123 456", "OTP: ［已隱藏:otp］"),
        ("G-284417 是您的 Google 驗證碼", "G-［已隱藏:otp］ 是您的 Google 驗證碼"),
        ("604218 is your Google verification code", "［已隱藏:otp］ is your Google verification code"),
        ("Your Uber code is 4821", "Your Uber code is ［已隱藏:otp］"),
        ("驗證碼我給他了是 883201", "驗證碼我給他了是 ［已隱藏:otp］"),
        ("簡訊動態密碼88123456勿告訴他人", "簡訊動態密碼［已隱藏:otp］勿告訴他人"),
        ("卡號 4111-1111-1111-1111", "卡號 ［已隱藏:card］"),
        ("4111111111111111", "［已隱藏:card］"),
        ("卡 ４１１１ １１１１ １１１１ １１１１", "卡 ［已隱藏:card］"),
        ("卡號 4111 1111 1111 1112", "卡號 ［已隱藏:card］"),
        ("378282246310005", "［已隱藏:card］"),
        ("信用卡 4111111111111111 12/27 後三碼 345", "信用卡 ［已隱藏:card］ 12/27 後三碼 ［已隱藏:cvv］"),
        ("CVV 345", "CVV ［已隱藏:cvv］"),
        ("卡片背面三碼是 345", "卡片背面三碼是 ［已隱藏:cvv］"),
        ("A123456789 是我", "［已隱藏:id］ 是我"),
        ("身分證ａ１２３４５６７８９", "身分證［已隱藏:id］"),
        ("A 1 2 3 4 5 6 7 8 9", "［已隱藏:id］"),
        ("居留證 A800000014", "居留證 ［已隱藏:id］"),
        ("身分證字號 A123456788", "身分證字號 ［已隱藏:id］"),
        ("卡號 五五五五五五五五五五五五四四四四", "卡號 ［已隱藏:card］"),
        ("伍伍伍伍 伍伍伍伍 伍伍伍伍 肆肆肆肆", "［已隱藏:card］"),
        ("卡片 5555\n5555\n5555\n4444", "卡片 ［已隱藏:card］"),
        ("5555，5555，5555，4444", "［已隱藏:card］"),
        ("5555 / 5555 / 5555 / 4444", "［已隱藏:card］"),
        ("5555—5555—5555—4444", "［已隱藏:card］"),
        ("5555   5555   5555   4444", "［已隱藏:card］"),
        ("٥٥٥٥٥٥٥٥٥٥٥٥٤٤٤٤", "［已隱藏:card］"),
        ("5\ufe0f\u20e3" * 12 + "4\ufe0f\u20e3" * 4, "［已隱藏:card］"),
        ("VISA5555555555554444", "VISA［已隱藏:card］"),
        ("信用卡的帳號 5555555555554444", "信用卡的帳號 ［已隱藏:card］"),
        ("信用卡 5555555555554445 被他知道了", "信用卡 ［已隱藏:card］ 被他知道了"),
        ("https://a.top/x?cc=5555555555554444&n=1", "https://a.top/x?cc=［已隱藏:card］&n=1"),
        ("https://a.top/x?n=1&pwd=hunter2", "https://a.top/x?n=1&pwd=［已隱藏:pin］"),
        ("卡號 5555555555554444 效期 08/29 321", "卡號 ［已隱藏:card］ 效期 08/29 ［已隱藏:cvv］"),
        ("背面後三碼三四五", "背面後三碼［已隱藏:cvv］"),
        ("The code that came to my phone was 551 203", "The code that came to my phone was ［已隱藏:otp］"),
        ("簡訊收到的六個數字我唸了 551203", "簡訊收到的六個數字我唸了 ［已隱藏:otp］"),
        ("驗證碼我說了，551203", "驗證碼我說了，［已隱藏:otp］"),
        ("驗證碼是五五一二零三", "驗證碼是［已隱藏:otp］"),
        ("認證碼：5512-03", "認證碼：［已隱藏:otp］"),
        ("Enter 551203 to verify your account", "Enter ［已隱藏:otp］ to verify your account"),
        ("啟動碼 551203", "啟動碼 ［已隱藏:otp］"),
        ("提款卡密碼九九八八", "提款卡密碼［已隱藏:pin］"),
        ("9988是網路銀行密碼", "［已隱藏:pin］是網路銀行密碼"),
        ("pw=zxc987", "pw=［已隱藏:pin］"),
        ("PIN 12 34", "PIN ［已隱藏:pin］"),
        ("我把密碼換成了Zxc!987", "我把密碼換成了［已隱藏:pin］"),
        ("帳號密碼：mary77 / zxc98765", "帳號密碼：mary77 / ［已隱藏:pin］"),
        ("PIN: QWER TYUI OPAS", "PIN: ［已隱藏:pin］"),
        ("Ａ一二三四五六七八九", "［已隱藏:id］"),
        ("\u0391123456789", "［已隱藏:id］"),
        ("單號 A123456789 是我媽媽的身分證", "單號 ［已隱藏:id］ 是我媽媽的身分證"),
        ("A-123-456-789", "［已隱藏:id］"),
        ("身分證是A123456789X", "身分證是［已隱藏:id］X"),
    ],
)
def test_secrets_are_replaced(text: str, expected: str) -> None:
    assert expected == redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "我拿到邀請碼了 JOIN-46PW-BS8F-GDJS",
        "案號LF-PW5X-G75Y處理到哪",
        "my proof is LP-FBHH-A7PW-7DFJ-J823",
        "請提供驗證碼",
        "驗證碼不要給別人",
        "我忘記密碼了，請電洽 02-2345-6789",
        "忘記密碼 https://a.tw/reset",
        "My password is wrong",
        "給了驗證碼就被刷5000元",
        "我給了驗證碼，電話 0912345678",
        "收件人末三碼 345",
        "手機末三碼是 345",
        "345",
        "123456",
        "connect me to code 5538",
        "隱碼 7729",
        "序號 MCAB1234567890",
        "帳號 808-0123456789012",
        "虛擬帳號 4111111111111111",
        "訂單 4111111111111111",
        "4111111111111112",
        "0912-345-678",
        "https://evil.top/?id=4111111111111111&code=123456",
        "A123456788",
        "訂單 A123456789",
        "發票 AB12345677",
        "發票號碼：AB10000004",
        "the invoice number is AB10000004",
        "2026/11/22 14:05 轉了三萬",
        "卡被刷了 2026/11/22 14:05 30,000元",
        "0912-345-678，0922-345-678",
        "郵遞區號六碼 106409",
        "zip code: 106409",
        "order code is 123456",
        "二〇二六年十一月",
        "三千五百六十七萬",
        "中信 822 1234567890123",
        "密碼打錯三次",
        "轉貼：驗證碼 2026/11/22",
        "",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert text == redact(text)


def test_the_kinds_of_what_was_removed_can_be_read() -> None:
    assert list(secret_kinds(redact("密碼 abc123，驗證碼 123456"))) == ["pin", "otp"]
