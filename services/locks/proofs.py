"""Proofs that a card is locked: a code that cannot be guessed, with a check character, and its QR code."""

import io
import re
from typing import Literal

import segno

from services.cases.numbers import ALPHABET, check_character, random_characters

BODY = 15  # random characters: 75 bits
_READ_AS = str.maketrans("ILO", "110")
_SHAPE = re.compile(rf"LP([{ALPHABET}]{{{BODY}}})([{ALPHABET}])")
_BLANK = re.compile(r"[\s_-]")

Image = Literal["svg", "png"]
IMAGE_TYPES: dict[Image, str] = {"svg": "image/svg+xml", "png": "image/png"}
QR_SCALE = 8


def new_proof() -> str:
    """`LP-XXXX-XXXX-XXXX-XXXX`: who knows it may see that the card is locked, and the store refunds by it."""
    body = random_characters(BODY)
    return _shown(body + check_character(body))


def read_proof(text: str) -> str | None:
    """The proof as it was given, in whatever way it was typed; None for what cannot be one."""
    signs = _BLANK.sub("", text.upper())
    match = _SHAPE.fullmatch(signs[:2] + signs[2:].translate(_READ_AS))
    if match is None or check_character(match[1]) != match[2]:
        return None
    return _shown(match[1] + match[2])


def qr_code(address: str, image: Image) -> bytes:
    """The address as a QR code that a till's camera reads off a phone."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind=image, scale=QR_SCALE, border=4)
    return out.getvalue()


def _shown(signs: str) -> str:
    return "LP-" + "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))
