"""Requests of people about their own data: asked, answered, done or refused, each step in the log."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select

from quiz.attempts import queries as attempts
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.contests.phases import Phase
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.core.genders import Gender
from quiz.core.ids import new_id
from quiz.core.secrets import Keyring
from quiz.entries.models import Entry
from quiz.entries.restating import Correction, restate
from quiz.privacy import queries
from quiz.privacy.due_dates import due
from quiz.privacy.erasure import erase
from quiz.privacy.errors import RequestInvalid, RequestRefused
from quiz.privacy.kinds import STATE_AFTER, Kind, State, Step, refusal
from quiz.privacy.models import DataRequest

MOST_WORDS = 1000
# What of a correction is kept as it was typed.
_IN_WORDS = ("name", "phone", "national_id", "email", "address", "workplace")
PURPOSE = "data_requests.wish"


def ask(
    contest: Contest,
    entry_id: int,
    kind: Kind,
    *,
    wish: Mapping[str, str] | None = None,
    now: datetime,
    keyring: Keyring,
) -> DataRequest:
    """Ask for something about one's own data; while one of the kind waits, asking again leads to it.

    Raises NotFound, RequestInvalid ("words_needed"), RequestRefused ("erased_already").
    """
    stated = {name: text.strip()[:MOST_WORDS] for name, text in (wish or {}).items() if text.strip()}
    if kind is Kind.OBJECT and not stated:
        raise RequestInvalid("words_needed")
    with transaction():
        lock_entry(contest.id, entry_id)
        waiting = queries.find_waiting(contest.id, entry_id, kind)
        if waiting is not None:
            return waiting
        made = _store(contest, entry_id, kind, stated, now=now, keyring=keyring)
        record(
            Action.DATA_REQUESTED,
            f"entry {entry_id}",
            actor=Actor.entrant(entry_id),
            now=now,
            contest_id=contest.id,
            kind=kind.value,
        )
    return made


def correct(
    contest: Contest, entry_id: int, correction: Correction, words: str, *, now: datetime, keyring: Keyring
) -> DataRequest:
    """Ask for a correction; before anybody could gain from it, it is made at once, else organisers approve.

    Raises NotFound, RequestInvalid ("nothing_to_correct"), RequestRefused, and what `restate` raises.
    """
    if not correction.fields:
        raise RequestInvalid("nothing_to_correct")
    with transaction():
        if not is_free_to_correct(contest, entry_id, now):
            return ask(
                contest, entry_id, Kind.CORRECT, wish=_as_wish(correction, words), now=now, keyring=keyring
            )
        lock_entry(contest.id, entry_id)
        made = _store(contest, entry_id, Kind.CORRECT, {}, now=now, keyring=keyring)
        made.state, made.closed_at, made.answered_at = State.DONE.value, now, now
        _restate(contest, entry_id, correction, actor=Actor.entrant(entry_id), now=now, keyring=keyring)
    return made


def is_free_to_correct(contest: Contest, entry_id: int, now: datetime) -> bool:
    """Whether nothing can be gained by another name: no attempt yet, and no round is open."""
    phases = {round_.window.phase(now) for round_ in contests.list_public_rounds(contest)}
    is_quiet = all(phase is Phase.SCHEDULED for phase in phases)
    return is_quiet and not attempts.list_attempts(contest.id, entry_id)


def publish_no_more(contest: Contest, entry_id: int, *, now: datetime, keyring: Keyring) -> None:
    """Withdraw the agreement to publish the name: done at once, and kept as a request that is done."""
    with transaction():
        entry = lock_entry(contest.id, entry_id)
        if not entry.may_publish:
            return
        entry.may_publish = False
        made = _store(contest, entry_id, Kind.WITHDRAW, {}, now=now, keyring=keyring)
        made.state, made.closed_at, made.answered_at = State.DONE.value, now, now
        record(
            Action.PUBLICATION_WITHDRAWN,
            f"entry {entry_id}",
            actor=Actor.entrant(entry_id),
            now=now,
            contest_id=contest.id,
        )


def take_back(contest: Contest, entry_id: int, request_id: int, *, now: datetime) -> None:
    """The person no longer wants it. Raises NotFound, RequestRefused."""
    with transaction():
        asked = queries.lock_request(contest.id, request_id)
        if asked.entry_id != entry_id:
            raise NotFound("data request")
        _step(asked, Step.TAKE_BACK, own=True)
        asked.closed_at, asked.wish_cipher = now, None
        record(
            Action.DATA_REQUEST_TAKEN_BACK,
            f"entry {entry_id}",
            actor=Actor.entrant(entry_id),
            now=now,
            contest_id=contest.id,
            kind=asked.kind,
        )


def answer(contest: Contest, request_id: int, words: str, *, actor: Actor, now: datetime) -> None:
    """Tell the person what will be done; the request still waits. Raises NotFound, RequestRefused."""
    _decide(contest, request_id, Step.ANSWER, words, actor=actor, now=now)


def refuse(contest: Contest, request_id: int, words: str, *, actor: Actor, now: datetime) -> None:
    """Do not do it, and say why. Raises NotFound, RequestRefused."""
    _decide(contest, request_id, Step.REFUSE, words, actor=actor, now=now)


def fulfil(
    contest: Contest, request_id: int, words: str, *, actor: Actor, now: datetime, keyring: Keyring
) -> DataRequest:
    """Do what was asked: an erasure erases, a correction corrects.

    Raises NotFound, RequestRefused, and what `restate` raises: then the request still waits.
    """
    with transaction():
        wish = wish_of(queries.lock_request(contest.id, request_id), keyring)
        asked = _decide(contest, request_id, Step.FULFIL, words, actor=actor, now=now)
        if asked.kind == Kind.ERASE.value:
            erase(contest.id, [asked.entry_id], now=now)
            record(
                Action.PERSON_ERASED,
                f"entry {asked.entry_id}",
                actor=actor,
                now=now,
                contest_id=contest.id,
            )
        elif asked.kind == Kind.CORRECT.value:
            correction = correction_in(wish)
            _restate(contest, asked.entry_id, correction, actor=actor, now=now, keyring=keyring)
    return asked


def correction_in(wish: Mapping[str, str]) -> Correction:
    """What a request to correct asks for."""
    born, gender = wish.get("birth_date"), wish.get("gender")
    return Correction(
        birth_date=date.fromisoformat(born) if born else None,
        gender=Gender(gender) if gender else None,
        **{name: wish.get(name) for name in _IN_WORDS},
    )


def wish_of(asked: DataRequest, keyring: Keyring) -> dict[str, str]:
    """What the person wants, in clear."""
    if asked.wish_cipher is None:
        return {}
    stated: dict[str, str] = json.loads(
        keyring.decrypt(PURPOSE, asked.wish_cipher, f"{asked.contest_id}:{asked.id}")
    )
    return stated


def lock_entry(contest_id: int, entry_id: int) -> Entry:
    """The entry with its row locked, read anew. Raises NotFound, RequestRefused where it is erased."""
    with transaction() as session:
        entry = session.scalar(
            select(Entry)
            .where(Entry.contest_id == contest_id, Entry.id == entry_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    if entry is None:
        raise NotFound("entry")
    if entry.is_erased:
        raise RequestRefused("erased_already")
    return entry


def _as_wish(correction: Correction, words: str) -> dict[str, str]:
    stated = {name: str(getattr(correction, name)) for name in correction.fields}
    return stated | {"words": words}


def _restate(
    contest: Contest,
    entry_id: int,
    correction: Correction,
    *,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
) -> None:
    restate(contest, entry_id, correction, now=now, keyring=keyring)
    record(
        Action.DATA_CORRECTED,
        f"entry {entry_id}",
        actor=actor,
        now=now,
        contest_id=contest.id,
        fields=", ".join(correction.fields),
    )


def _store(
    contest: Contest, entry_id: int, kind: Kind, wish: Mapping[str, str], *, now: datetime, keyring: Keyring
) -> DataRequest:
    dates, request_id = due(now, contest.settings.zone), new_id()
    made = DataRequest(
        contest_id=contest.id,
        id=request_id,
        entry_id=entry_id,
        kind=kind.value,
        state=State.WAITING.value,
        asked_at=now,
        answer_by=dates.answer_by,
        done_by=dates.done_by,
        wish_cipher=(
            keyring.encrypt(PURPOSE, json.dumps(dict(wish), ensure_ascii=False), f"{contest.id}:{request_id}")
            if wish
            else None
        ),
        answer="",
    )
    with transaction() as session:
        session.add(made)
    return made


def _decide(
    contest: Contest, request_id: int, step: Step, words: str, *, actor: Actor, now: datetime
) -> DataRequest:
    said = " ".join(words.split())
    if not said and step is not Step.FULFIL:
        raise RequestInvalid("answer_needed")
    with transaction():
        asked = queries.lock_request(contest.id, request_id)
        _step(asked, step, own=False)
        asked.answer, asked.staff_id = said[:MOST_WORDS], actor.id
        asked.answered_at = asked.answered_at or now
        if State(asked.state).is_over:
            asked.closed_at, asked.wish_cipher = now, None
        record(
            Action.DATA_REQUEST_DECIDED,
            f"entry {asked.entry_id}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            kind=asked.kind,
            step=step.value,
            reason=said[:MOST_WORDS],
        )
    return asked


def _step(asked: DataRequest, step: Step, *, own: bool) -> None:
    why = refusal(State(asked.state), own=own, step=step)
    if why is not None:
        raise RequestRefused(why)
    asked.state = STATE_AFTER[step].value
