"""Ids: prefixed ULIDs for rows, unguessable tokens for taps and sessions."""

import secrets

from ulid import ULID


def new_id(prefix: str) -> str:
    """`p_01JD…`: sortable by creation time, unique across processes."""
    return f"{prefix}_{ULID()}"


def new_token(prefix: str) -> str:
    """`t_…` with 128 random bits: says nothing and cannot be guessed."""
    return f"{prefix}_{secrets.token_urlsafe(16)}"
