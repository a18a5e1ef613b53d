"""Why facts about units are not taken."""

from quiz.core.errors import DomainError


class FactsRefused(DomainError):
    """Codes: units_not_taken_over, headcount_decided, headcount_in_future."""
