"""Deciding is monotone: more bad evidence never lowers the verdict or the score."""

from hypothesis import given
from hypothesis import strategies as st

from services.registry.decide import VERDICT_ORDER, decide
from services.registry.evidence import Evidence, Severity

SIGNS = st.builds(Evidence, st.sampled_from("abcdefgh"), st.sampled_from(list(Severity)))
BAD = st.builds(
    Evidence, st.sampled_from("stuvw"), st.sampled_from([Severity.WEAK, Severity.STRONG, Severity.PROOF])
)


@given(st.lists(SIGNS, max_size=8), BAD)
def test_more_bad_evidence_never_lowers(signs: list[Evidence], worse: Evidence) -> None:
    before, after = decide(signs), decide([*signs, worse])
    assert VERDICT_ORDER.index(after.verdict) >= VERDICT_ORDER.index(before.verdict)
    assert after.score >= before.score


@given(st.lists(SIGNS, max_size=8), BAD)
def test_official_never_stands_beside_a_bad_sign(signs: list[Evidence], worse: Evidence) -> None:
    assert decide([*signs, worse]).verdict != "official"


@given(st.lists(SIGNS, max_size=8))
def test_order_of_evidence_does_not_matter(signs: list[Evidence]) -> None:
    one, other = decide(signs), decide(signs[::-1])
    assert (one.verdict, one.score) == (other.verdict, other.score)


def test_what_the_weights_mean() -> None:
    weak, weak2 = Evidence("a", Severity.WEAK), Evidence("b", Severity.WEAK)
    assert decide([]).verdict == "unknown"
    assert decide([Evidence("n", Severity.NOTE)]).verdict == "unknown"
    assert decide([weak, weak]).verdict == "unknown"
    assert decide([weak, weak2]).verdict == "suspicious"
    assert decide([Evidence("c", Severity.STRONG)]).verdict == "suspicious"
    assert decide([Evidence("p", Severity.PROOF), Evidence("m", Severity.MATCHES)]).verdict == "fraud"
    assert decide([Evidence("m", Severity.MATCHES)]).verdict == "official"
