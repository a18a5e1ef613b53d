"""A reader that cannot go on says so with `Refused`; `reading.read` turns it into the report."""

from __future__ import annotations

from question_bank.values import Problem


class Refused(Exception):
    """The whole file cannot be read, for a reason that the organiser can understand."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
