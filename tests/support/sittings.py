"""Closed attempts by the line: who picked what, on a paper that is the same for everybody, not shuffled."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from quiz.attempts import service
from quiz.attempts.models import Attempt
from quiz.attempts.sheets import Sheet
from quiz.contests.definition import PaperRule
from quiz.contests.models import Contest
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition

# Question n of the tests' bank has choice n mod 4 right: with these four the right one is, from 1, in order
RIGHT = (2, 3, 4, 1)


def fixed_contest(slug: str = "cuoc-thi", *, with_bank: bool = True, **changes: Any) -> Contest:
    """A contest whose only round asks questions 1 to 4 in this order, choices in theirs."""
    if with_bank:
        make_bank()
    paper = PaperRule(bank="bank", shuffle=(), fixed=("1", "2", "3", "4"))
    return make_contest(slug, round_definition(paper=paper, prediction=None, **changes))


def sit(contest: Contest, entry_id: int, picks: Sequence[int | None], *, now: datetime = NOW) -> Attempt:
    """One closed attempt: the choice from 1 at each question, None for an empty one."""
    attempt = service.start(contest, entry_id, 1, now=now, keyring=KEYRING)
    answers = {place: (pick,) for place, pick in enumerate(picks, start=1) if pick is not None}
    sheet = Sheet(1, answers, (), None)
    return service.submit(
        attempt.code, sheet, entry_id=entry_id, now=now + timedelta(minutes=3), keyring=KEYRING
    )


def play(
    contest: Contest, lines: Iterable[Sequence[int | None]], *, first: int = 1, now: datetime = NOW
) -> None:
    """One person per line."""
    for number, picks in enumerate(lines, start=first):
        sit(contest, make_entry(contest, number).id, picks, now=now)
