"""The page on which a contest is put together: its parts, what each lacks, its rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.organiser.checklist import BUILD_STEPS, BuildStep, contest_checks, round_checks, unmet
from quiz.organiser.dashboard import actions_of, round_lines, step_link
from quiz.organiser.pages import Check, RoundLine, StepLink

BEFORE = (Phase.DRAFT, Phase.SCHEDULED)


@dataclass(frozen=True, slots=True)
class RoundBuild:
    """A round that has not begun, with its lines of the checklist and the steps it can take."""

    line: RoundLine
    checks: tuple[Check, ...]
    missing: int
    steps: tuple[StepLink, ...]

    @property
    def covered(self) -> tuple[Check, ...]:
        """Lines of the matrix for which the bank has enough."""
        return tuple(check for check in self.checks if check.is_met and check.step == BuildStep.PAPER)

    @property
    def shown(self) -> tuple[Check, ...]:
        """The other lines."""
        return tuple(check for check in self.checks if check not in self.covered)


@dataclass(frozen=True, slots=True)
class BuildPart:
    """One part of the contest. `state` is "met", "advice" or "missing", by the worst of its lines."""

    label: str
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class BuildPage:
    """Putting a contest together. `missing`: what stands in the way of opening the next round, each once."""

    slug: str
    title: str
    parts: tuple[BuildPart, ...]
    checks: tuple[Check, ...]
    rounds: tuple[RoundLine, ...]
    coming: tuple[RoundBuild, ...]
    missing: tuple[Check, ...]


def build_page(contest: Contest, now: datetime) -> BuildPage:
    """Everything about the contest that can still be missing."""
    rounds = contests.list_rounds(contest)
    lines = {line.facts.number: line for line in round_lines(contest, rounds, None, now)}
    general = tuple(contest_checks(contest))
    coming = tuple(
        _round_build(contest, round_, lines[round_.number], now)
        for round_ in rounds
        if round_.window.phase(now) in BEFORE
    )
    every = [*general, *(check for one in coming for check in one.checks)]
    return BuildPage(
        slug=contest.slug,
        title=contest.settings.display_title,
        parts=tuple(_part(step, every) for step in BuildStep if any(check.step == step for check in every)),
        checks=general,
        rounds=tuple(lines.values()),
        coming=coming,
        missing=tuple(dict.fromkeys(unmet(every))) if coming else (),
    )


def _round_build(contest: Contest, round_: Round, line: RoundLine, now: datetime) -> RoundBuild:
    checks = tuple(round_checks(contest, round_, now))
    steps = tuple(step_link(contest, round_, action) for action in actions_of(round_, now))
    return RoundBuild(line, checks, len(unmet(checks)), steps)


def _part(step: BuildStep, checks: Sequence[Check]) -> BuildPart:
    """A part, and where it is mended: at its first line that is not met."""
    own = [check for check in checks if check.step == step]
    blocking = unmet(own)
    advice = [check for check in own if not check.is_met and check.is_advice]
    state = "missing" if blocking else "advice" if advice else "met"
    return BuildPart(str(BUILD_STEPS[step]), (blocking or advice or own)[0].url, state)
