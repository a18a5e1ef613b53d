"""Everything that is kept about one person in one contest: for the person, in clear. Nothing here writes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from quiz.attempts import queries as attempts
from quiz.attempts.models import Attempt, Result
from quiz.complaints.models import Complaint
from quiz.complaints.queries import list_complaints_of
from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.contests.visibility import Visible, visible
from quiz.core.secrets import Keyring
from quiz.entries.consenting import list_consents
from quiz.entries.models import Consent, Entry
from quiz.entries.service import phone_of
from quiz.privacy import queries
from quiz.privacy.models import DataRequest, Disclosure
from quiz.privacy.retention import Stay, forget_at, result_at
from quiz.vetting.duplicate_queries import list_rulings_of
from quiz.vetting.models import Ruling


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, in clear. `further` holds what else the contest asked for, by its field's name."""

    name: str
    birth_date: date | None
    phone: str | None
    national_id: str | None
    further: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One attempt. `correct` is None while the round does not tell, `annulled` what its person was told."""

    round_name: str
    number: int
    started_at: datetime
    submitted_at: datetime | None
    questions: int
    answers: Mapping[str, Sequence[int]]
    prediction: str | None
    correct: int | None
    duration_ms: int | None
    receipt: str | None
    is_given_back: bool
    annulled: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """What counts in a round that is official."""

    round_name: str
    correct: int
    rank: int | None


@dataclass(frozen=True, slots=True)
class OwnData:
    """All of it."""

    contest: Contest
    entry: Entry
    identity: Identity
    unit: str | None
    sittings: tuple[Sitting, ...]
    places: tuple[Place, ...]
    requests: Sequence[DataRequest]
    disclosures: Sequence[Disclosure]
    consents: Sequence[tuple[Consent, str]]
    rulings: Sequence[Ruling]
    complaints: Sequence[Complaint]
    forget_on: date | None


def own_data(contest: Contest, entry: Entry, *, keyring: Keyring, now: datetime) -> OwnData:
    """What the product keeps about the entrant, as far as the rounds let it be told now."""
    rounds = {round_.number: round_ for round_ in contests.list_rounds(contest)}
    units = {unit.id: unit.name for unit in contests.list_units(contest.id)}
    rows = attempts.list_attempts(contest.id, entry.id)
    results = [attempts.find_result(contest.id, number, entry.id) for number in rounds]
    return OwnData(
        contest=contest,
        entry=entry,
        identity=identity_of(entry, keyring),
        unit=units.get(entry.unit_id) if entry.unit_id is not None else None,
        sittings=tuple(_sitting(row, rounds[row.round_number], now) for row in rows),
        places=tuple(
            _place(result, rounds[result.round_number])
            for result in results
            if result is not None and _told(rounds[result.round_number], now).is_official
        ),
        requests=queries.list_requests_of(contest.id, entry.id),
        disclosures=queries.list_disclosures(contest.id, entry.id),
        consents=list_consents(contest.id, entry.id),
        rulings=list_rulings_of(contest.id, entry.id),
        complaints=list_complaints_of(contest.id, entry.id),
        forget_on=forget_on(contest, list(rounds.values()), now),
    )


def forget_on(contest: Contest, rounds: Sequence[Round], now: datetime) -> date | None:
    """The day on which the contest's people are forgotten, once its result is known."""
    counting = [round_ for round_ in rounds if round_.counts] or rounds
    result = result_at([Stay(round_.window, round_.state_since) for round_ in counting], now)
    if result is None:
        return None
    day = forget_at(result.astimezone(contest.settings.zone), contest.entry.retention_months)
    return day.date()


def identity_of(entry: Entry, keyring: Keyring) -> Identity:
    """Who the entrant is, decrypted."""
    context = f"{entry.contest_id}:{entry.id}"
    further = entry.extra_cipher and json.loads(keyring.decrypt("entries.extra", entry.extra_cipher, context))
    return Identity(
        name=entry.name,
        birth_date=entry.birth_date,
        phone=phone_of(entry, keyring),
        national_id=(
            keyring.decrypt("entries.national_id", entry.national_id_cipher, context)
            if entry.national_id_cipher
            else None
        ),
        further=further or {},
    )


def _told(round_: Round, now: datetime) -> Visible:
    definition = round_.settings
    target = definition.prediction.target if definition.prediction else None
    is_held = round_.held_since(now) is not None
    return visible(round_.window.phase(now), target, definition.publish, is_held=is_held)


def _sitting(row: Attempt, round_: Round, now: datetime) -> Sitting:
    return Sitting(
        round_name=round_.settings.name,
        number=row.number,
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        questions=row.question_count,
        answers=row.answers,
        prediction=row.prediction,
        correct=row.correct_count if _told(round_, now).own_score else None,
        duration_ms=row.duration_ms,
        receipt=row.receipt,
        is_given_back=row.voided_at is not None,
        annulled=row.void_notice,
    )


def _place(result: Result, round_: Round) -> Place:
    return Place(round_.settings.name, result.correct_count, result.rank)
