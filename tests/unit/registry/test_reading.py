"""Senders, addresses and names as the rules read them."""

import pytest

from services.registry.hosts import read_address
from services.registry.names import compact
from services.registry.reading import read_message
from services.registry.senders import read_sender
from tests.unit.registry.shipped import directory


@pytest.mark.parametrize(
    ("raw", "kind", "digits"),
    [
        ("111", "short_code", "111"),
        ("６８０１７", "short_code", "68017"),
        ("0912-345-678", "mobile", "0912345678"),
        ("+886 912 345 678", "mobile", "0912345678"),
        ("886912345678", "mobile", "0912345678"),
        ("0800-000-123", "toll_free", "0800000123"),
        ("(02) 2771-1234", "landline", "0227711234"),
        ("+85260001234", "foreign", "+85260001234"),
        ("0044 7700 900123", "foreign", "+447700900123"),
        ("MegaBank", "latin", ""),
        ("客服 陳專員", "name", ""),
        ("a@mail.esunbank.com", "mailbox", ""),
        ("", "none", ""),
        ("\ud800", "name", ""),
    ],
)
def test_senders(raw: str, kind: str, digits: str) -> None:
    sender = read_sender(raw)
    assert (sender.kind, sender.digits) == (kind, digits)


@pytest.mark.parametrize(
    ("raw", "host", "path"),
    [
        ("https://user:pw@Evil.TOP:8080/a/b?c#d", "evil.top", "/a/b?c"),
        ("www.gov.tw", "www.gov.tw", ""),
        ("evil.com.", "evil.com", ""),
        ("203.0.113.7/x", "203.0.113.7", "/x"),
        ("賣場.台灣", "xn--rlsx93j.xn--kpry57d", ""),
    ],
)
def test_addresses(raw: str, host: str, path: str) -> None:
    address = read_address(raw)
    assert address is not None
    assert (address.host, address.path) == (host, path)


@pytest.mark.parametrize("raw", ["a..b", "https://[::1]/", "", "e" * 300, "http://"])
def test_no_addresses(raw: str) -> None:
    assert read_address(raw) is None


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("【玉山銀行】您好", "esun-bank"),
        ("【玉山】您好", "esun-bank"),
        ("台 灣 自 來 水 公 司：您的水費", "taiwan-water-corporation"),
        ("您好，我是博客來客服", "bookscomtw"),
        ("【305 台灣自來水公司】用戶您好", "taiwan-water-corporation"),
        ("[遠通電收] 您有通行費", "fetc-etc-toll"),
        ("台湾自来水公司：您的水费", "taiwan-water-corporation"),
    ],
)
def test_who_speaks(text: str, speaks: str) -> None:
    assert speaks in {named.organisation for named in directory().names.find(compact(text)) if named.speaks}


@pytest.mark.parametrize(
    "text",
    ["昨天去爬玉山", "第一次來", "中華隊贏了", "我全家都去了", "聯邦政府", "online shopping", "國泰民安"],
)
def test_common_words_name_nobody(text: str) -> None:
    assert directory().names.find(compact(text)) == []


def test_a_short_link_of_a_brand_is_its_own_and_a_shared_host_is_nobodys() -> None:
    message = read_message(
        "esun.co/a1 gov.tw/abc play.google.com/store/x",
        sender=None,
        last3=None,
        app=None,
        directory=directory(),
    )
    assert [[domain.organisation for domain in link.owners][:1] for link in message.links[:2]] == [
        ["esun-bank"],
        ["government"],
    ]
    assert message.links[2].shared == "store"
