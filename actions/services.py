"""What actions may call: the typed clients of the services, made once for the process."""

from dataclasses import dataclass

from lianfang.client import InternalClient
from lianfang.settings import Settings
from services.cases.client import CasesClient
from services.locks.client import LocksClient
from services.people.client import PeopleClient
from services.registry.client import RegistryClient
from services.reports.client import ReportsClient


@dataclass(frozen=True)
class Services:
    """The clients share one HTTP session, opened at the first call within the serving event loop."""

    http: InternalClient
    people: PeopleClient
    registry: RegistryClient
    cases: CasesClient
    locks: LocksClient
    reports: ReportsClient

    @classmethod
    def connect(cls, settings: Settings) -> "Services":
        return cls.over(InternalClient(settings.services_url, settings.internal_key))

    @classmethod
    def over(cls, http: InternalClient) -> "Services":
        return cls(
            http,
            PeopleClient(http),
            RegistryClient(http),
            CasesClient(http),
            LocksClient(http),
            ReportsClient(http),
        )

    async def close(self) -> None:
        await self.http.close()
