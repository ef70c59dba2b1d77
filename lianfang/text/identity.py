"""Checksums that tell a payment card or a national ID from any other digits."""

import re

_LETTERS = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
_BRANDS = tuple(
    (re.compile(prefix), lengths)
    for prefix, lengths in (
        (r"4", (13, 16, 19)),  # Visa
        (r"5[1-5]|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)", (16,)),  # Mastercard
        (r"35(?:2[89]|[3-8]\d)", (16, 17, 18, 19)),  # JCB
        (r"3[47]", (15,)),  # American Express
        (r"62|81", (16, 17, 18, 19)),  # UnionPay
        (r"3(?:0[0-5]|095|[689])", (14, 16, 19)),  # Diners
        (r"6(?:011|4[4-9]|5)", (16, 19)),  # Discover
    )
)


def luhn_sums(digits: str) -> tuple[list[int], list[int]]:
    """Running sums with every second digit doubled, once from the even and once from the odd places."""
    even, odd = [0], [0]
    for place, sign in enumerate(digits):
        digit = int(sign)
        doubled = digit * 2 - 9 if digit > 4 else digit * 2
        even.append(even[-1] + (doubled if place % 2 == 0 else digit))
        odd.append(odd[-1] + (digit if place % 2 == 0 else doubled))
    return even, odd


def luhn_valid(sums: tuple[list[int], list[int]], start: int, end: int) -> bool:
    """Whether the digits `[start:end]` behind these sums pass the Luhn check."""
    chosen = sums[0] if end % 2 == 0 else sums[1]
    return (chosen[end] - chosen[start]) % 10 == 0


def is_payment_card(digits: str, shape: list[int], *, spoken: bool) -> bool:
    """Whether digits that pass Luhn have a card issuer's prefix and length and are grouped as cards are."""
    branded = any(prefix.match(digits) and len(digits) in lengths for prefix, lengths in _BRANDS)
    if spoken:
        return len(set(digits)) > 1 and (branded or len(shape) == 1 or len(set(shape)) == 1)
    if digits[0] not in "234568":
        return False
    if len(shape) == 1 or len(set(shape)) == 1:
        return branded
    groups_of_four = all(size == 4 for size in shape[:-1]) and shape[-1] <= 4
    return branded and (groups_of_four or shape in ([4, 6, 5], [4, 6, 4], [6, 13]))


def is_identity(token: str) -> bool:
    """Taiwanese national ID or residence number, old (two letters) and new, with a valid checksum."""
    plain = re.sub(r"[^A-Za-z0-9]", "", token).upper()
    if not re.fullmatch(r"[A-Z][1289A-D]\d{8}", plain):
        return False
    second = plain[1] if plain[1].isdigit() else str(_LETTERS[plain[1]] % 10)
    digits = f"{_LETTERS[plain[0]]}{second}{plain[2:]}"
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 10 == 0
