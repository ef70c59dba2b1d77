"""The sandbox's parts by themselves: times, memory, webhooks, its own folder, and errors as one JSON line."""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from click.testing import CliRunner, Result

from cli.commands.sandbox import sandbox
from cli.places import Failure, read_settings
from cli.sandbox import place
from cli.sandbox.memory import Card, Credentials, Memory, reference
from cli.sandbox.receiver import Receiver, find_place
from cli.sandbox.times import read_duration, read_moment
from lianfang.clock import UTC, ahead, utc_now
from lianfang.settings import VARIABLES
from services.partners.signing import HEADER, sign
from tests.conftest import Hands

SERIAL = "GA12345678"
SECRET = "lfw_secret"


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "sandbox" / "partners.db")


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LIANFANG_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def sold(issuer: str = "gash", serial: str = SERIAL) -> Card:
    return Card(reference(issuer, serial), issuer, serial, "familymart", Hands.start())


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("48h", timedelta(hours=48)),
        ("10m", timedelta(minutes=10)),
        ("1d12h", timedelta(days=1, hours=12)),
        ("90s", timedelta(seconds=90)),
        ("0h", timedelta()),
    ],
)
def test_durations(text: str, duration: timedelta) -> None:
    assert read_duration(text) == duration


@pytest.mark.parametrize("text", ["", "48", "h", "-1h", "1.5h", "1h 2m", "1w", "1h!"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match="no duration"):
        read_duration(text)


def test_moments_need_their_offset() -> None:
    assert read_moment("2026-11-22T14:05:00+08:00") == datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
    assert read_moment("2026-11-22T06:05:00Z") == datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
    for wrong in ("2026-11-22T14:05:00", "yesterday", ""):
        with pytest.raises(ValueError, match="no"):
            read_moment(wrong)


def test_a_serial_has_one_reference_however_it_is_written() -> None:
    assert reference("gash", "ga-1234 5678") == reference("gash", SERIAL)
    assert reference("gash", SERIAL) != reference("mycard", SERIAL)
    assert SERIAL not in reference("gash", SERIAL)


def test_the_memory_keeps_what_it_is_told(memory: Memory, tmp_path: Path) -> None:
    memory.keep_credentials("gash", Credentials("lfk_1", SECRET))
    memory.sell(sold())
    memory.sell(sold())
    again = Memory(tmp_path / "sandbox" / "partners.db")
    assert again.credentials("gash") == Credentials("lfk_1", SECRET)
    assert again.credentials("mycard") is None
    assert again.cards() == [sold()]
    assert (tmp_path / "sandbox" / "partners.db").stat().st_mode & 0o077 == 0


def test_a_card_moves_unless_it_is_too_late(memory: Memory) -> None:
    memory.sell(sold())
    assert memory.change(sold().card_ref, "credited", unless={"locked"})
    assert not memory.change(sold().card_ref, "locked", unless={"credited"})
    assert not memory.change("gash-unknown", "locked")
    assert [card.state for card in memory.cards()] == ["credited"]


def test_an_outage_ends_by_itself_or_by_hand(memory: Memory, clock: Hands) -> None:
    memory.begin_outage("gash", "refuses", clock() + timedelta(minutes=10))
    memory.begin_outage("razer", "silent", None)
    assert (memory.outage("gash", clock()), memory.outage("razer", clock())) == ("refuses", "silent")
    clock.move(minutes=10)
    assert (memory.outage("gash", clock()), memory.outage("razer", clock())) == (None, "silent")
    memory.end_outage("razer")
    assert memory.outage("razer", clock()) is None


def test_webhooks_stay_where_they_were_if_they_can(memory: Memory) -> None:
    first = find_place(memory)
    assert find_place(memory) == first


class Posts:
    """Signed posts to the receiver, as our deliveries make them."""

    def __init__(self, http: TestClient, clock: Hands) -> None:  # type: ignore[type-arg]
        self._http = http
        self._clock = clock

    async def post(
        self, partner: str, kind: str, data: object, *, delivery: str, secret: str = SECRET
    ) -> tuple[int, object]:
        body = json.dumps({"id": delivery, "kind": kind, "data": data}).encode()
        header = sign(secret, timestamp=int(self._clock().timestamp()), body=body, delivery=delivery)
        async with self._http.post(f"/{partner}", data=body, headers={HEADER: header}) as response:
            return response.status, await response.json(content_type=None)


@pytest.fixture
async def posts(memory: Memory, clock: Hands) -> AsyncIterator[Posts]:
    for partner in ("gash", "razer"):
        memory.keep_credentials(partner, Credentials("lfk_1", SECRET))
    async with TestClient(TestServer(Receiver(memory, clock).build_app())) as http:
        yield Posts(http, clock)


async def test_only_what_we_signed_is_taken(posts: Posts) -> None:
    assert (await posts.post("gash", "lock.placed", {}, delivery="dl_1", secret="lfw_other"))[0] == 401
    assert (await posts.post("nobody", "lock.placed", {}, delivery="dl_1"))[0] == 404


async def test_an_issuer_that_is_asked_to_lock_answers_by_its_books(posts: Posts, memory: Memory) -> None:
    asked = {"lock": "cs_1", "serial": "ga 1234-5678"}
    assert await posts.post("razer", "lock.requested", asked, delivery="dl_1") == (
        200,
        {"answer": "unknown_card"},
    )
    memory.sell(sold("razer"))
    assert await posts.post("razer", "lock.requested", asked, delivery="dl_2") == (200, {"answer": "locked"})
    assert [card.state for card in memory.cards()] == ["locked"]
    memory.change(sold("razer").card_ref, "credited")
    assert await posts.post("razer", "lock.requested", asked, delivery="dl_3") == (
        200,
        {"answer": "too_late"},
    )
    without = {"lock": "cs_1", "serial": None}
    assert (await posts.post("razer", "lock.requested", without, delivery="dl_4"))[1] == {
        "answer": "unknown_card"
    }


async def test_it_knows_the_card_again_by_the_lock(posts: Posts, memory: Memory) -> None:
    memory.sell(sold("razer"))
    asked = {"lock": "cs_1", "serial": SERIAL}
    await posts.post("razer", "lock.requested", asked, delivery="dl_1")
    await posts.post("razer", "lock.released", {"lock": "cs_2"}, delivery="dl_2")
    assert [card.state for card in memory.cards()] == ["locked"]
    await posts.post("razer", "lock.released", {"lock": "cs_1"}, delivery="dl_3")
    assert [card.state for card in memory.cards()] == ["sold"]


async def test_a_repeated_post_gets_its_answer_again_and_changes_nothing(
    posts: Posts, memory: Memory
) -> None:
    memory.sell(sold("razer"))
    asked = {"lock": "cs_1", "serial": SERIAL}
    first = await posts.post("razer", "lock.requested", asked, delivery="dl_1")
    memory.change(sold("razer").card_ref, "sold")
    assert await posts.post("razer", "lock.requested", asked, delivery="dl_1") == first
    assert [card.state for card in memory.cards()] == ["sold"]


async def test_an_issuer_notes_what_was_decided(posts: Posts, memory: Memory) -> None:
    memory.sell(sold())
    about = {"lock": "cs_1", "card_ref": sold().card_ref}
    for number, (kind, state) in enumerate(
        [("lock.placed", "locked"), ("lock.released", "sold"), ("refund.done", "refunded")]
    ):
        assert (await posts.post("gash", kind, about, delivery=f"dl_{number}"))[1] == {"result": "noted"}
        assert [card.state for card in memory.cards()] == [state]
    assert (await posts.post("gash", "news.of_tomorrow", {}, delivery="dl_9"))[0] == 200


@pytest.mark.parametrize(
    ("state", "report"),
    [("permitted", None), ("sold", "not_credited"), ("credited", "credited"), ("spent", "credited")],
)
async def test_an_issuer_that_is_asked_tells_what_became_of_a_card(
    posts: Posts, memory: Memory, state: str, report: str | None
) -> None:
    memory.sell(sold())
    memory.change(sold().card_ref, state)
    asked = {"card_ref": sold().card_ref, "permission": "pm_1"}
    assert await posts.post("gash", "card.ask", asked, delivery="dl_1") == (
        200,
        {"report": report, "permission": "pm_1"},
    )


async def test_a_partner_that_is_away_notes_nothing(posts: Posts, memory: Memory, clock: Hands) -> None:
    memory.sell(sold())
    memory.begin_outage("gash", "refuses", clock() + timedelta(minutes=10))
    about = {"lock": "cs_1", "card_ref": sold().card_ref}
    assert (await posts.post("gash", "lock.placed", about, delivery="dl_1"))[0] == 503
    clock.move(minutes=10)
    assert (await posts.post("gash", "lock.placed", about, delivery="dl_1"))[0] == 200
    assert [card.state for card in memory.cards()] == ["locked"]


def test_the_sandbox_has_a_folder_of_its_own(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANFANG_DATABASE_URL", "sqlite+aiosqlite:////elsewhere.db")
    monkeypatch.setenv("LIANFANG_SERVICES_URL", "http://127.0.0.1:1")
    settings = place.sandbox_settings()
    assert settings.data_dir == data_dir / "sandbox"
    assert settings.database_url == f"sqlite+aiosqlite:///{data_dir / 'sandbox' / 'lianfang.db'}"
    assert settings.services_url == f"http://127.0.0.1:{settings.services_port}"


def test_the_sandbox_is_not_for_production(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = read_settings()
    monkeypatch.setenv("LIANFANG_MODE", "production")
    for name in ("internal_key", "operator", "public_url", "database_url"):
        monkeypatch.setenv(VARIABLES[name], getattr(outside, name))
    for name in ("secret_keys", "index_keys"):
        monkeypatch.setenv(VARIABLES[name], ",".join(getattr(outside, name)))
    with pytest.raises(Failure, match="not for production"):
        place.sandbox_settings()


def test_the_clock_moves_for_whoever_reads_it(data_dir: Path) -> None:
    settings = place.sandbox_settings()
    clock = place.clock_of(settings)
    assert ahead(place.clock_file(settings)) == timedelta()
    place.advance(settings, timedelta(hours=48))
    place.advance(settings, timedelta(minutes=30))
    assert ahead(place.clock_file(settings)) == timedelta(hours=48, minutes=30)
    assert clock() - utc_now() > timedelta(hours=48)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["dance"], "No such command 'dance'"),
        (["sell", "--issuer", "gash"], "Missing option"),
        (["sell", "--issuer", "steam"], "'steam' is not one of"),
        (["credit", "--issuer", "gash", "--serial", "x", "--loudly"], "No such option"),
        (["advance", "soon"], "'soon' is no duration"),
        (["refund"], "give either --proof or --serial"),
        (
            [
                "sell",
                "--issuer",
                "gash",
                "--serial",
                SERIAL,
                "--chain",
                "familymart",
                "--at",
                "2026-11-22T14:05",
            ],
            "has no offset",
        ),
        (
            [
                "sell",
                "--issuer",
                "gash",
                "--serial",
                SERIAL,
                "--chain",
                "corner",
                "--at",
                "2026-11-22T14:05Z",
            ],
            "no chain 'corner'",
        ),
    ],
)
def test_an_error_is_one_json_line_with_exit_code_1(data_dir: Path, arguments: list[str], words: str) -> None:
    told: Result = CliRunner().invoke(sandbox, arguments)
    assert told.exit_code == 1
    (line,) = told.stdout.splitlines()
    answer = json.loads(line)
    assert answer["result"] == "error"
    assert words in answer["reason"]
