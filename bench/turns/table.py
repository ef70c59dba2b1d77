"""What was measured, as lines to read: one side, both sides as ratios, and the goals."""

from dataclasses import dataclass

from bench.turns.driving import Timed

QUANTILES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


@dataclass(frozen=True)
class Measured:
    """One side with so many people at once; `costs` are processor milliseconds a turn by process."""

    side: str
    people: int
    timed: Timed
    costs: dict[str, float]
    core_mb: float

    @property
    def facts(self) -> dict[str, float]:
        """What is compared."""
        times = {f"{name} ms": self.timed.at(part) for name, part in QUANTILES.items()}
        all_costs = sum(self.costs.values())
        return {
            "turns/s": self.timed.rate,
            **times,
            "core MB": self.core_mb,
            "core's CPU ms": self.costs["rasa"],
            "all CPU ms": all_costs,
        }

    def rows(self) -> str:
        """Numbers of this side alone."""
        facts = "  ".join(f"{name} {value:.1f}" for name, value in self.facts.items())
        parts = "  ".join(f"{name} {cost:.1f}" for name, cost in self.costs.items())
        timed = self.timed
        return (
            f"{self.side:<11} {self.people:>2} at once  {facts}\n"
            f"{'':23}CPU ms a turn: {parts}; {len(timed.turns)} turns, unanswered {timed.silent}, "
            f"buttons that were not there {timed.buttons_missing}"
        )

    def row_against(self, other: "Measured") -> str:
        """The ratios to the other side."""
        ratios = "  ".join(f"{name} {value / other.facts[name]:.2f}" for name, value in self.facts.items())
        return f"{self.side + '/' + other.side:<11} {self.people:>2} at once  {ratios}"


@dataclass(frozen=True)
class Goal:
    """A number that must be reached."""

    what: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def reached(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def row(self) -> str:
        sign = "at least" if self.at_least else "at most"
        verdict = "reached" if self.reached else "MISSED"
        return f"{self.what:<58} {self.value:6.2f}  ({sign} {self.limit:g}: {verdict})"
