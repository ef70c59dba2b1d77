"""What the console refuses: an HTTP status and a code, whose words stand in words/."""

from typing import Any

STATUSES = {
    "bad_form": 400,
    "not_logged_in": 401,
    "not_permitted": 403,
    "forged": 403,
    "second_person": 403,
    "other_person": 403,
    "not_found": 404,
    "no_method": 405,
    "changed_meanwhile": 409,
    "not_now": 409,
    "too_large": 413,
    "too_many": 429,
    "broken": 500,
}
BY_STATUS = {400: "bad_form", 404: "not_found", 405: "no_method", 413: "too_large"}


class Refused(Exception):
    """Nothing was changed; `code` is one of STATUSES, `params` fill its words."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = STATUSES[code]
        self.params = params
