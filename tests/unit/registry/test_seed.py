"""The shipped registry: enough, tidy, and every claim with its evidence."""

from services.registry.hosts import read_address
from services.registry.seed import read_organisations, read_special_numbers


def test_it_is_large_and_every_id_is_used_once() -> None:
    organisations = read_organisations()
    assert len(organisations) >= 200
    assert len({organisation.id for organisation in organisations}) == len(organisations)


def test_every_domain_is_a_host_with_evidence_and_general_knowledge_confirms_nothing() -> None:
    for organisation in read_organisations():
        for domain in organisation.domains:
            assert read_address(domain.domain) is not None, domain
            assert domain.source
            assert not (domain.confirmed and "general knowledge" in domain.source), domain
        for contact in organisation.contacts:
            assert contact.source
            assert not (contact.confirmed and "general knowledge" in contact.source), contact


def test_a_complete_list_names_its_evidence_and_has_a_confirmed_domain() -> None:
    complete = [organisation for organisation in read_organisations() if organisation.domains_complete]
    assert {"taiwan-water-corporation", "taiwan-power-company", "fetc-etc-toll"} <= {o.id for o in complete}
    for organisation in complete:
        assert organisation.complete_evidence
        assert organisation.official_domain()


def test_the_numbers_people_need_in_distress_are_there() -> None:
    numbers = {facts.number for facts, *_ in read_special_numbers()}
    assert {"165", "110", "111", "1925", "1995"} <= numbers
