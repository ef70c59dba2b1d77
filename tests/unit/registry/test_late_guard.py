"""The guard of short links: only public addresses on the web's own ports, whatever way they are written."""

import ipaddress
import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from services.registry.late.guard import GuardedResolver, Refused, check_url, is_public

REFUSED = {
    # not the web
    "ftp://example.com/": "scheme",
    "file:///etc/passwd": "scheme",
    "gopher://example.com/": "scheme",
    "javascript:alert(1)": "scheme",
    "//example.com/": "scheme",
    "http://user@example.com/": "user_info",
    "http://user:word@example.com/": "user_info",
    "http://127.0.0.1:80@example.com/": "user_info",
    "http://example.com:8080/": "port",
    "https://example.com:22/": "port",
    "http://example.com:0/": "port",
    # ourselves and our neighbours
    "http://localhost/": "host",
    "http://localhost./": "host",
    "http://a.localhost/": "inside",
    "http://printer.local/": "inside",
    "http://metadata.google.internal/": "inside",
    "http://intranet/": "host",
    "http://127.0.0.1/": "not_public",
    "http://127.0.0.1./": "not_public",
    "http://127.255.255.254/": "not_public",
    "http://0.0.0.0/": "not_public",
    "http://10.1.2.3/": "not_public",
    "http://172.16.0.1/": "not_public",
    "http://172.31.255.255/": "not_public",
    "http://192.168.1.1/": "not_public",
    "http://169.254.169.254/latest/meta-data/": "not_public",
    "http://100.64.0.1/": "not_public",
    "http://100.127.255.255/": "not_public",
    "http://192.0.2.1/": "not_public",
    "http://198.18.0.1/": "not_public",
    "http://224.0.0.1/": "not_public",
    "http://240.0.0.1/": "not_public",
    "http://255.255.255.255/": "not_public",
    "http://①②⑦.⓪.⓪.①/": "not_public",
    # the same, written so that a resolver or a browser reads an IP address
    "http://2130706433/": "host",
    "http://0x7f000001/": "host",
    "http://0x7f.1/": "host",
    "http://127.1/": "host",
    "http://0177.0.0.1/": "host",
    "http://127.0.0.01/": "host",
    "http://0x7f.0.0.0x1/": "host",
    "http://017700000001/": "host",
    "http://%31%32%37.0.0.1/": "host",
    # IPv6
    "http://[::1]/": "not_public",
    "http://[::]/": "not_public",
    "http://[::ffff:127.0.0.1]/": "not_public",
    "http://[::ffff:8.8.8.8]/": "not_public",
    "http://[::127.0.0.1]/": "not_public",
    "http://[64:ff9b::7f00:1]/": "not_public",
    "http://[fe80::1]/": "not_public",
    "http://[fe80::1%25eth0]/": "not_public",
    "http://[2606:4700::1111%25eth0]/": "not_public",
    "http://[fc00::1]/": "not_public",
    "http://[fd00:ec2::254]/": "not_public",
    "http://[fec0::1]/": "not_public",
    "http://[ff02::1]/": "not_public",
    "http://[2001:db8::1]/": "not_public",
    "http://[2001::1]/": "not_public",
    "http://[2002:7f00:1::]/": "not_public",
    # names that are none
    "http:///path": "host",
    "http://a..b.com/": "host",
    "http://-/": "host",
}
FINE = (
    "http://reurl.cc/abc",
    "https://reurl.cc/abc?x=1",
    "http://reurl.cc:80/",
    "https://reurl.cc:443/",
    "http://reurl.cc./",
    "http://8.8.8.8/",
    "http://[2606:4700::1111]/",
    "https://例子.台灣/",
    "https://a_b.evil.top/",
)


@pytest.mark.parametrize(("url", "code"), REFUSED.items())
def test_what_is_not_the_public_web_is_refused(url: str, code: str) -> None:
    with pytest.raises((Refused, ValueError)) as refused:
        check_url(URL(url))
    if isinstance(refused.value, Refused):
        assert str(refused.value) == code


@pytest.mark.parametrize("url", FINE)
def test_the_public_web_is_fine(url: str) -> None:
    check_url(URL(url))


@given(st.ip_addresses())
def test_an_address_that_python_knows_to_be_special_is_never_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    special = (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or not address.is_global
    )
    assert not (special and is_public(str(address)))


@given(st.ip_addresses(v=4))
def test_ordinary_ipv4_addresses_stay_public(address: ipaddress.IPv4Address) -> None:
    ours = [ipaddress.ip_network(one) for one in ("192.0.0.0/24", "192.88.99.0/24", "224.0.0.0/3")]
    if address.is_global and not any(address in network for network in ours):
        assert is_public(str(address))


@given(st.ip_addresses(v=4), st.sampled_from(["{:d}", "{:#x}", "{:#o}", "0{:o}"]))
def test_a_number_is_no_host(address: ipaddress.IPv4Address, form: str) -> None:
    with pytest.raises((Refused, ValueError)):
        check_url(URL(f"http://{form.format(int(address))}/"))


@given(st.ip_addresses(v=4), st.integers(0, 3), st.sampled_from(["{:#x}", "0{:o}", "00{:d}"]))
def test_a_part_in_another_notation_is_no_host(address: ipaddress.IPv4Address, place: int, form: str) -> None:
    parts = str(address).split(".")
    parts[place] = form.format(int(parts[place]))
    if ".".join(parts) != str(address):
        with pytest.raises((Refused, ValueError)):
            check_url(URL(f"http://{'.'.join(parts)}/"))


@given(st.ip_addresses(v=4))
def test_ipv4_inside_ipv6_is_refused(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for embedding in (f"::ffff:{address}", f"::{address}", f"64:ff9b::{address}"):
        assert not is_public(embedding)
    assert not is_public(f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1")


@given(st.text(max_size=30))
def test_any_text_is_refused_or_a_name_or_public(host: str) -> None:
    try:
        url = URL(f"http://{host}/")
        check_url(url)
    except (Refused, ValueError):
        return
    shown = (url.raw_host or "").rstrip(".")
    assert "." in shown or ":" in shown
    try:
        ipaddress.ip_address(shown)
    except ValueError:
        return
    assert is_public(shown)


def test_an_allowance_is_for_the_very_address_only() -> None:
    check_url(URL("http://127.0.0.1/"), allowed={"127.0.0.1"})
    with pytest.raises(Refused):
        check_url(URL("http://127.0.0.2/"), allowed={"127.0.0.1"})


class Answers(AbstractResolver):
    """Each question gets the next answer."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=0)
            for one in self._answers.pop(0)
        ]

    async def close(self) -> None:
        """Nothing to close."""


async def test_what_dns_answers_is_checked_each_time() -> None:
    resolver = GuardedResolver(
        Answers(["8.8.8.8"], ["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["fe80::1%2"]), ()
    )
    [public] = await resolver.resolve("evil.top", 443)
    assert (public["host"], public["port"]) == ("8.8.8.8", 443)
    for _ in range(3):
        with pytest.raises(Refused):
            await resolver.resolve("evil.top", 443)


async def test_a_name_without_address_is_an_error() -> None:
    with pytest.raises(OSError, match="no address"):
        await GuardedResolver(Answers([]), ()).resolve("evil.top", 443)
