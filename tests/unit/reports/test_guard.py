"""What the guard refuses, and what it asks for: over the shipped registry."""

from functools import cache

import pytest
import tldextract

from services.registry.hosts import read_address
from services.reports.guard import Aim, objections
from services.reports.limits import Room
from services.reports.protected import Protected, protect, read_popular
from tests.unit.registry.shipped import directory as shipped_directory


@cache
def protected() -> Protected:
    return protect(shipped_directory(), read_popular())


def refused(kind: str, value: str, scope: str = "host", purpose: str = "list", **more: object) -> list[str]:
    aim = Aim(kind, value, scope, **{"seen_as": value, **more})  # type: ignore[arg-type]
    return [one.code for one in objections(aim, purpose, protected())]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("com.tw", "public_suffix"),
        ("github.io", "public_suffix"),
        ("azurewebsites.net", "public_suffix"),
        ("notatld", "no_public_suffix"),
        ("gov.tw", "public_suffix"),
        ("gov.taipei", "official_name"),
        ("water.gov.tw", "official_name"),
        ("ibank.firstbank.com.tw", "official_name"),
        ("firstbank.com.tw", "official_name"),
        ("evil.moda.gov.tw", "official_name"),
        ("abc.gov.tw", "official_name"),
        ("momoshop.com.tw", "official_name"),
        ("google.com", "official_name"),
        ("arxiv.org", "popular_name"),
        ("export.arxiv.org", "popular_name"),
        ("bit.ly", "shared_host"),
        ("sites.google.com", "shared_host"),
        ("1.2.3.4", None),
        ("evil-shop.top", None),
        ("evil.github.io", None),
        ("wordpress.com", "shared_host"),
        ("evil-bank.wordpress.com", None),
        ("evil.pages.dev", None),
    ],
)
def test_names(value: str, code: str | None) -> None:
    codes = refused("host", value)
    assert (code in codes) if code else codes == []


def test_parents_of_official_names_fall_with_nobody() -> None:
    parents = {
        ".".join(labels[start:])
        for organisation in shipped_directory().organisations.values()
        for domain in organisation.domains
        for labels in [domain.domain.split(".")]
        for start in range(1, len(labels))
    }
    passed = [name for name in sorted(parents) if not any(_never(name))]
    assert passed == []
    assert len(parents) > 30


def _never(value: str) -> list[bool]:
    return [True for one in objections(Aim("host", value, "host", value), "list", protected()) if one.never]


def test_every_popular_name_can_be_read_and_is_kept() -> None:
    names = read_popular()
    assert len(names) >= 1000
    assert [
        name for name in names if (found := read_address(name)) is None or found.registrable != name
    ] == []
    assert [name for name in names if not _never(name)] == []
    hosting = {host for host, kind in shipped_directory().shared_hosts.items() if kind == "hosting"}
    assert [name for name in names - hosting if not _never(f"login.{name}")] == []


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1.1.1.1", "popular_name"),
        ("8.8.8.8", "popular_name"),
        ("168.95.1.1", "popular_name"),
        ("101.101.101.101", "popular_name"),
        ("127.0.0.1", "not_a_public_number"),
        ("192.168.1.1", "not_a_public_number"),
        ("169.254.169.254", "not_a_public_number"),
        ("45.153.240.17", None),
    ],
)
def test_numbers_of_machines(value: str, code: str | None) -> None:
    found = objections(Aim("host", value, "host", value), "list", protected())
    assert [one.code for one in found if one.never] == ([code] if code else [])


def test_public_suffixes_of_the_bundled_list_are_kept() -> None:
    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
    suffixes = [one for one in extract.tlds if not one.startswith(("*", "!"))]
    assert len(suffixes) > 5000
    assert [one for one in suffixes[::25] if not _never(one)] == []


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("phone", "165", "registered_number"),
        ("phone", "1988", "registered_number"),
        ("phone", "1910", "registered_number"),
        ("phone", "9351234", "short_number"),
        ("phone", "935123", "registered_number"),
        ("phone", "0912345678", None),
        ("phone", "+85261234567", None),
        ("account", "004", "short_number"),
        ("account", "0123456789012", None),
        ("line_id", "gov", "too_short"),
        ("line_id", "line", "common_word"),
        ("line_id", "wang88", None),
    ],
)
def test_numbers_and_ids(kind: str, value: str, code: str | None) -> None:
    codes = refused(kind, value, "exact")
    assert (code in codes) if code else codes == []


def test_registered_ids_and_numbers_are_never_listed() -> None:
    for organisation in shipped_directory().organisations.values():
        for contact in organisation.contacts:
            kind = {"line_id": "line_id", "bank_code": "account"}.get(contact.kind, "phone")
            assert _never_of(kind, contact.value), contact


def _never_of(kind: str, value: str) -> bool:
    return any(one.never for one in objections(Aim(kind, value, "exact"), "list", protected()))


def test_the_scope_is_said_and_the_whole_domain_is_typed() -> None:
    assert refused("host", "m.evil.top", scope=None) == ["scope_needed"]  # type: ignore[arg-type]
    assert refused("host", "evil.top", "domain", seen_as="m.evil.top") == ["typed_confirmation_needed"]
    assert refused("host", "evil.top", "domain", seen_as="m.evil.top", typed="Evil.top ") == []
    assert refused("host", "m.evil.top", "domain") == ["not_the_whole_domain"]


def test_what_is_known_from_a_picture_only_is_typed() -> None:
    assert refused("host", "evil.top", from_picture=True) == ["typed_confirmation_needed"]
    assert refused("host", "evil.top", from_picture=True, typed="evil.top") == []
    assert refused("host", "evil.top", from_picture=True, typed="evll.top") == ["typed_confirmation_needed"]
    assert refused("host", "evil.top", spared_before=True) == ["typed_confirmation_needed"]


def test_only_names_are_blocked() -> None:
    assert refused("page", "sites.google.com/view/x", "page") == []
    assert refused("page", "sites.google.com/view/x", "page", "block") == ["page_cannot_be_blocked"]
    assert refused("host", "1.2.3.4", purpose="block") == ["number_cannot_be_blocked"]
    assert refused("phone", "0912345678", "exact", "block") == ["not_an_address"]
    assert refused("page", "sites.google.com", "page") == ["shared_host_without_page"]
    assert refused("page", "www.water.gov.tw/pay", "page") == ["official_name"]


def test_an_import_adds_names() -> None:
    more = protected().with_popular({"big-shop.example.top"})
    aim = Aim("host", "www.big-shop.example.top", "host", "www.big-shop.example.top")
    assert "popular_name" in [one.code for one in objections(aim, "list", more)]
    parent = Aim("host", "example.top", "host", "example.top")
    assert "popular_name_below" in [one.code for one in objections(parent, "list", more)]


@pytest.mark.parametrize(
    ("room", "most"),
    [(Room(0, 0), 20), (Room(0, 300), 30), (Room(0, 10_000), 50), (Room(0, 0, released=100), 120)],
)
def test_the_limit_of_a_day(room: Room, most: int) -> None:
    assert room.most == most
    assert room.has(most)
    assert not room.has(most + 1)
