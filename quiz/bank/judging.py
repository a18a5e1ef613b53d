"""What follows for questions that are much alike from what a person decided about them. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from question_bank.values import Problem, Report
from quiz.bank.decisions import Pair, Verdict

BANK_PREFIX = "bank:"
_CONFLICT = "conflicting-keys"


@dataclass(frozen=True, slots=True)
class Alike:
    """A pair to decide about; `other` is a number of the file or the name of a question of the bank.

    `is_conflict`: the same question with two keys, of which neither is saved until somebody decides.
    """

    number: str
    other: str
    likeness: float
    same_key: bool
    is_conflict: bool = False
    verdict: Verdict | None = None

    @property
    def pair(self) -> Pair:
        """The name of the pair among decisions."""
        return self.number, self.other

    @property
    def bank_number(self) -> int | None:
        """The number in the bank, None for two questions of the file."""
        return int(self.other.removeprefix(BANK_PREFIX)) if self.other.startswith(BANK_PREFIX) else None

    @property
    def possible(self) -> tuple[Verdict, ...]:
        """What may be decided about the pair."""
        if self.bank_number is not None:
            last = () if self.is_conflict else (Verdict.BOTH,)
            return (Verdict.SKIP, *last, Verdict.REPLACE)
        return (Verdict.SKIP, Verdict.OTHER, *(() if self.is_conflict else (Verdict.BOTH,)))


@dataclass(frozen=True, slots=True)
class Settled:
    """Conflicts after the verdicts: `dropped` questions are not taken, `pairs` are no errors any more."""

    dropped: frozenset[str]
    pairs: frozenset[Pair]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What follows from the verdicts; `replaces` goes from numbers of the file to names in the bank."""

    dropped: frozenset[str]
    undecided: frozenset[str]
    replaces: Mapping[str, str]
    alike: tuple[Alike, ...]


def conflict(number: str, other: str) -> Alike:
    """The same question with two keys."""
    return Alike(number, other, 1.0, same_key=False, is_conflict=True)


def settle_conflicts(report: Report, conflicts: Sequence[Alike], verdicts: Mapping[Pair, Verdict]) -> Settled:
    """Which conflicts are decided; the report's problems without theirs."""
    decided = _with_verdicts(conflicts, verdicts)
    dropped = _dropped(decided)
    pairs = frozenset(
        one.pair for one in decided if one.verdict is not None or dropped & {one.number, one.other}
    )
    others: dict[str, list[str]] = defaultdict(list)
    for number, other in pairs:
        others[number].append(other)
    problems = tuple(one for one in report.problems if not _is_settled(one, others))
    return Settled(dropped, pairs, problems)


def judge(alike: Sequence[Alike], verdicts: Mapping[Pair, Verdict]) -> Fate:
    """What becomes of each question. Conflicts stand first, then the likest pairs."""
    decided = _with_verdicts(alike, verdicts)
    dropped = _dropped(decided)
    replaces: dict[str, str] = {}
    taken: set[str] = set()
    for one in decided:
        is_free = one.number not in dropped and one.number not in replaces
        if one.verdict is Verdict.REPLACE and is_free and one.other not in taken:
            replaces[one.number] = one.other
            taken.add(one.other)
    shown = [one for one in decided if one.verdict is not None or not dropped & {one.number, one.other}]
    undecided = frozenset(
        one.number for one in shown if one.verdict is None and one.number not in replaces
    ) | frozenset(
        one.number
        for one in shown
        if one.verdict is Verdict.REPLACE and one.number not in dropped and one.number not in replaces
    )
    shown.sort(key=lambda one: (not one.is_conflict, one.same_key, -one.likeness))
    return Fate(dropped, undecided, replaces, tuple(shown))


def _with_verdicts(alike: Sequence[Alike], verdicts: Mapping[Pair, Verdict]) -> list[Alike]:
    found = ((one, verdicts.get(one.pair)) for one in alike)
    return [replace(one, verdict=verdict if verdict in one.possible else None) for one, verdict in found]


def _dropped(decided: Sequence[Alike]) -> frozenset[str]:
    skipped = {one.number for one in decided if one.verdict is Verdict.SKIP}
    return frozenset(skipped | {one.other for one in decided if one.verdict is Verdict.OTHER})


def _is_settled(problem: Problem, others: Mapping[str, Sequence[str]]) -> bool:
    """Whether a problem is the conflict of a pair that is decided; the message names the other question."""
    return problem.code == _CONFLICT and any(
        f"câu {other} (" in problem.message for other in others.get(problem.number or "", ())
    )
