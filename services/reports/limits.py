"""How much may be listed in a day before an admin has looked again: rules without IO."""

from dataclasses import dataclass

MOST_A_DAY = 50
MOST_GROWTH_PERCENT = 10
ALWAYS = 20  # a young list grows by more than a tenth with its first entries


@dataclass(frozen=True)
class Room:
    """`listed_today` and `standing` (before today) as counted, `released`: what admins added to today's limit."""

    listed_today: int
    standing: int
    released: int = 0

    @property
    def most(self) -> int:
        """How many may be listed today."""
        growth = max(ALWAYS, self.standing * MOST_GROWTH_PERCENT // 100)
        return min(MOST_A_DAY, growth) + self.released

    def has(self, more: int) -> bool:
        return self.listed_today + more <= self.most
