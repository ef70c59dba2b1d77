"""Short links against a real server: every hop guarded, headers only, bounded in hops, time and bytes."""

import time
from collections.abc import AsyncIterator, Mapping, Sequence

import pytest

from services.registry.late.port import Finding, TryLater
from services.registry.late.short_links import KEEP, MOST_HOPS, ShortLinks
from tests.fakes.strange_web import LOOPBACK, StrangeWeb

LINK = "http://reurl.cc/abc"


@pytest.fixture
async def web() -> AsyncIterator[StrangeWeb]:
    one = StrangeWeb()
    await one.start()
    yield one
    await one.stop()


def links(
    web: StrangeWeb, answers: Mapping[str, Sequence[Sequence[str]]] | None = None, deadline: float = 2.5
) -> ShortLinks:
    return ShortLinks(resolver=web.names(answers), allowed={LOOPBACK}, deadline=deadline)


def leads_to(target: str) -> Finding:
    return Finding("short_link", LINK, target, KEEP)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_it_says_where_a_link_leads_without_its_query(web: StrangeWeb, status: int) -> None:
    web.status = status
    web.redirects["reurl.cc/abc"] = "http://twwater-pay.cc/x/y?phone=0912345678#top"
    assert await links(web).look(LINK) == leads_to("http://twwater-pay.cc/x/y")
    assert web.asked() == ["HEAD reurl.cc/abc", "HEAD twwater-pay.cc/x/y?phone=0912345678"]


async def test_a_secret_in_the_path_is_not_kept(web: StrangeWeb) -> None:
    web.redirects["reurl.cc/abc"] = "http://evil.top/A123456789"
    assert await links(web).look(LINK) == leads_to("http://evil.top/")


async def test_no_redirect_is_an_answer(web: StrangeWeb) -> None:
    assert await links(web).look(LINK) is None


async def test_relative_and_own_redirects_lead_nowhere_else(web: StrangeWeb) -> None:
    web.redirects["reurl.cc/abc"] = "/expired"
    assert await links(web).look(LINK) is None
    assert web.asked() == ["HEAD reurl.cc/abc", "HEAD reurl.cc/expired"]


async def test_no_cookie_comes_back_and_no_referrer(web: StrangeWeb) -> None:
    web.redirects |= {"reurl.cc/abc": "http://reurl.cc/2", "reurl.cc/2": "http://evil.top/"}
    await links(web).look(LINK)
    assert len(web.visits) == 3
    assert not [
        visit for visit in web.visits if {"Cookie", "Referer", "Authorization"} & visit.headers.keys()
    ]


async def test_a_server_that_knows_no_head_is_asked_with_get_and_its_body_left(web: StrangeWeb) -> None:
    web.no_head = {"reurl.cc", "evil.top"}
    web.redirects["reurl.cc/abc"] = "http://evil.top/"
    assert await links(web).look(LINK) == leads_to("http://evil.top/")
    assert [one.split()[0] for one in web.asked()] == ["HEAD", "GET", "HEAD", "GET"]
    # The page has no end: what was sent is what fitted into the sockets' buffers before we hung up.
    assert web.body_bytes < 8 * 1024 * 1024


async def test_at_most_five_addresses_are_asked(web: StrangeWeb) -> None:
    web.redirects |= {"reurl.cc/abc": "http://h1.top/"} | {
        f"h{n}.top/": f"http://h{n + 1}.top/" for n in range(1, 9)
    }
    assert await links(web).look(LINK) == leads_to("http://h5.top/")
    assert len(web.visits) == MOST_HOPS


async def test_a_circle_ends(web: StrangeWeb) -> None:
    web.redirects |= {"reurl.cc/abc": "http://evil.top/", "evil.top/": LINK}
    assert await links(web).look(LINK) == leads_to("http://evil.top/")
    assert len(web.visits) == 2


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://2130706433/",
        "http://localhost/",
        "http://evil.top:8080/",
        "http://u:p@evil.top/",
        "file:///etc/passwd",
        "http://[/",
        "http://\udcff/",
    ],
)
async def test_a_hop_to_what_is_not_the_public_web_is_not_made(web: StrangeWeb, target: str) -> None:
    web.redirects["reurl.cc/abc"] = target.encode("utf-8", "surrogateescape").decode("latin-1")
    try:
        assert await links(web).look(LINK) is None
    except TryLater:
        assert target in {"http://[/", "http://\udcff/"}
    assert web.asked() == ["HEAD reurl.cc/abc"]


async def test_loopback_is_refused_unless_allowed(web: StrangeWeb) -> None:
    web.redirects["reurl.cc/abc"] = "http://evil.top/"
    assert await ShortLinks(resolver=web.names()).look(LINK) is None
    assert web.visits == []


async def test_a_name_that_moves_inside_after_the_first_look_is_not_followed(web: StrangeWeb) -> None:
    """Rebinding: the same host answers with an allowed address first and an inner one next."""
    web.redirects |= {"reurl.cc/abc": "http://evil.top/1", "evil.top/1": "http://evil.top/2"}
    names = web.names({"evil.top": [[LOOPBACK], ["10.0.0.5"]]})
    found = await ShortLinks(resolver=names, allowed={LOOPBACK}).look(LINK)
    assert web.asked() == ["HEAD reurl.cc/abc", "HEAD evil.top/1"]
    assert found == leads_to("http://evil.top/2")  # where it led is known, though it was not visited
    # One question for each hop: what was checked is what was connected to.
    assert dict(names().asked) == {"reurl.cc": 1, "evil.top": 2}


async def test_an_answer_with_one_inner_address_among_others_is_refused(web: StrangeWeb) -> None:
    assert await links(web, {"reurl.cc": [[LOOPBACK, "192.168.0.1"]]}).look(LINK) is None
    assert web.visits == []


async def test_a_silent_server_costs_the_deadline_and_says_nothing(web: StrangeWeb) -> None:
    web.silent.add("reurl.cc")
    began = time.monotonic()
    with pytest.raises(TryLater):
        await links(web, deadline=0.2).look(LINK)
    assert time.monotonic() - began < 2


async def test_a_silent_target_is_known_all_the_same(web: StrangeWeb) -> None:
    web.silent.add("evil.top")
    web.redirects["reurl.cc/abc"] = "http://evil.top/x"
    assert await links(web, deadline=0.3).look(LINK) == leads_to("http://evil.top/x")


async def test_headers_without_end_are_not_read(web: StrangeWeb) -> None:
    web.wordy.add("reurl.cc")
    with pytest.raises(TryLater):
        await links(web).look(LINK)
