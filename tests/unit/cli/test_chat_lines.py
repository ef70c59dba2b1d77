"""`chat --jsonl` against a small real gateway: order, sides, pushes, bad lines, a lost connection."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from cli.jsonl import converse
from cli.wire import Wire

Frame = dict[str, Any]
Socket = web.WebSocketResponse


class FakeGateway:
    """Answers `echo` at once unless a script takes the frame; remembers everything that came in."""

    def __init__(self) -> None:
        self.came: list[Frame] = []
        self.arrived: asyncio.Queue[tuple[Frame, Socket]] = asyncio.Queue()
        self.script: Callable[[Frame, Socket], Awaitable[None]] = echo

    async def serve(self, request: web.Request) -> Socket:
        assert request.headers["Authorization"] == "Bearer the key"
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            assert message.type is WSMsgType.TEXT
            frame = json.loads(message.data)
            self.came.append(frame)
            self.arrived.put_nowait((frame, socket))
            await self.script(frame, socket)
        return socket


async def answer(frame: Frame, socket: Socket, text: str, *, final: bool = True) -> None:
    replies: list[Frame] = [{"text": text, "card": None, "buttons": []}]
    await socket.send_json({"id": frame["id"], "user": frame["user"], "replies": replies, "final": final})


async def echo(frame: Frame, socket: Socket) -> None:
    await answer(frame, socket, f"heard {frame.get('text')}")


async def hold_back(frame: Frame, socket: Socket) -> None:
    """Leave it to the test."""


@pytest.fixture
async def gateway() -> AsyncIterator[tuple[FakeGateway, str]]:
    fake = FakeGateway()
    app = web.Application()
    app.router.add_get("/terminal", fake.serve)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    yield fake, f"ws://127.0.0.1:{server.port}/terminal"
    await server.close()


async def lines(*values: Frame | bytes) -> AsyncIterator[bytes]:
    for value in values:
        yield value if isinstance(value, bytes) else json.dumps(value).encode()


async def talk(url: str, *values: Frame | bytes) -> list[Frame]:
    written: list[bytes] = []
    async with Wire(url, "the key") as wire:
        await converse(lines(*values), wire.say, written.append)
    return [json.loads(line) for line in written]


def texts(answers: list[Frame]) -> list[tuple[str, list[str]]]:
    return [(one["user"], [reply["text"] for reply in one["replies"]]) for one in answers]


async def test_each_line_gets_one_line_in_input_order(gateway: tuple[FakeGateway, str]) -> None:
    fake, url = gateway
    fake.script = hold_back
    talking = asyncio.create_task(
        talk(url, *({"user": f"u{number}", "text": str(number)} for number in range(5)))
    )
    held = [await fake.arrived.get() for _ in range(5)]
    for frame, socket in reversed(held):
        await answer(frame, socket, f"late {frame['text']}")
    answers = await talking
    assert texts(answers) == [(f"u{number}", [f"late {number}"]) for number in range(5)]
    assert all(set(one) == {"user", "replies", "pushes", "ms"} and one["ms"] >= 0 for one in answers)


async def test_a_users_lines_wait_for_each_other_and_at_most_eight_users_speak(
    gateway: tuple[FakeGateway, str],
) -> None:
    fake, url = gateway
    fake.script = hold_back
    said = [{"user": f"u{number}", "text": "first"} for number in range(9)]
    said[1:1] = [{"user": "u0", "text": "second"}]
    talking = asyncio.create_task(talk(url, *said))
    held = [await fake.arrived.get() for _ in range(8)]
    assert sorted(frame["user"] for frame, _ in held) == [f"u{number}" for number in range(8)]
    assert {frame["text"] for frame, _ in held} == {"first"}
    await answer(*held[0], "done")
    held += [await fake.arrived.get()]
    await answer(*held[1], "done")
    held += [await fake.arrived.get()]
    assert {(frame["user"], frame["text"]) for frame, _ in held[8:]} == {("u0", "second"), ("u8", "first")}
    for frame, socket in held[2:]:
        await answer(frame, socket, "done")
    assert len(await talking) == 10


async def test_a_reply_may_come_in_parts_and_pushes_go_with_the_users_next_line(
    gateway: tuple[FakeGateway, str],
) -> None:
    fake, url = gateway

    async def in_parts(frame: Frame, socket: Socket) -> None:
        await socket.send_json(
            {"push": True, "user": "a", "replies": [{"text": f"push before {frame['text']}"}]}
        )
        await answer(frame, socket, "wait", final=False)
        await answer(frame, socket, "here")

    fake.script = in_parts
    answers = await talk(url, {"user": "b", "text": "1"}, {"user": "a", "text": "2"})
    assert texts(answers) == [("b", ["wait", "here"]), ("a", ["wait", "here"])]
    assert [push["text"] for push in answers[1]["pushes"]] == ["push before 1", "push before 2"]
    assert answers[0]["pushes"] == []


async def test_what_is_no_line_is_answered_in_its_place(
    gateway: tuple[FakeGateway, str], tmp_path: Path
) -> None:
    fake, url = gateway
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"not looked at")
    answers = await talk(
        url,
        b"{",
        {"user": "a", "text": "hello"},
        {"user": "a"},
        {"user": "a", "text": "x", "tap": "y"},
        b"   ",
        {"user": "a", "image": str(tmp_path / "none.png")},
        {"user": "a", "image": str(picture)},
        {"user": "a", "tap": "t_abc"},
        {"user": "a", "text": "\ud800"},
        b"\xff",
        b"[" * 100_000,
        {"user": "a", "text": "長" * 500_001},
    )
    assert [("error" in one, one["user"]) for one in answers] == [
        (True, None),
        (False, "a"),
        (True, "a"),
        (True, "a"),
        (True, "a"),
        (False, "a"),
        (False, "a"),
        (False, "a"),
        (True, None),
        (True, None),
        (True, "a"),
    ]
    assert [set(frame) - {"id", "user"} for frame in fake.came] == [{"text"}, {"image"}, {"tap"}, {"text"}]
    assert len({frame["id"] for frame in fake.came}) == 4


async def test_an_unanswered_line_is_sent_again_after_the_gateway_came_back(
    gateway: tuple[FakeGateway, str],
) -> None:
    fake, url = gateway

    async def break_off(frame: Frame, socket: Socket) -> None:
        fake.script = echo
        await socket.close()

    fake.script = break_off
    answers = await talk(url, {"user": "a", "text": "hello"})
    assert texts(answers) == [("a", ["heard hello"])]
    assert fake.came[0] == fake.came[1]


async def test_silence_becomes_an_error_in_its_line(gateway: tuple[FakeGateway, str]) -> None:
    fake, url = gateway
    fake.script = hold_back
    written: list[bytes] = []
    async with Wire(url, "the key", answer_within=0.05) as wire:
        failed = await converse(lines({"user": "a", "text": "hello"}), wire.say, written.append)
    assert failed == 1
    assert "no answer" in json.loads(written[0])["error"]
