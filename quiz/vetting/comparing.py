"""Comparing a contest's entries off the request path, and keeping what was found. Decides nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.contests.queries import list_contests, list_rounds
from quiz.core.database import transaction
from quiz.core.names import name_key
from quiz.core.secrets import CannotDecrypt, Keyring
from quiz.entries.models import Entry
from quiz.entries.queries import count_entries
from quiz.jobs.handlers import Progress, unwatched
from quiz.jobs.models import Job
from quiz.jobs.service import enqueue
from quiz.vetting import duplicate_queries as queries
from quiz.vetting.duplicates import clusters, find_pairs
from quiz.vetting.errors import VettingRefused
from quiz.vetting.models import Suspicion, VettingPass
from quiz.vetting.values import Entrant, Pair

KIND = "vetting.entries"
_WHILE_OPEN = timedelta(hours=6)
_AT_ONCE = 500


def compare_entries(
    contest: Contest, *, keyring: Keyring, now: datetime, progress: Progress = unwatched
) -> VettingPass:
    """Look for entries that may be one person's and store the pairs. Nobody's status changes.

    Reads in short transactions and writes once at the end. Phone and identity numbers are decrypted here
    only, to be compared, and not kept.
    """
    contest_id = contest.id
    entrants = _entrants(contest_id, keyring, progress)
    progress(len(entrants), len(entrants), "comparing")
    pairs = find_pairs(entrants, partial(queries.sheets_of, contest_id), _keep_alive(progress, len(entrants)))
    with transaction() as session:
        _store(session, contest_id, pairs, now)
        return session.merge(
            VettingPass(contest_id=contest_id, compared_at=now, entrants=len(entrants), pairs=len(pairs))
        )


def list_cases(contest_id: int) -> list[queries.Case]:
    """Open suspicions as cases, the strongest first."""
    pairs = queries.list_open(contest_id)
    groups = clusters((pair.first_id, pair.second_id) for pair in pairs)
    of_case = {entry: group for group in groups for entry in group}
    by_case: dict[tuple[int, ...], list[Suspicion]] = {group: [] for group in groups}
    for pair in pairs:
        by_case[of_case[pair.first_id]].append(pair)
    return sorted(
        (queries.Case(group, tuple(pairs)) for group, pairs in by_case.items()),
        key=lambda case: (-case.score, case.number),
    )


def dismiss(contest: Contest, members: Sequence[int], *, reason: str, actor: Actor, now: datetime) -> int:
    """Say that these entries are different people; how many pairs that settles. Raises VettingRefused."""
    if not reason.strip():
        raise VettingRefused("reason_needed")
    with transaction() as session:
        pairs = session.scalars(
            select(Suspicion).where(
                Suspicion.contest_id == contest.id,
                Suspicion.first_id.in_(members),
                Suspicion.second_id.in_(members),
                Suspicion.dismissed_at.is_(None),
            )
        ).all()
        for pair in pairs:
            pair.dismissed_at, pair.dismissed_by, pair.dismiss_reason = now, actor.id, reason.strip()
        if pairs:
            record(
                Action.SUSPICION_DISMISSED,
                "entries " + " ".join(str(one) for one in sorted(members)),
                actor=actor,
                now=now,
                contest_id=contest.id,
                pairs=len(pairs),
                reason=reason.strip(),
            )
    return len(pairs)


def request_pass(contest: Contest, *, actor: Actor, now: datetime) -> Job:
    """Ask for a pass; one that waits already is enough."""
    params = {
        "contest_id": contest.id,
        "slug": contest.slug,
        "title": contest.settings.display_title,
    }
    return enqueue(KIND, params, actor=actor, now=now, subject=str(contest.id))


def request_due(*, now: datetime) -> int:
    """Ask for passes over contests with a round that ended since the last one, or that runs; how many."""
    known = {one.contest_id: one for one in queries.list_passes()}
    due = [
        contest
        for contest in list_contests()
        if any(_is_due(round_, known.get(contest.id), now) for round_ in list_rounds(contest))
    ]
    for contest in due:
        request_pass(contest, actor=Actor.system("housekeeping"), now=now)
    return len(due)


def _is_due(round_: Round, known: VettingPass | None, now: datetime) -> bool:
    phase = round_.window.phase(now)
    if phase in (Phase.CLOSED, Phase.FROZEN):
        return known is None or known.compared_at < max(round_.closes_at, round_.state_since)
    if phase is not Phase.OPEN or (known is not None and now - known.compared_at < _WHILE_OPEN):
        return False
    return count_entries(round_.contest_id) > (known.entrants if known else 0)


def _entrants(contest_id: int, keyring: Keyring, progress: Progress) -> list[Entrant]:
    total, ended = count_entries(contest_id), queries.first_hand_ins(contest_id)
    found: list[Entrant] = []
    for entries in queries.iterate_entries(contest_id):
        found += [_entrant(contest_id, entry, ended.get(entry.id), keyring) for entry in entries]
        progress(len(found), max(total, len(found)), "reading")
    return found


def _entrant(contest_id: int, entry: queries.EntryRow, ended: datetime | None, keyring: Keyring) -> Entrant:
    context = f"{contest_id}:{entry.id}"
    phone = _opened(keyring, "entries.phone", entry.phone_cipher, context)
    return Entrant(
        id=entry.id,
        name=entry.name,
        name_key=name_key(entry.name),
        birth=entry.birth_date,
        phone=phone.removeprefix("+84") if phone else None,
        national_id=_opened(keyring, "entries.national_id", entry.national_id_cipher, context),
        device=entry.device_key,
        network=entry.network_key,
        registered=entry.registered_at.timestamp(),
        ended=ended.timestamp() if ended else None,
    )


def _opened(keyring: Keyring, purpose: str, sealed: str | None, context: str) -> str | None:
    if sealed is None:
        return None
    try:
        return keyring.decrypt(purpose, sealed, context)
    except CannotDecrypt:
        return None  # restored from elsewhere, under another key: the rest can still be compared


def _keep_alive(progress: Progress, total: int) -> Callable[[int], None]:
    def told(_weighed: int) -> None:
        progress(total, total, "comparing")

    return told


def _store(session: Session, contest_id: int, pairs: Sequence[Pair], now: datetime) -> None:
    """Replace the open pairs; dismissed ones stay so unless something new was found about them.

    Pairs of entries that are set aside stay too: the pass did not look at them, and an undo brings them back.
    """
    known = {
        (one.first_id, one.second_id): one
        for one in session.scalars(select(Suspicion).where(Suspicion.contest_id == contest_id))
    }
    active = set(
        session.scalars(select(Entry.id).where(Entry.contest_id == contest_id, Entry.status == "active"))
    )
    found = {(pair.first, pair.second) for pair in pairs}
    for key, one in known.items():
        if key not in found and one.dismissed_at is None and set(key) <= active:
            session.delete(one)
    fresh = []
    for pair in pairs:
        old = known.get((pair.first, pair.second))
        if old is None:
            fresh.append(_columns(contest_id, pair, now))
        elif old.dismissed_at is None or _is_news(old, pair):
            for name, value in _columns(contest_id, pair, old.found_at).items():
                setattr(old, name, value)
            old.dismissed_at = old.dismissed_by = old.dismiss_reason = None
    for start in range(0, len(fresh), _AT_ONCE):
        session.execute(insert(Suspicion), fresh[start : start + _AT_ONCE])


def _is_news(old: Suspicion, pair: Pair) -> bool:
    return not {one.signal.value for one in pair.evidence} <= {one[0] for one in old.evidence}


def _columns(contest_id: int, pair: Pair, found_at: datetime) -> dict[str, Any]:
    return {
        "contest_id": contest_id,
        "first_id": pair.first,
        "second_id": pair.second,
        "score": round(pair.score, 2),
        "evidence": [[one.signal.value, one.weight, dict(one.figures)] for one in pair.evidence],
        "found_at": found_at,
    }
