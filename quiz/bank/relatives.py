"""The near-duplicates of a wording, found before the transaction that saves it.

Comparing takes seconds in a large bank, and entrants are saving meanwhile. What was found counts only while
the bank is as it was: a change that meets another version of it is weighed anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from question_bank.fingerprints import fingerprint, wording_key
from question_bank.values import Question
from quiz.bank import queries
from quiz.bank.changing import families
from quiz.bank.comparing import StoredQuestion, near_duplicates, stock
from quiz.bank.errors import BankBusy, QuestionConflict
from quiz.bank.models import Bank
from quiz.bank.storing import set_families

P = ParamSpec("P")
R = TypeVar("R")
_TRIES = 5


class BankMoved(Exception):
    """The bank is not what the change was weighed against."""


@dataclass(frozen=True, slots=True)
class Relatives:
    """Families of wordings by their numbers, and of stored questions whose family becomes another one."""

    version: int | None
    kin: Mapping[str, int]
    changed: Mapping[int, int]

    def settle(self, session: Session, bank: Bank) -> None:
        """Put the stored questions into their families; the bank is locked. Raises BankMoved."""
        if bank.version != self.version:
            raise BankMoved
        set_families(session, self.changed)


def weighed(change: Callable[P, R]) -> Callable[P, R]:
    """Make a change again while the bank moves under it. Raises BankBusy when that goes on."""

    @wraps(change)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(_TRIES):
            try:
                return change(*args, **kwargs)
            except (BankMoved, IntegrityError):
                continue
        raise BankBusy("bank_busy")

    return made


def relatives_of(bank_id: int, wording: Question | None, *, own: int | None = None) -> Relatives:
    """What is much like a wording, or like the question `own` as it stands; and like its approved wording.

    The family of the question itself is found under the wording's number. Raises QuestionConflict where
    another question says the same, in its newest wording or in the approved one that is still drawn.
    """
    version, stored = queries.find_version(bank_id), queries.list_stored(bank_id)
    others = [one for one in stored if one.id != own]
    wordings = [one.question for one in stored if one.id == own] if wording is None else [wording]
    if own is not None and (approved := queries.find_approved(own)) is not None:
        wordings += [replace(approved, number=one.number) for one in wordings]
    for one in wordings:
        _refuse_twin(one, others)
    pairs = [(pair.a, pair.b) for pair in near_duplicates(wordings, stock(others)) if pair.a != pair.b]
    return Relatives(version, *families(pairs, others))


def _refuse_twin(wording: Question, others: Sequence[StoredQuestion]) -> None:
    key = wording_key(wording)
    for one in others:
        theirs = [one.wording_key, *([wording_key(one.drawn)] if one.drawn else [])]
        if not one.is_retired and key in theirs:
            is_same = fingerprint(wording) in (one.fingerprint, one.drawn and fingerprint(one.drawn))
            raise QuestionConflict("same_question" if is_same else "same_wording", number=one.number)
