"""Takes a picture in: by its content, not its name, within limits, drawn anew so that nothing hidden stays in it. Pure."""

import io
from dataclasses import dataclass, field

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
QUALITY = 90
# What is read, and as what it is written: screenshots stay sharp, photographs small; a moving picture stands still.
WRITTEN_AS = {"JPEG": "JPEG", "PNG": "PNG", "GIF": "PNG", "WEBP": "PNG"}
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}


class NotAPicture(Exception):
    """The content is none of the kinds that are taken, is broken, or has too many pixels."""


@dataclass(frozen=True)
class Picture:
    """Drawn anew: no EXIF, no place, no comment, no second file behind the first."""

    media_type: str
    width: int
    height: int
    content: bytes = field(repr=False)


def take_picture(raw: bytes) -> Picture:
    """Raises NotAPicture."""
    try:
        with Image.open(io.BytesIO(raw), formats=tuple(WRITTEN_AS)) as found:
            written_as = WRITTEN_AS[found.format or ""]
            if found.width * found.height > MOST_PIXELS:
                raise NotAPicture("too many pixels")
            found.verify()
        with Image.open(io.BytesIO(raw), formats=tuple(WRITTEN_AS)) as found:  # verify() uses it up
            upright = ImageOps.exif_transpose(found)
            plain = upright.convert("RGB" if written_as == "JPEG" or not _has_alpha(upright) else "RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPicture(type(error).__name__) from error
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    bare.save(out, written_as, **({"quality": QUALITY} if written_as == "JPEG" else {}))
    return Picture(MEDIA_TYPES[written_as], bare.width, bare.height, out.getvalue())


def _has_alpha(image: Image.Image) -> bool:
    return "A" in image.mode or "transparency" in image.info
