"""A check request as it arrives (design section 7); null and absent are the same."""

import unicodedata
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field

App = Literal["sms", "imessage", "rcs", "line", "telegram", "whatsapp", "email", "other"]
LONGEST_TEXT = 5000


def _whole_characters(value: Any) -> Any:
    """Half characters, which broken clients send, become replacement characters instead of an error."""
    if not isinstance(value, str):
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _plain_digits(value: Any) -> Any:
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value


def _empty_is_absent(value: Any) -> Any:
    return None if value == "" else value


Text = Annotated[str, BeforeValidator(_whole_characters)]
SenderText = Annotated[str, Field(max_length=200), BeforeValidator(_whole_characters)]
Last3 = Annotated[str, Field(pattern=r"^[0-9]{3}$"), BeforeValidator(_plain_digits)]


class CheckRequest(BaseModel):
    """`POST /v1/checks`."""

    text: Text = Field(min_length=1)
    sender: Annotated[SenderText | None, BeforeValidator(_empty_is_absent)] = None
    receiver_last3: Annotated[Last3 | None, BeforeValidator(_empty_is_absent)] = None
    app: Annotated[App | None, BeforeValidator(_empty_is_absent)] = None
    via: Literal["typed", "forwarded", "image", "api"] = "api"
    lang: str | None = Field(default=None, max_length=16)


class AgainRequest(BaseModel):
    """`POST /v1/checks/{id}/again`: what the person told us now."""

    sender: Annotated[SenderText | None, BeforeValidator(_empty_is_absent)] = None
    receiver_last3: Annotated[Last3 | None, BeforeValidator(_empty_is_absent)] = None
    app: Annotated[App | None, BeforeValidator(_empty_is_absent)] = None


class ForgetRequest(BaseModel):
    """`POST /v1/checks/forget`: the message of this event was taken back."""

    event: str = Field(min_length=1, max_length=64)
