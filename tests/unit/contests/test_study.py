"""When documents may be read."""

import pytest

from quiz.contests.definition import Study
from quiz.contests.phases import Phase
from quiz.contests.study import may_study


@pytest.mark.parametrize(
    "phases, hidden",
    [
        ([], False),
        ([Phase.SCHEDULED, Phase.PUBLISHED], False),
        ([Phase.PUBLISHED, Phase.OPEN], True),
        ([Phase.PAUSED], True),
        ([Phase.CLOSED, Phase.FROZEN, Phase.DRAFT], False),
    ],
)
def test_hidden_only_while_a_round_runs(phases: list[Phase], hidden: bool) -> None:
    assert may_study(Study.ALWAYS, phases)
    assert may_study(Study.NOT_DURING_ROUNDS, phases) is not hidden
