"""What is found in sentences, with the value to look up, and what must be left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.find import find_all
from lianfang.text.urls import host_of

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
# Pieces that meet every rule, put together at random.
PIECES = st.lists(
    st.sampled_from(
        "http:// hxxps:// evil.com 。 點 . [.] / @ tw 加賴 LINE ID: abc_99 0912-345-678 +886 02- 密碼 驗證碼 123456 1,234元 兩萬五 "
        "訂單 隱碼 序號 MCAB1234567890 LF-2B8Y-TT50 808 0123456789012 玉山 台新 \u200b １２ （ ） ， \ud800 分機 # k 萬 t.me/ lin.ee/a".split(
            " "
        )
    )
).map("".join)


def values(text: str, kind: str) -> list[str]:
    return [found.value for found in find_all(text) if found.kind == kind]


@given(ANY_TEXT | PIECES)
def test_every_finding_is_verbatim_in_the_original(text: str) -> None:
    for found in find_all(text):
        assert text[found.start : found.end] == found.text
        assert found.text
        assert found.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("點 https://pay-water.top/a?b=1，快", "https://pay-water.top/a?b=1"),
        ("網址water-pay.cc，是真的嗎", "water-pay.cc"),
        ("請至pay-water.top點擊繳費", "pay-water.top"),
        ("看https://shop-tw.vip/login這個", "https://shop-tw.vip/login"),
        ("hxxps://evil[.]top/x", "https://evil.top/x"),
        ("evil (dot) com", "evil.com"),
        ("ｅｖｉｌ．ｃｏｍ／ａ", "evil.com/a"),
        ("到 evil。com 領", "evil.com"),
        ("evil點com點tw 輸入", "evil.com.tw"),
        ("evi\u200bl.co\u200bm", "evil.com"),
        ("evil . com", "evil.com"),
        ("http : // evil . com/x", "http://evil.com/x"),
        ("https//evil.com", "https://evil.com"),
        ("http://gov.tw@evil.com/x", "http://evil.com/x"),
        ("http://user:pw@evil.com", "http://evil.com"),
        ("https://user@gov.tw:pw@zz-q9.top/", "https://zz-q9.top/"),
        ("https://a:b@gov.tw@zz-q9.top/x", "https://zz-q9.top/x"),
        (f"https://gov.tw{'x' * 300}@zz-q9.top/x", "https://zz-q9.top/x"),
        ("https://evil.com/a@gov.tw", "https://evil.com/a@gov.tw"),
        ("evil.com:8080/p", "evil.com:8080/p"),
        ("http://203.0.113.9/tw", "http://203.0.113.9/tw"),
        ("203.0.113.99 這個站", "203.0.113.99"),
        ("http://3405803785/a", "http://203.0.113.9/a"),
        ("xn--80ak6aa92e.com", "xn--80ak6aa92e.com"),
        ("аpple.com", "аpple.com"),
        ("go to HTTPS://EVIL.COM/PaTh.", "https://evil.com/PaTh"),
        ("(https://a.tw/x(1))", "https://a.tw/x(1)"),
        ("bit.ly/tw-etc（限今日）", "bit.ly/tw-etc"),
        ("http://台灣銀行.tw/登入", "http://台灣銀行.tw/"),
        ("www.shop.sit 是什麼", "www.shop.sit"),
        ("gov.tw.official-site.com", "gov.tw.official-site.com"),
        ("https://evil.com/pay。逾期停水", "https://evil.com/pay"),
    ],
)
def test_addresses_in_disguise(text: str, expected: str) -> None:
    assert [expected] == values(text, "url")


@pytest.mark.parametrize(
    "text",
    [
        "1.5萬",
        "圓周率3.14",
        "file.pdf",
        "薪資單.zip",
        "12/31 前",
        "版本 1.2.3.4",
        "v10.15.7.100",
        "abc@gmail.com",
        "寄到 wang.xm@mail.example.com.tw",
        "thanks.my friend",
        "下午3點go",
        "Node.js",
        "U.S.A",
        "e.g. this",
        "readme.md",
        "結尾要是.gov.tw",
        "Please visit the shop. Store opens at nine",
        "2026.11.22",
        "ok。me too",
    ],
)
def test_no_address(text: str) -> None:
    assert values(text, "url") == []


def test_neighbouring_addresses_stay_apart() -> None:
    assert values("http://a.top,http://b.top 或 c.top、d.top", "url") == [
        "http://a.top",
        "http://b.top",
        "c.top",
        "d.top",
    ]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://User@Evil.com:80/a@b", "evil.com"),
        ("evil.com/p", "evil.com"),
        ("http://203.0.113.9:8080", "203.0.113.9"),
        ("evil.com.", "evil.com"),
        ("", ""),
        ("/only/path", ""),
    ],
)
def test_host_of(address: str, host: str) -> None:
    assert host == host_of(address)


@given(ANY_TEXT)
def test_host_of_reads_anything(text: str) -> None:
    assert host_of(text) == host_of(text).lower()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0912345678打來", "0912345678"),
        ("0912-345-678", "0912345678"),
        ("０９１２ ３４５ ６７８", "0912345678"),
        ("+886 912 345 678", "0912345678"),
        ("+886-2-2345-6789", "0223456789"),
        ("(02)2345-6789", "0223456789"),
        ("02-2345-6789#12", "0223456789#12"),
        ("02-2345-6789 分機 305", "0223456789#305"),
        ("0800-012-345", "0800012345"),
        ("0809012345", "0809012345"),
        ("請問 0277301234 是誰", "0277301234"),
        ("049-2345678", "0492345678"),
        ("+60 12-345 6789", "+60123456789"),
        ("+1 (415) 555-0100", "+14155550100"),
    ],
)
def test_phones(text: str, expected: str) -> None:
    assert [expected] == values(text, "phone")


@pytest.mark.parametrize(
    "text", ["請打165", "110 或 113", "1922專線", "0912345678901", "帳號0223456789", "2026-11-22 10:00"]
)
def test_no_phone(text: str) -> None:
    assert values(text, "phone") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@wealth_77 可信嗎", ["@wealth_77"]),
        ("LINE ID: Profit.King", ["profit.king"]),
        ("加賴 abcdefg", ["abcdefg"]),
        ("賴：cash5858 當日撥款", ["cash5858"]),
        ("L I N E：vip_688", ["vip_688"]),
        ("ⓛⓘⓝⓔ:ⓒⓐⓢⓗ⑦⑦⑦", ["cash777"]),
        ("老師的賴fu888999說", ["fu888999"]),
        ("那個mei.mei.22是她的賴", ["mei.mei.22"]),
        ("https://line.me/ti/p/~hr_88", ["hr_88"]),
        ("https://line.me/R/ti/p/%40shop77", ["@shop77"]),
        ("lin.ee/aBc9XyZ", ["aBc9XyZ"]),
        ("LINE pay 很方便", []),
        ("我的LINE group 有人", []),
        ("加賴 abc", []),
        ("寫到 me@here.com", []),
        ("tax ID 04595257", []),
    ],
)
def test_line_ids(text: str, expected: list[str]) -> None:
    assert expected == values(text, "line_id")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://t.me/cash_now", ["cash_now"]),
        ("TG：@Trader_Wu", ["trader_wu"]),
        ("飛機 boss8888", ["boss8888"]),
        ("telegram 群組", []),
    ],
)
def test_telegram(text: str, expected: list[str]) -> None:
    assert expected == values(text, "telegram")


@pytest.mark.parametrize(
    ("text", "banks", "accounts"),
    [
        ("帳號808-0123456789012", ["808"], ["0123456789012"]),
        ("(808) 0123456789012", ["808"], ["0123456789012"]),
        ("轉到 700 00112233445566", ["700"], ["00112233445566"]),
        ("玉山 0123 4567 8901 234", ["808"], ["012345678901234"]),
        ("虛擬帳號9912345678901234", [], ["9912345678901234"]),
        ("郵局0011234-0567890", ["700"], ["00112340567890"]),
        ("Please check account 024508812345", [], ["024508812345"]),
        ("從郵局匯到台新", ["700", "812"], []),
        ("今天在玉山臨櫃匯了錢", ["808"], []),
        ("訂單31000442817", [], []),
        ("0912345678", [], []),
        ("玉山很漂亮", [], []),
        ("20261122140500", [], []),
    ],
)
def test_accounts_and_banks(text: str, banks: list[str], accounts: list[str]) -> None:
    assert banks == values(text, "bank")
    assert accounts == values(text, "account")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234元", "1234"),
        ("NT$ 28,000", "28000"),
        ("NT$1,290元將退", "1290"),
        ("四十八萬", "480000"),
        ("六十幾萬", "600000"),
        ("兩萬五", "25000"),
        ("三千二百元", "3200"),
        ("一百五", "150"),
        ("1.5萬", "15000"),
        ("1萬5", "15000"),
        ("五千塊", "5000"),
        ("46塊", "46"),
        ("3k", "3000"),
        ("GASH 3000點", "3000"),
        ("MyCard 5000 的", "5000"),
        ("20,000 被扣", "20000"),
        ("NT$88.000", "88000"),
    ],
)
def test_amounts(text: str, expected: str) -> None:
    assert [expected] == values(text, "amount")


@pytest.mark.parametrize(
    "text", ["千萬不要", "萬一", "三百個人", "百分之百", "下午三點半", "12期", "兩千年", "十萬火急的全部"]
)
def test_no_amount(text: str) -> None:
    assert values(text, "amount") == []


def test_every_amount_of_a_list() -> None:
    assert values("一張一千一張五百，還有NT$1,234 五千塊", "amount") == ["1000", "500", "1234", "5000"]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("序號MCAX7730012811", "serial", ["MCAX7730012811"]),
        ("帮我冻结 序列号GS5540918211", "serial", ["GS5540918211"]),
        ("MCAB1234567890 跟 MCAB1234567891", "serial", ["MCAB1234567890", "MCAB1234567891"]),
        ("密碼 AB12CD34EF", "serial", []),
        ("序號RG 5510 8837 2210", "serial", ["RG551088372210"]),
        ("8837-2201-6654-1190 鎖這個", "serial", ["8837220166541190"]),
        ("把BK9920183從鎖定名單拿掉", "serial", ["BK9920183"]),
        ("這組是哪家金流的 9644 8820 0193 3357", "account", ["9644882001933357"]),
        ("JOIN-8M0Q-1ZTA", "serial", []),
        ("這碼誰家的 KXT5529017", "order_id", ["KXT5529017"]),
        ("請用隱碼6613-08跟司機聯絡", "code", ["6613-08"]),
        ("碼7Q2-M84 請他開門", "code", ["7Q2-M84"]),
        ("幫我找 4623", "code", ["4623"]),
        ("leave a message for 58220: I'll be late", "code", ["58220"]),
        ("信用卡末四碼2271消費", "code", []),
        ("媽 手機掉水裡 先加我 babe_0611", "line_id", ["babe_0611"]),
        ("他的名字 tony_trader 請記下", "line_id", ["tony_trader"]),
        ("我被騙了，7萬", "amount", ["70000"]),
        ("被騙兩百多萬", "amount", ["2000000"]),
        ("案號LF-3QX8-7T1M", "case_id", ["LF-3QX8-7T1M"]),
        ("lf 4t9h 2oyi", "case_id", ["LF-4T9H-20Y1"]),
        ("ＬＦ－３ＱＸ８－７Ｔ１Ｍ", "case_id", ["LF-3QX8-7T1M"]),
        ("LF8823", "case_id", []),
        ("訂單A20261120087", "order_id", ["A20261120087"]),
        ("單號73N5520981", "order_id", ["73N5520981"]),
        ("order no. 99120-3", "order_id", ["99120-3"]),
        ("Your package TW883920111 is held", "order_id", ["TW883920111"]),
        ("隱碼7729", "code", ["7729"]),
        ("包裹上寫代碼T-9031", "code", ["T-9031"]),
        ("connect me to code 5538", "code", ["5538"]),
        ("司機說他的碼C8812", "code", ["C8812"]),
        ("68012 傳來的簡訊", "short_code", ["68012"]),
        ("寄件者 111", "short_code", ["111"]),
        ("請提供您的驗證碼", "otp_ask", ["提供您的驗證碼"]),
        ("切勿提供驗證碼給他人", "otp_ask", []),
    ],
)
def test_references(text: str, kind: str, expected: list[str]) -> None:
    assert expected == values(text, kind)


def test_a_redaction_mark_is_nothing_to_find() -> None:
    assert find_all("驗證碼［已隱藏:otp］ 密碼［已隱藏:pin］") == []


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("請接通HC-P20ZLR", "code", ["HC-P20ZLR"]),
        ("跟 D5TU-20CX 那位講我在巷口", "code", ["D5TU-20CX"]),
        ("宅配單只有 A12-B34 沒電話", "code", ["A12-B34"]),
        ("relay a note to 4410-T: leave it at the lobby", "code", ["4410-T"]),
        ("今天要寄兩件，CHY-115 跟 CHY-116，都不想印電話", "order_id", ["CHY-115", "CHY-116"]),
        ("TB-20934做一個隱碼 客人不想給電話", "order_id", ["TB-20934"]),
        ("代碼03K8821109745 繳費的錢是誰收走", "order_id", ["03K8821109745"]),
        ("您的包裹 906412887351 將於今日配達", "order_id", ["906412887351"]),
        ("Your package 7743 1190 2265 is held", "order_id", ["7743 1190 2265"]),
        ("鎖 GASH 0718 2293 5564 1180", "serial", ["0718229355641180"]),
        ("鎖卡 G55 1092 8837", "serial", ["G5510928837"]),
        ("locking 77120-44938-X2 please reverse", "serial", ["7712044938X2"]),
        ("Apple禮物卡 X7QW 99ZL 3PKM 20AA", "serial", ["X7QW99ZL3PKM20AA"]),
        ("JOIN-0000-1111-2222", "order_id", []),
        ("受款帳戶 98870 03311 7284 請查", "account", ["98870033117284"]),
        ("王道 00200113344556，戶名不知道", "bank", ["王道"]),
        ("收款帳號 7000023411985 銀行822", "bank", ["822"]),
        ("007的15750098123 請凍結", "bank", ["007"]),
        ("日領2000-5000元", "amount", ["5000"]),
        ("只缺一塊", "amount", []),
        ("her id was daisy.fx88", "line_id", ["daisy.fx88"]),
    ],
)
def test_numbers_as_people_write_them(text: str, kind: str, expected: list[str]) -> None:
    assert values(text, kind) == expected


def test_a_sum_keeps_its_unit() -> None:
    found = [
        found.text for found in find_all("MyCard 3000點，美金4萬8千元，2000-5000元") if found.kind == "amount"
    ]
    assert found == ["3000點", "美金4萬8千元", "2000-5000元"]
