"""One's own place on a board, and one's places over the rounds: for the reader alone."""

from dataclasses import dataclass
from datetime import datetime

from quiz.attempts import allowance
from quiz.attempts import queries as attempts
from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.contests.pages import contact_of
from quiz.contests.phases import Phase
from quiz.entries import queries as entries
from quiz.standings import boards
from quiz.standings.board_marks import place_and_people
from quiz.standings.boards import OwnPlace, Scope
from quiz.standings.pages import History, Mine, PastPlace
from quiz.standings.people_page import page_with
from quiz.standings.scopes import Kind


def mine(contest: Contest, scope: Scope, entry_id: int, *, now: datetime) -> Mine | None:
    """The own place; None without a result, or while results are hidden."""
    own = boards.own_place(contest, scope, entry_id, now=now)
    if own is None:
        return None
    return Mine(
        rank=own.rank,
        category=own.category,
        category_rank=own.category_rank,
        correct=own.correct,
        total=own.total,
        duration_ms=own.duration_ms,
        prediction_error=own.prediction_error,
        attempts_left=_attempts_left(contest, scope, entry_id, now),
        url=page_with(contest, scope, own.rank) if own.rank else None,
    )


@dataclass(frozen=True, slots=True)
class PlaceNow:
    """A place on the whole board, among how many, as of when."""

    place: int
    people: int
    at: datetime
    is_official: bool


def place_now(round_: Round, entry_id: int, *, now: datetime) -> PlaceNow | None:
    """Somebody's place in a round, for the page of their result; None while it must not be told."""
    scope = boards.round_scope(round_, now)
    found = place_and_people(scope, entry_id, now=now) if scope.shown.own_rank else None
    return PlaceNow(*found, now, scope.shown.is_official) if found else None


def history(contest: Contest, entry_id: int, *, now: datetime) -> History:
    """The own places in all rounds and combined lists that have a board, in their order."""
    entry = entries.find_entry(contest.id, entry_id)
    found = [
        (scope, own)
        for scope in boards.list_scopes(contest, now)
        if (own := boards.own_place(contest, scope, entry_id, now=now)) is not None
    ]
    return History(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        category=contest.entry.category_name(entry.category) if entry else "",
        lines=tuple(_past(contest, scope, own) for scope, own in found),
    )


def _past(contest: Contest, scope: Scope, own: OwnPlace) -> PastPlace:
    return PastPlace(
        name=scope.name,
        url=page_with(contest, scope, own.rank or 1),
        is_official=scope.shown.is_official,
        rank=own.rank,
        category_rank=own.category_rank,
        correct=own.correct,
        total=own.total,
    )


def _attempts_left(contest: Contest, scope: Scope, entry_id: int, now: datetime) -> int | None:
    if scope.kind is not Kind.ROUND or scope.phase is not Phase.OPEN:
        return None
    past = attempts.list_attempts(contest.id, entry_id)
    return allowance.attempts_left(past, contest, contests.get_round(contest, scope.number), now)
