"""Passwords: what is long enough, and Argon2id hashes that cost the same whether or not an account exists."""

import asyncio
import secrets
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 128
FEWEST_CHARACTERS = 5  # different ones
AT_ONCE = 2  # each takes 64 MiB and a processor

_HASHER = PasswordHasher()  # RFC 9106's second choice: Argon2id, t=3, m=64 MiB, p=4
_hashers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="password")


def fault_of(password: str, login_name: str) -> str | None:
    """A code for what is wrong with a new password, None when it will do."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return "password_short"
    if len(plain) > LONGEST:
        return "password_long"
    if login_name in plain.casefold() or len(set(plain)) < FEWEST_CHARACTERS:
        return "password_easy"
    return None


async def hash_password(password: str) -> str:
    """What is stored."""
    return await asyncio.get_running_loop().run_in_executor(_hashers, _HASHER.hash, _plain(password))


async def is_password(stored: str | None, password: str) -> bool:
    """Whether it is the one; for no account the same work, and False."""
    return await asyncio.get_running_loop().run_in_executor(_hashers, _verify, stored, password)


def _verify(stored: str | None, password: str) -> bool:
    try:
        _HASHER.verify(stored or _of_nobody(), _plain(password)[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


@cache
def _of_nobody() -> str:
    return _HASHER.hash(secrets.token_urlsafe(16))


def _plain(password: str) -> str:
    """The same password typed on any keyboard."""
    return unicodedata.normalize("NFKC", password)
