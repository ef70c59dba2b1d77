"""Who may do what, as a list that a person has read; and that nothing else is allowed to anybody."""

from pathlib import Path

import pytest

from services.app import LANES
from services.console.app import MODULES
from services.console.desks import DESKS
from services.console.permissions import OPERATIONS, allowed
from services.console.routing import OPEN, OPERATION
from services.people.roles import CHAT_ROLES, CONSOLE_ROLES
from services.reports.steps import STEPS
from tests.conftest import ROOT

READ = {
    line.split()[0]: frozenset(line.split()[1:])
    for line in Path(__file__).with_name("permissions.txt").read_text(encoding="utf-8").splitlines()
}


def test_every_operation_is_on_the_list_that_was_read() -> None:
    assert dict(OPERATIONS) == READ


@pytest.mark.parametrize("operation", sorted(READ))
@pytest.mark.parametrize("role", sorted(CONSOLE_ROLES | CHAT_ROLES | {"nobody"}))
def test_each_role_may_do_what_the_list_says_and_no_more(role: str, operation: str) -> None:
    assert allowed(operation, {role}) is (role in READ[operation])


@pytest.mark.parametrize("operation", ["", "open", "site", "site.", "home.see", "site.reported.approve", "*"])
def test_what_the_table_does_not_name_nobody_may_do(operation: str) -> None:
    assert not allowed(operation, CONSOLE_ROLES | CHAT_ROLES)


def test_roles_of_the_chat_may_do_nothing_here() -> None:
    assert not any(roles & (CHAT_ROLES - CONSOLE_ROLES) for roles in OPERATIONS.values())


def test_every_page_names_an_operation_of_the_table() -> None:
    names = {getattr(route.handler, OPERATION) for module in MODULES for route in module.pages.routes}
    for name in names - {OPEN}:
        spread = [name.replace("{lane}", lane) for lane in DESKS] if "{lane}" in name else [name]
        assert set(spread) <= set(OPERATIONS), name


def test_every_page_asks_for_the_operation_on_the_list() -> None:
    lines = Path(__file__).with_name("routes.txt").read_text(encoding="utf-8").splitlines()
    assert [
        f"{route.method} /console{route.path} {getattr(route.handler, OPERATION)}"
        for module in MODULES
        for route in module.pages.routes
    ] == lines


def test_the_manual_names_every_page() -> None:
    manual = (ROOT / "docs" / "console.md").read_text(encoding="utf-8")
    pages = {route.path for module in MODULES for route in module.pages.routes if route.method == "GET"}
    assert sorted(path for path in pages - {""} if f"`{path}`" not in manual) == []


def test_only_these_pages_are_open_to_strangers() -> None:
    pages = {
        (route.method, route.path)
        for module in MODULES
        for route in module.pages.routes
        if getattr(route.handler, OPERATION) == OPEN
    }
    assert pages == {
        ("GET", ""),
        ("GET", "/log-in"),
        ("POST", "/log-in"),
        ("GET", "/join"),
        ("POST", "/join"),
        ("POST", "/join/account"),
        ("POST", "/language"),
        ("GET", "/static/{file}"),
    }


def test_every_lane_has_a_desk_whose_steps_its_table_knows() -> None:
    assert set(DESKS) == set(LANES)
    for lane, desk in DESKS.items():
        for place, step in desk.steps.items():
            assert LANES[lane].table[place] == step.to, (lane, place)


def test_whoever_may_take_a_step_sees_the_case() -> None:
    for lane, desk in DESKS.items():
        for step in desk.steps.values():
            assert step.roles <= OPERATIONS[f"{lane}.see"]


def test_nothing_is_blocked_or_listed_by_a_step_that_one_person_can_take_alone() -> None:
    for steps in STEPS.values():
        assert all(step.apart is not None for step in steps.values() if step.purpose is not None)
