"""Where conversations live: memory or Redis, never on disk, forgotten 24 hours after their last message."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote, urlsplit

from rasa.core.tracker_store import InMemoryTrackerStore, RedisTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

Clock = Callable[[], datetime]

DAY = timedelta(hours=24)
# Swept on each save and each minute: two minutes early is never a minute late.
LIFETIME = DAY - timedelta(minutes=2)
KEY_PREFIX = "lianfang"


def utc_now() -> datetime:
    """The system's time, timezone-aware."""
    return datetime.now(timezone.utc)


class ForgetfulTrackerStore(InMemoryTrackerStore):
    """Rasa's memory store, which by itself never forgets anything."""

    def __init__(
        self, domain: Domain | None = None, event_broker: Any = None, clock: Clock = utc_now, **_options: Any
    ) -> None:
        super().__init__(domain or Domain.empty(), event_broker)
        self._clock = clock
        self._saved_at: dict[str, datetime] = {}  # oldest first

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the tracker for a day from now."""
        await super().save(tracker)
        self._saved_at.pop(tracker.sender_id, None)
        self._saved_at[tracker.sender_id] = self._clock()
        self.forget_expired()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A tracker that is due is gone, whether or not it was swept yet.

        All of it is the latest session: an older one is forgotten before a new one can begin. Rasa would read it
        a second time to find that out.
        """
        self.forget_expired()
        return await self.retrieve_full_tracker(sender_id)

    def forget_expired(self) -> int:
        """Drop what is older than a day; the number of trackers dropped."""
        limit = self._clock() - LIFETIME
        due: list[str] = []
        for sender, saved_at in self._saved_at.items():
            if saved_at > limit:
                break
            due.append(sender)
        for sender in due:
            self.forget(sender)
        return len(due)

    def forget(self, sender_id: str) -> None:
        """Drop one conversation now; nothing happens when there is none."""
        self._saved_at.pop(sender_id, None)
        self.store.pop(sender_id, None)


class ForgetfulRedisStore(RedisTrackerStore):
    """Redis drops the tracker itself (`record_exp`); this adds dropping one now."""

    async def save(self, tracker: DialogueStateTracker, timeout: float | None = None) -> None:
        """Put this tracker in the place of the one before; Rasa would add to it what we dropped on purpose."""
        lifetime = int(timeout or self.record_exp)
        self.red.set(self.key_prefix + tracker.sender_id, self.serialise_tracker(tracker), ex=lifetime)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """As in memory, all of it is the latest session."""
        return await self.retrieve_full_tracker(sender_id)

    def forget(self, sender_id: str) -> None:
        """Drop one conversation now; nothing happens when there is none."""
        self.red.delete(self.key_prefix + sender_id)

    def forget_expired(self) -> int:
        """Redis expires keys itself."""
        return 0


def redis_endpoints(url: str) -> tuple[EndpointConfig, EndpointConfig]:
    """Tracker store and lock store for `redis://[user:password@]host[:port][/db]` (or `rediss://`)."""
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
        raise ValueError("LIANFANG_REDIS_URL must look like redis://host:6379/0")
    options = {
        "port": parts.port or 6379,
        "db": int(parts.path.strip("/") or 0),
        "username": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "use_ssl": parts.scheme == "rediss",
        "key_prefix": KEY_PREFIX,
    }
    store = f"{ForgetfulRedisStore.__module__}.{ForgetfulRedisStore.__name__}"
    return (
        EndpointConfig(parts.hostname, type=store, record_exp=int(DAY.total_seconds()), **options),
        EndpointConfig(parts.hostname, type="redis", **options),
    )
