"""What the sandbox's partners remember, in a file of their own: keys, cards they sold, posts they had, outages."""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from services.locks.serials import letters_and_digits

TABLES = """
CREATE TABLE IF NOT EXISTS place (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS partners (id TEXT PRIMARY KEY, key TEXT NOT NULL, secret TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS cards (
    card_ref TEXT PRIMARY KEY, issuer TEXT NOT NULL, serial TEXT NOT NULL, chain TEXT NOT NULL, sold_at TEXT NOT NULL,
    state TEXT NOT NULL, UNIQUE (issuer, serial)
);
CREATE TABLE IF NOT EXISTS locks (lock TEXT PRIMARY KEY, card_ref TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS posts (id TEXT PRIMARY KEY, status INTEGER NOT NULL, answer TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS outages (partner TEXT PRIMARY KEY, manner TEXT NOT NULL, until TEXT);
"""
Manner = Literal["refuses", "silent"]
WAIT_SECONDS = 10.0


@dataclass(frozen=True)
class Card:
    """A card as its issuer knows it: `state` sold | locked | permitted | credited | spent | refunded."""

    card_ref: str
    issuer: str
    serial: str = field(repr=False)
    chain: str
    sold_at: datetime
    state: str = "sold"


@dataclass(frozen=True)
class Credentials:
    """What the operator gave a partner: its key to call us, and the secret of what we post."""

    key: str = field(repr=False)
    secret: str = field(repr=False)


class Memory:
    """Short transactions on one small SQLite file; every process of the sandbox has its own."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        self._path = path
        with self._transaction() as database:
            database.executescript(TABLES)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=WAIT_SECONDS)) as database, database:
            yield database

    def note(self, name: str, value: str) -> None:
        """Remember where something is: `webhooks`, `public`."""
        with self._transaction() as database:
            database.execute("INSERT OR REPLACE INTO place VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        with self._transaction() as database:
            row = database.execute("SELECT value FROM place WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def keep_credentials(self, partner: str, credentials: Credentials) -> None:
        with self._transaction() as database:
            values = (partner, credentials.key, credentials.secret)
            database.execute("INSERT OR REPLACE INTO partners VALUES (?, ?, ?)", values)

    def credentials(self, partner: str) -> Credentials | None:
        with self._transaction() as database:
            row = database.execute("SELECT key, secret FROM partners WHERE id = ?", (partner,)).fetchone()
        return Credentials(*row) if row else None

    def sell(self, card: Card) -> None:
        """Note a sold card; one of the same reference is known already and stays as it is."""
        with self._transaction() as database:
            values = (
                card.card_ref,
                card.issuer,
                card.serial,
                card.chain,
                card.sold_at.isoformat(),
                card.state,
            )
            database.execute("INSERT OR IGNORE INTO cards VALUES (?, ?, ?, ?, ?, ?)", values)

    def card(self, card_ref: str) -> Card | None:
        return next((card for card in self.cards() if card.card_ref == card_ref), None)

    def cards(self) -> list[Card]:
        """Every card, in the order they were sold."""
        with self._transaction() as database:
            rows = database.execute("SELECT * FROM cards ORDER BY rowid").fetchall()
        return [
            Card(card_ref, issuer, serial, chain, datetime.fromisoformat(sold_at), state)
            for card_ref, issuer, serial, chain, sold_at, state in rows
        ]

    def change(self, card_ref: str, state: str, *, unless: Collection[str] = ()) -> bool:
        """Move a card on, unless it is in one of those states by now; whether it was moved."""
        marks = ",".join("?" * len(unless))
        with self._transaction() as database:
            moved = database.execute(
                f"UPDATE cards SET state = ? WHERE card_ref = ? AND state NOT IN ({marks})",  # noqa: S608 -- marks
                (state, card_ref, *unless),
            )
        return moved.rowcount > 0

    def note_lock(self, lock: str, card_ref: str) -> None:
        """An issuer that keeps its cards itself is told of a lock by the lock's id only."""
        with self._transaction() as database:
            database.execute("INSERT OR REPLACE INTO locks VALUES (?, ?)", (lock, card_ref))

    def locked_by(self, lock: str) -> str | None:
        """The card that was locked for this lock."""
        with self._transaction() as database:
            row = database.execute("SELECT card_ref FROM locks WHERE lock = ?", (lock,)).fetchone()
        return row[0] if row else None

    def answered(self, post: str) -> tuple[int, dict[str, Any]] | None:
        """How a post of this id was answered, None for a new one."""
        with self._transaction() as database:
            row = database.execute("SELECT status, answer FROM posts WHERE id = ?", (post,)).fetchone()
        return (row[0], json.loads(row[1])) if row else None

    def keep_answer(self, post: str, status: int, answer: dict[str, Any]) -> None:
        with self._transaction() as database:
            database.execute(
                "INSERT OR IGNORE INTO posts VALUES (?, ?, ?)", (post, status, json.dumps(answer))
            )

    def begin_outage(self, partner: str, manner: Manner, until: datetime | None) -> None:
        with self._transaction() as database:
            values = (partner, manner, until.isoformat() if until else None)
            database.execute("INSERT OR REPLACE INTO outages VALUES (?, ?, ?)", values)

    def end_outage(self, partner: str) -> None:
        with self._transaction() as database:
            database.execute("DELETE FROM outages WHERE partner = ?", (partner,))

    def outage(self, partner: str, now: datetime) -> Manner | None:
        """How a partner is away at this moment, None when it is there."""
        with self._transaction() as database:
            row = database.execute(
                "SELECT manner, until FROM outages WHERE partner = ?", (partner,)
            ).fetchone()
        if row is None or (row[1] is not None and datetime.fromisoformat(row[1]) <= now):
            return None
        manner: Manner = row[0]
        return manner


def reference(issuer: str, serial: str) -> str:
    """How the issuer calls a card of this serial, however it is written."""
    return f"{issuer}-{hashlib.sha256(letters_and_digits(serial).encode()).hexdigest()[:20]}"
