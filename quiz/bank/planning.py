"""What an import would save, and why not more. Pure: the report of a file against what the bank has."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from question_bank.memory import Memory
from question_bank.problems import problem
from question_bank.source import Progress, silent
from question_bank.values import Problem, Report, Severity
from quiz.bank.comparing import NewQuestion, Stock, StoredQuestion, bank_name, marked, near_duplicates
from quiz.bank.decisions import Pair, Verdict
from quiz.bank.judging import BANK_PREFIX, Alike, conflict, judge, settle_conflicts

MAX_TOPIC = 300
MAX_LEVEL = 40


@dataclass(frozen=True, slots=True)
class Known:
    """A question of the file that the bank has already, with the same key."""

    number: str
    bank_number: int
    is_retired: bool


@dataclass(frozen=True, slots=True)
class Near:
    """A question of the file that is much like one of the bank."""

    number: str
    bank_number: int
    likeness: float
    same_key: bool

    def as_json(self) -> dict[str, Any]:
        """The form of the report."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A question of the file that becomes the newest wording of one in the bank."""

    new: NewQuestion
    question_id: int
    bank_number: int


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The report with the bank's own objections among its problems, and what follows for each question.

    `pairs` are near-duplicates by name: numbers of the file, and `bank_name` of those in the bank.
    `undecided` wait because they are much like another question and nobody has said what to do.
    """

    report: Report
    new: tuple[NewQuestion, ...]
    known: tuple[Known, ...]
    held_back: frozenset[str]
    near: tuple[Near, ...]
    pairs: tuple[tuple[str, str], ...]
    replacements: tuple[Replacement, ...] = ()
    undecided: frozenset[str] = frozenset()
    alike: tuple[Alike, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether everything in the file can be saved or is there already."""
        return not self.report.has_errors and not self.report.refused and not self.undecided

    @property
    def count(self) -> int:
        """How many questions an import would save."""
        return len(self.new) + len(self.replacements)

    def as_json(self) -> dict[str, Any]:
        """The part of the report that speaks of the bank."""
        return {
            "new": [one.question.number for one in self.new],
            "known": [{"number": one.number, "bank_number": one.bank_number} for one in self.known],
            "near": [one.as_json() for one in self.near],
        }


def plan_import(
    report: Report,
    bank: Stock,
    progress: Progress = silent,
    verdicts: Mapping[Pair, Verdict] | None = None,
    memory: Memory | None = None,
) -> ImportPlan:
    """Compare a report with the bank. Questions with errors and both sides of contradictions wait.

    With `verdicts`, near-duplicates wait as well until there is one about them; without, they are taken and
    no paper ever has both. With the `memory` of an earlier plan only what has changed is compared.
    """
    memory = memory or Memory()
    found = marked(report.questions, memory)
    conflicts = _conflicts(report, found, bank)
    decided = settle_conflicts(report, conflicts, verdicts or {})
    objections = _objections(found, bank, decided.pairs)
    report = replace(
        report,
        questions=tuple(one.question for one in found),
        problems=(*decided.problems, *(problem for one in found for problem in one.problems), *objections),
        duplicates=tuple(pair for pair in report.duplicates if (pair.b, pair.a) not in decided.pairs),
    )
    held_back = _held_back(report)
    candidates, known = _apart(found, bank.by_fingerprint, held_back | decided.dropped)
    likenesses = near_duplicates([one.question for one in candidates], bank, progress, memory)
    return _decided_plan(
        ImportPlan(
            report,
            tuple(candidates),
            known,
            held_back,
            near=tuple(
                Near(pair.b, int(pair.a.removeprefix(BANK_PREFIX)), pair.likeness, pair.same_key)
                for pair in likenesses
                if pair.a.startswith(BANK_PREFIX)
            ),
            pairs=tuple((pair.a, pair.b) for pair in likenesses),
        ),
        (*conflicts, *(Alike(p.b, p.a, p.likeness, p.same_key) for p in likenesses)),
        bank,
        verdicts,
    )


def _apart(
    found: Sequence[NewQuestion], there: Mapping[str, StoredQuestion], waiting: frozenset[str]
) -> tuple[list[NewQuestion], tuple[Known, ...]]:
    """What may be saved, each question once, and what the bank has already."""
    fresh: dict[str, NewQuestion] = {}
    for one in found:
        if one.fingerprint not in there and one.question.number not in waiting:
            fresh.setdefault(one.fingerprint, one)
    known = [(one.question.number, there[one.fingerprint]) for one in found if one.fingerprint in there]
    return list(fresh.values()), tuple(Known(number, old.number, old.is_retired) for number, old in known)


def _decided_plan(
    plan: ImportPlan,
    alike: Sequence[Alike],
    bank: Stock,
    verdicts: Mapping[Pair, Verdict] | None,
) -> ImportPlan:
    """The plan after what was decided about pairs; None: nothing was asked, near-duplicates are taken."""
    if verdicts is None:
        return replace(plan, alike=tuple(alike))
    fate = judge(alike, verdicts)
    replacements = tuple(
        Replacement(one, bank.by_name[target].id, bank.by_name[target].number)
        for one in plan.new
        if (target := fate.replaces.get(one.question.number)) is not None
    )
    gone = fate.dropped | fate.undecided | frozenset(fate.replaces)
    renamed = [(fate.replaces.get(a, a), fate.replaces.get(b, b)) for a, b in plan.pairs]
    waiting = fate.dropped | fate.undecided
    return replace(
        plan,
        new=tuple(one for one in plan.new if one.question.number not in gone),
        replacements=replacements,
        undecided=fate.undecided,
        pairs=tuple((a, b) for a, b in renamed if a != b and a not in waiting and b not in waiting),
        alike=fate.alike,
    )


def _conflicts(
    report: Report,
    found: Sequence[NewQuestion],
    bank: Stock,
) -> tuple[Alike, ...]:
    """The same question with two keys: in the file, or in the file and in the bank."""
    inside = [
        conflict(pair.b, pair.a) for pair in report.duplicates if pair.likeness == 1 and not pair.same_key
    ]
    outside = [
        conflict(one.question.number, bank_name(bank.by_wording[one.wording_key].number))
        for one in found
        if one.wording_key in bank.by_wording and one.fingerprint not in bank.by_fingerprint
    ]
    return (*inside, *outside)


def _objections(found: Sequence[NewQuestion], bank: Stock, settled: Container[Pair]) -> Iterator[Problem]:
    for one in found:
        question, other = one.question, bank.by_wording.get(one.wording_key)
        is_settled = other is not None and (question.number, bank_name(other.number)) in settled
        if other is not None and one.fingerprint not in bank.by_fingerprint and not is_settled:
            yield problem("conflicts-with-bank", question.place, question.number, other=other.number)
        for code, words, most in (
            ("topic-too-long", question.topic, MAX_TOPIC),
            ("level-too-long", question.level, MAX_LEVEL),
        ):
            if words is not None and len(words) > most:
                yield problem(code, question.place, question.number, length=len(words), most=most)


def _held_back(report: Report) -> frozenset[str]:
    """Numbers of questions that must not be saved even when the others are."""
    wrong = {
        problem.number
        for problem in report.problems
        if problem.severity is Severity.ERROR and problem.number is not None
    }
    # Which of two contradicting keys is right nobody knows yet. Of two equal questions the first may stay:
    # the second has the error.
    for pair in report.duplicates:
        if not pair.same_key and pair.b in wrong:
            wrong.add(pair.a)
    return frozenset(wrong)
