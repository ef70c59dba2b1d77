"""The two-person rule: a pure function of what was done with a case before, by whom and for which organisation."""

from collections.abc import Collection, Mapping, Sequence

from services.reports.history import Deed
from services.reports.steps import Apart

Roles = Collection[tuple[str, str]]  # (role, organisation)


class NotApart(Exception):
    """`code`: role_missing, same_person or same_organisation."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def offices_for(
    roles: Collection[str],
    apart: Apart | None,
    earlier: Sequence[Deed],
    *,
    person: str,
    bound: Mapping[str, Roles],
) -> list[tuple[str, str]]:
    """Every (role, organisation) in which `person` may take the next step, at least one. Raises NotApart.

    `roles`: those that may; `earlier`: the moves that stand; `bound`: what each of these persons is bound to now, so
    that nobody is of another organisation by having been somebody else's on the day before.
    """
    own = sorted((role, organisation) for role, organisation in bound.get(person, ()) if role in roles)
    if not own:
        raise NotApart("role_missing")
    before = [deed for deed in earlier if deed.in_office]
    if apart is not None and any(deed.person == person for deed in before):
        raise NotApart("same_person")
    if apart == "organisation":
        taken = {deed.organisation for deed in before}
        taken |= {organisation for deed in before for _, organisation in bound.get(deed.person or "", ())}
        own = [(role, organisation) for role, organisation in own if organisation not in taken]
        if not own:
            raise NotApart("same_organisation")
    return own
