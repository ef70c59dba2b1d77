"""Look-alike hosts, and genuine ones that must not be taken for them."""

import csv

import pytest

from services.registry.hosts import read_address
from services.registry.lookalike import Imitation
from tests.conftest import SHARED
from tests.unit.registry.shipped import directory


def imitation(host: str) -> Imitation | None:
    address = read_address(host)
    assert address is not None
    if directory().owners(address) or directory().shared(address):
        return None
    return directory().lookalikes.imitated(address)


@pytest.mark.parametrize(
    "host",
    [
        "gov.tw.official-site.com",
        "mofy-gov.net",
        "abcgov.tw",
        "www.mvdis.gov.tw.car-check.com",
        "booking.com-room.info-desk.com",
        "esunbank-verify.top",
        "rnegabank.com",
        "megabnak.com.tw",
        "ctbcb4nk.com.tw",
        "cathaybk.vip",
        "cathay-bk.com",
        "momodm.cc",
        "esun.to",
        "shopeetw.vip",
        "landbank-tw.cc",
        "cht-tw.cc",
    ],
)
def test_imitations_are_seen(host: str) -> None:
    assert imitation(host) is not None


@pytest.mark.parametrize(
    "host",
    [
        "www.water.gov.tw",
        "10000.gov.tw",
        "hello.gov.taipei",
        "esb.page.link",
        "esun.co",
        "pipeline.com",
        "cofacts.g0v.tw",
        "gov.uk",
        "service.gov.uk",
        "steamboat.org",
        "applebees.com",
        "postcards.com",
        "google.co.jp",
    ],
)
def test_genuine_hosts_are_not(host: str) -> None:
    assert imitation(host) is None


def test_ordinary_domains_are_hardly_ever_flagged() -> None:
    path = SHARED / "data" / "benign_domains.csv"
    if not path.exists():
        pytest.skip("no ../shared/data/benign_domains.csv here")
    with path.open(encoding="utf-8") as file:
        hosts = [row["domain"] for row in csv.DictReader(file)]
    flagged = [host for host in hosts if imitation(host)]
    assert len(flagged) <= len(hosts) * 0.005, flagged
