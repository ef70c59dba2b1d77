"""Well-known sites and shared hosts: tidy, and none of them taken for an imitation."""

from services.registry.hosts import read_address
from services.registry.seed import SEED, read_organisations, read_shared_hosts
from tests.unit.registry.shipped import directory

KINDS = {"shortener", "messenger", "store", "platform", "hosting"}


def well_known() -> list[str]:
    return (SEED / "well_known.txt").read_text(encoding="utf-8").split()


def test_well_known_sites_are_many_sorted_and_registrable() -> None:
    names = well_known()
    assert len(names) >= 1500
    assert names == sorted(set(names))
    for name in names:
        address = read_address(name)
        assert address is not None, name
        assert address.registrable == name, name


def test_no_well_known_site_imitates_an_organisation() -> None:
    found = directory()
    flagged = []
    for name in well_known():
        address = read_address(name)
        assert address is not None, name
        if found.owners(address) or found.shared(address):
            continue
        imitation = found.lookalikes.imitated(address)
        if imitation is not None:
            flagged.append((name, imitation.official))
    assert flagged == []


def test_shared_hosts_are_hosts_of_a_known_kind() -> None:
    for host, kind in read_shared_hosts().items():
        assert kind in KINDS, host
        assert read_address(host) is not None, host


def test_every_organisation_has_one_domain_row_for_a_name() -> None:
    for organisation in read_organisations():
        names = [domain.domain for domain in organisation.domains]
        assert len(names) == len(set(names)), organisation.id
