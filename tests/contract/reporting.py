"""The reports' API over HTTP through its typed client, beside a bureau of officers on the same database."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient

from services.reports.attachments import AttachmentStore
from services.reports.client import ReportsClient
from tests.unit.reports.bureau import Bureau

KEY = "key for tests"


@dataclass
class Office:
    """`reports`: as actions call it; `raw`: without it."""

    bureau: Bureau
    reports: ReportsClient
    raw: TestClient[Any, Any]
    attachments: AttachmentStore
    folder: Path

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("attachments/*"))

    async def call(
        self, method: str, path: str, person: str | None, body: Any = None, **headers: str
    ) -> dict[str, Any]:
        sent = {"Authorization": f"Bearer {KEY}", **headers} | ({"X-Person": person} if person else {})
        named = {"data": io.BytesIO(body)} if isinstance(body, bytes) else {"json": body}
        async with self.raw.request(method, path, headers=sent, **named) as answer:
            return {**(await answer.json()), "status_code": answer.status}
