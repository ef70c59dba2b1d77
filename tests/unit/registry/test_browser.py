"""Hosts are read as a browser reads them: other dots, escapes, user-info and foreign letters deceive nobody."""

import pytest

from services.registry.browser import as_browser
from tests.unit.registry.shipped import judged


@pytest.mark.parametrize(
    "text",
    [
        "https://taipower。com。tw。pay。top",
        "taipower｡com｡tw｡pay｡top/bill",
        "https://www.nhi.gov.tw。pay.top/a",
        "https://nhi․gov․tw․pay․top",
        "https://nhі.gov.tw",
        "https://member.nhі.gov.tw/x",
        "xn--nh-ksb.gov.tw",
        "https://xn--wter-5qa.gov.tw",
        "https://esunbank.com%2epay.top",
        "esunbank.com%2Epay.top/x",
        "https://esunbank.com%E3%80%82pay.top/",
        "https://www.esunbank.com@pay.top/",
        "https://www.esunbank.com%40pay.top/",
        "https://www.esunbank.com:443@pay.top/",
        "https://a:b@www.esunbank.com:80@pay.top",
        "www.esunbank.com@pay.top/x",
    ],
)
def test_a_disguised_host_is_a_look_alike(text: str) -> None:
    for message in (text, f"{text} 是真的嗎", f"請至 {text} 查詢"):
        assert judged(message).decision.verdict in ("suspicious", "fraud"), message


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("詳見 https://www.bli.gov.tw。謝謝", "詳見 https://www.bli.gov.tw。謝謝"),
        ("詳見 www.bli.gov.tw。App下載", "詳見 www.bli.gov.tw。 App下載"),
        ("https://a.tw/x%2ey", "https://a.tw/x.y"),
        ("沒有網址。ok", "沒有網址。ok"),
        ("mail a@b.tw", "mail a@b.tw"),
    ],
)
def test_sentences_stay_sentences(text: str, read: str) -> None:
    assert as_browser(text) == read


def test_user_info_alone_accuses_nobody() -> None:
    assert judged("https://reader@news.example.com/a").decision.verdict == "unknown"
    assert judged("信箱 service@esunbank.com 網站 https://www.esunbank.com").decision.verdict != "suspicious"
