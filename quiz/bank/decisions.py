"""What a person decided about a file before it is imported. Pure.

Decisions name questions by their numbers in the file; a pair is (number, other), where `other` is another
number of the file or `planning.bank_name` of a question of the bank.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from question_bank.memory import Memory
from question_bank.reading import compare, read
from question_bank.values import Question, Report
from question_bank.writers import json as lossless

_NOTHING: Mapping[Any, Any] = MappingProxyType({})
Pair = tuple[str, str]


class Verdict(StrEnum):
    """What becomes of two questions that are much alike."""

    SKIP = "skip"  # leave out the one of the file (of two in the file: the later one)
    OTHER = "other"  # of two in the file: leave out the earlier one
    BOTH = "both"  # keep both; one paper never takes both
    REPLACE = "replace"  # the one of the file becomes the newest wording of the one in the bank


@dataclass(frozen=True, slots=True)
class Decisions:
    """`mended` are questions as a person wants them, `accepted` numbers whose warnings were looked at."""

    mended: Mapping[str, Question] = field(default_factory=lambda: _NOTHING)
    left_out: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    pairs: Mapping[Pair, Verdict] = field(default_factory=lambda: _NOTHING)

    def mend(self, question: Question) -> "Decisions":
        """Take this wording."""
        mended = {**self.mended, question.number: question}
        return replace(self, mended=mended, left_out=self.left_out - {question.number})

    def leave_out(self, number: str) -> "Decisions":
        """Do not take this question."""
        return replace(self, left_out=self.left_out | {number})

    def accept(self, number: str) -> "Decisions":
        """Take the question as it stands in spite of a warning."""
        return replace(self, accepted=self.accepted | {number})

    def judge(self, pairs: Mapping[Pair, Verdict]) -> "Decisions":
        """Decide about pairs."""
        return replace(self, pairs={**self.pairs, **pairs})

    def forget(self, number: str) -> "Decisions":
        """Take back everything decided about a question itself."""
        return replace(
            self,
            mended={name: one for name, one in self.mended.items() if name != number},
            left_out=self.left_out - {number},
            accepted=self.accepted - {number},
        )

    def forget_pair(self, pair: Pair) -> "Decisions":
        """Take back what was decided about a pair."""
        return replace(self, pairs={key: one for key, one in self.pairs.items() if key != pair})

    def as_json(self) -> dict[str, Any]:
        """The form in which decisions wait beside the file."""
        return {
            "mended": json.loads(lossless.write(list(self.mended.values()))) if self.mended else None,
            "places": {number: one.place for number, one in self.mended.items()},
            "left_out": sorted(self.left_out),
            "accepted": sorted(self.accepted),
            "pairs": [[*pair, verdict.value] for pair, verdict in self.pairs.items()],
        }


def loaded(kept: Mapping[str, Any]) -> Decisions:
    """What `as_json` kept; nothing decided where there is nothing."""
    mended: dict[str, Question] = {}
    if kept.get("mended"):
        frame = json.dumps(kept["mended"], ensure_ascii=False).encode()
        found = read(frame, "mended.json").questions
        mended = {one.number: replace(one, place=kept["places"][one.number]) for one in found}
    return Decisions(
        mended=mended,
        left_out=frozenset(kept.get("left_out", ())),
        accepted=frozenset(kept.get("accepted", ())),
        pairs={(number, other): Verdict(verdict) for number, other, verdict in kept.get("pairs", ())},
    )


def apply(report: Report, decisions: Decisions, memory: Memory | None = None) -> Report:
    """The report with mended questions in their places and without those that were left out.

    `memory` is that of comparing the file before.
    """
    changed = {*decisions.mended, *decisions.left_out}
    if not changed:
        return report
    taken = {name: one for name, one in decisions.mended.items() if name not in decisions.left_out}
    read_ones = {one.number for one in report.questions}
    questions = [taken.get(one.number, one) for one in report.questions]
    questions = [one for one in questions if one.number not in decisions.left_out]
    questions += [one for name, one in taken.items() if name not in read_ones]
    if all(one.number.isdecimal() for one in questions):
        questions.sort(key=lambda one: int(one.number))
    return compare(
        replace(
            report,
            questions=tuple(questions),
            problems=tuple(one for one in report.problems if one.number not in changed),
            drafts=tuple(one for one in report.drafts if one.number not in changed),
        ),
        memory=memory,
    )
