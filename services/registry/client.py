"""The registry service for other processes: typed calls, no models."""

from typing import Any

from lianfang.client import InternalClient

BUDGET_SECONDS = 1.5


class RegistryClient:
    """Answers are the JSON of design section 7. Raises ServiceUnavailable, ServiceRefused."""

    def __init__(self, http: InternalClient) -> None:
        self._http = http

    async def check(
        self,
        text: str,
        *,
        via: str,
        sender: str | None = None,
        receiver_last3: str | None = None,
        app: str | None = None,
        lang: str | None = None,
        person: str | None = None,
        event: str | None = None,
    ) -> dict[str, Any]:
        """Judge a message and remember it as the person's last check."""
        body = {
            "text": text,
            "sender": sender,
            "receiver_last3": receiver_last3,
            "app": app,
            "via": via,
            "lang": lang,
        }
        answer: dict[str, Any] = await self._http.post(
            "/v1/checks", body, budget=BUDGET_SECONDS, person=person, trace=event
        )
        return answer

    async def again(
        self,
        check: str,
        *,
        sender: str | None = None,
        receiver_last3: str | None = None,
        app: str | None = None,
        person: str,
        event: str | None = None,
    ) -> dict[str, Any]:
        """Judge the person's own check (or "last") again with what they told now.

        ServiceRefused: check_not_found (404) or check_text_gone (410).
        """
        body = {"sender": sender, "receiver_last3": receiver_last3, "app": app}
        answer: dict[str, Any] = await self._http.post(
            f"/v1/checks/{check}/again", body, budget=BUDGET_SECONDS, person=person, trace=event
        )
        return answer

    async def organisations(self, query: str) -> list[dict[str, Any]]:
        """Organisations whose name contains `query`."""
        answer = await self._http.get("/v1/organisations", budget=BUDGET_SECONDS, params={"q": query})
        found: list[dict[str, Any]] = answer["organisations"]
        return found

    async def forget(self, event: str) -> None:
        """The message of this event was taken back: delete what was made of it."""
        await self._http.post("/v1/checks/forget", {"event": event}, budget=BUDGET_SECONDS, trace=event)
