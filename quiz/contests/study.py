"""Whether entrants may read the contest's documents at a moment. Pure."""

from collections.abc import Iterable

from quiz.contests.definition_settings import Study
from quiz.contests.phases import Phase

_RUNNING = frozenset({Phase.OPEN, Phase.RESTING, Phase.PAUSED})


def may_study(study: Study, phases: Iterable[Phase]) -> bool:
    """Documents are hidden only where the organiser said so, and only while a round runs."""
    return study is Study.ALWAYS or not any(phase in _RUNNING for phase in phases)
