"""The partner API answers as its description says, whatever is sent."""

import asyncio
from typing import Any

import pytest
import schemathesis
import yaml
from aiohttp.web import RouteDef
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from services.locks import public
from services.locks.chains import chains
from tests.contract.locking import Counter

DESCRIBED: dict[str, Any] = yaml.safe_load(public.OPENAPI.read_text(encoding="utf-8"))
PROOFS_WITHOUT_A_KEY = {
    ("GET", "/v1/openapi.yaml"),
    ("GET", "/verify/{proof}"),
    ("GET", "/verify/{proof}.{image:svg|png}"),
}
OPERATIONS = [(path, method) for path, methods in DESCRIBED["paths"].items() for method in methods]
SCHEMA = schemathesis.openapi.from_dict(DESCRIBED)
CHECKED = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
    )
]


def test_every_route_is_described_and_every_description_is_a_route() -> None:
    routes = {(route.method, route.path) for route in public.routes if isinstance(route, RouteDef)}

    assert {(method.upper(), path) for path, method in OPERATIONS} == routes - PROOFS_WITHOUT_A_KEY


def test_the_chains_are_named() -> None:
    named = DESCRIBED["components"]["schemas"]["Chain"]["description"].replace(" ", "").split(",")

    assert named == list(chains())


async def test_the_description_is_served(counter: Counter) -> None:
    async with counter.public.get("/v1/openapi.yaml") as answer:
        assert answer.status == 200
        assert yaml.safe_load(await answer.text()) == DESCRIBED


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
async def test_whatever_is_sent(counter: Counter, path: str, method: str) -> None:
    await counter.sell(invoice_number="AB12345678")
    await counter.lock()
    base, key = str(counter.public.make_url("")).rstrip("/"), counter.keys["mycard"]
    operation = SCHEMA[path][method.upper()]

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)))
    def attack(case: Any) -> None:
        case.call_and_validate(base_url=base, headers={"Authorization": f"Bearer {key}"}, checks=CHECKED)

    await asyncio.to_thread(attack)
