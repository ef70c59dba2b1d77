"""Pictures of cases: by content, drawn anew, encrypted, limited, gone with their rows."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from lianfang import retention
from services.reports.attachments import MOST_OF_A_CASE
from services.reports.models import Attachment
from services.reports.pictures import MOST_BYTES, NotAPicture, take_picture
from tests.contract.reporting import Office


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB") -> bytes:
    image = Image.new(mode, size, "red")
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x0112] = 6  # turned
    out = io.BytesIO()
    image.save(out, kind, **({"exif": exif} if kind in ("JPEG", "PNG", "WEBP") else {}))
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "media_type", "mode"),
    [
        ("JPEG", "image/jpeg", "RGB"),
        ("PNG", "image/png", "RGBA"),
        ("PNG", "image/png", "P"),
        ("GIF", "image/png", "P"),
        ("WEBP", "image/png", "RGB"),
        ("JPEG", "image/jpeg", "CMYK"),
    ],
)
def test_a_picture_is_drawn_anew_without_what_was_hidden_in_it(kind: str, media_type: str, mode: str) -> None:
    raw = picture(kind, mode=mode) + b"PK\x03\x04 a second file behind the first"
    taken = take_picture(raw)
    assert taken.media_type == media_type
    assert (taken.width, taken.height) == ((20, 40) if kind != "GIF" else (40, 20))
    for hidden in (b"taken at home", b"Exif", b"PK\x03\x04"):
        assert hidden not in taken.content
    with Image.open(io.BytesIO(taken.content)) as again:
        assert not again.getexif()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"%PDF-1.7",
        picture()[:60],
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
    ],
)
def test_what_is_no_picture_is_not_taken(raw: bytes) -> None:
    with pytest.raises(NotAPicture):
        take_picture(raw)


def test_a_picture_of_too_many_pixels_is_not_taken() -> None:
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(NotAPicture):
        take_picture(bomb.getvalue())


async def test_a_picture_is_kept_encrypted_with_its_case(office: Office) -> None:
    person = await office.bureau.person()
    number = (await office.bureau.file(person)).case.number
    kept = await office.call("POST", f"/v1/attachments?case={number}", person, picture())
    assert (kept["status_code"], kept["media_type"], kept["width"]) == (201, "image/jpeg", 20)
    [path] = office.files()
    assert path.name == kept["id"]
    assert b"JFIF" not in path.read_bytes()
    found = await office.attachments.read(kept["id"])
    assert found is not None
    assert found[1].startswith(b"\xff\xd8")
    assert await office.attachments.read("at_none") is None


async def test_what_is_too_large_or_no_picture_or_somebody_elses_case_is_refused(office: Office) -> None:
    person, stranger = await office.bureau.person(), await office.bureau.person()
    number = (await office.bureau.file(person)).case.number
    large = await office.call("POST", "/v1/attachments", person, b"x" * (2 * MOST_BYTES))
    assert (large["status_code"], large["code"]) == (413, "attachment_too_large")
    text = await office.call("POST", "/v1/attachments", person, b"no picture")
    assert (text["status_code"], text["code"]) == (415, "not_a_picture")
    foreign = await office.call("POST", f"/v1/attachments?case={number}", stranger, picture())
    assert (foreign["status_code"], foreign["code"]) == (404, "case_not_found")
    assert await office.bureau.all(Attachment) == []
    assert office.files() == []


async def test_a_case_holds_so_many(office: Office) -> None:
    person = await office.bureau.person()
    number = (await office.bureau.file(person)).case.number
    small = picture(size=(2, 2))
    for _ in range(MOST_OF_A_CASE):
        assert (await office.call("POST", f"/v1/attachments?case={number}", person, small))[
            "status_code"
        ] == 201
    full = await office.call("POST", f"/v1/attachments?case={number}", person, small)
    assert (full["status_code"], full["code"]) == (409, "too_many_attachments")


async def test_a_file_goes_with_its_row(office: Office) -> None:
    person = await office.bureau.person()
    kept = await office.call("POST", "/v1/attachments", person, picture())
    store = office.attachments
    async with office.bureau.database.write() as session:
        await retention.erase(session, person, except_rows={})
    assert await store.read(kept["id"]) is None
    assert await store.sweep() == 0  # a file may be written before its row
    office.bureau.clock.now += timedelta(days=400)
    assert await store.sweep() == 1
    assert office.files() == []
