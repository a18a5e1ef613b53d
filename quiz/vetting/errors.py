"""What vetting refuses."""

from quiz.core.errors import Invalid


class VettingRefused(Invalid):
    """What somebody wanted to decide, or to say against a decision, cannot be taken; the code says why."""
