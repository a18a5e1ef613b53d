"""Proof that who holds the phone is the person: something stated at entry, before data are shown in full."""

import re
from datetime import datetime

from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.core.phones import PhoneProblem, normalise_phone
from quiz.core.secrets import Keyring
from quiz.entries import queries
from quiz.entries.models import Entry, FailedReturn
from quiz.entries.service import RETURN_TRIES_PER_PHONE, RETURN_WINDOW, phone_of
from quiz.privacy.errors import ProofRefused

_NUMBERS = re.compile(r"[0-9]+")


def prove(contest: Contest, entry: Entry, typed: str, *, now: datetime, keyring: Keyring) -> None:
    """Compare what was typed with the birth date, or the phone where no date was asked for.

    A few wrong tries an hour. Raises ProofRefused.
    """
    bucket = keyring.blind_index("own-data", f"{contest.id}:{entry.id}")
    if queries.count_failed_returns(contest.id, bucket, now - RETURN_WINDOW) >= RETURN_TRIES_PER_PHONE:
        raise ProofRefused("too_many_returns")
    if _fits(entry, typed, keyring):
        return
    with transaction() as session:
        session.add(FailedReturn(contest_id=contest.id, id=new_id(), bucket=bucket, at=now))
    raise ProofRefused("wrong_proof")


def _fits(entry: Entry, typed: str, keyring: Keyring) -> bool:
    if entry.birth_date is not None:
        numbers, born = [int(text) for text in _NUMBERS.findall(typed)[:4]], entry.birth_date
        only_year = (born.month, born.day) == (1, 1) and numbers == [born.year]
        return only_year or numbers == [born.day, born.month, born.year]
    phone = phone_of(entry, keyring)
    try:
        return phone is None or normalise_phone(typed) == phone
    except PhoneProblem:
        return False
