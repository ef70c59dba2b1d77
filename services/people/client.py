"""The people service for other processes: typed calls, no models."""

from dataclasses import dataclass

from lianfang.client import InternalClient, ServiceRefused

BUDGET_SECONDS = 3.0


@dataclass(frozen=True)
class Person:
    """A recognised person; `show_privacy` is true for the event that must carry the privacy line."""

    id: str
    language: str
    show_privacy: bool


@dataclass(frozen=True)
class Reachable:
    """Where and in which language a person is reached."""

    channel: str
    address: str
    language: str


@dataclass(frozen=True)
class Joined:
    """What a person may act as from now on."""

    role: str
    organisation: str
    name_zh: str  # of the organisation; its id where nobody registered a name
    name_en: str


class PeopleClient:
    """Raises lianfang.client.ServiceUnavailable when the service does not answer."""

    def __init__(self, http: InternalClient) -> None:
        self._http = http

    async def recognise(
        self,
        *,
        channel: str,
        address: str,
        event: str,
        language_heard: str | None,
        app_language: str | None,
    ) -> Person:
        """Who writes from this address; remembers the first language heard."""
        body = {
            "channel": channel,
            "address": address,
            "event": event,
            "language_heard": language_heard,
            "app_language": app_language,
        }
        answer = await self._http.post("/v1/people/recognise", body, budget=BUDGET_SECONDS, trace=event)
        return Person(answer["person"], answer["language"], answer["show_privacy"])

    async def set_language(self, person: str, language: str, *, event: str) -> None:
        """An explicit choice of zh-TW or en. Raises ServiceRefused for an unknown person."""
        await self._http.post(
            "/v1/people/me/language",
            {"language": language},
            budget=BUDGET_SECONDS,
            person=person,
            trace=event,
        )

    async def join(self, person: str, code: str, *, event: str) -> Joined:
        """Use up an invitation JOIN-…. Raises ServiceRefused: invitation_not_found, too_many_tries."""
        answer = await self._http.post(
            "/v1/people/me/join",
            {"code": code},
            budget=BUDGET_SECONDS,
            person=person,
            trace=event,
            idempotency_key=f"{event}:join",
        )
        return Joined(answer["role"], answer["organisation"], answer["name_zh"], answer["name_en"])

    async def erase(self, person: str, *, event: str) -> None:
        """Delete everything about the person; the inbox row of `event` stays until it is answered."""
        await self._http.post(
            "/v1/people/me/erase",
            {},
            budget=BUDGET_SECONDS,
            person=person,
            trace=event,
            idempotency_key=f"{event}:erase",
        )

    async def reach(self, person: str, channel: str | None) -> Reachable | None:
        """Where to send to, None when the person is unknown or erased."""
        try:
            answer = await self._http.post(
                "/v1/people/reach", {"person": person, "channel": channel}, budget=BUDGET_SECONDS
            )
        except ServiceRefused:
            return None
        return Reachable(answer["channel"], answer["address"], answer["language"])
