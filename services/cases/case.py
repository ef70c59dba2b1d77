"""A case as the public functions hand it out: other services name the type, and never query its table."""

from services.cases.models import Case

__all__ = ["Case"]
