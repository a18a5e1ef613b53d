"""What the list of prizes is made from, and what was decided. Nothing here writes."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing

from sqlalchemy import func, select

from quiz.attempts.models import Result
from quiz.awards.models import AwardCheck, AwardRuling
from quiz.contests.models import Round
from quiz.core.database import db
from quiz.entries.models import Entry
from quiz.scoring.prizes import Candidate, PrizeRules, TieDecision
from quiz.standings.prize_models import Award

_AT_ONCE = 1000


def iter_candidates(round_: Round, out: frozenset[int]) -> Generator[Candidate]:
    """The round's people by rank, read as far as somebody asks; `out` are those who get no prize."""
    held = prizes_held_before(round_)
    rows = db.session.execute(
        select(
            Result.entry_id,
            Result.rank,
            Entry.category,
            Result.correct_count == Result.question_count,
            Entry.is_erased,
        )
        .join(Entry, (Entry.contest_id == Result.contest_id) & (Entry.id == Result.entry_id))
        .where(
            Result.contest_id == round_.contest_id,
            Result.round_number == round_.number,
            Result.rank.is_not(None),
        )
        .order_by(Result.rank_key, Result.entry_id)
        .execution_options(yield_per=_AT_ONCE)
    )
    with closing(rows):
        for entry_id, rank, category, all_correct, is_erased in rows:
            is_out = bool(is_erased) or entry_id in out
            yield Candidate(entry_id, rank or 0, category, bool(all_correct), held.get(entry_id), is_out)


def prizes_held_before(round_: Round) -> Mapping[int, int]:
    """Place of the highest prize that somebody has in an earlier round of the contest, 0 the highest."""
    rows = db.session.execute(
        select(Award.entry_id, func.min(Award.place))
        .where(Award.contest_id == round_.contest_id, Award.round_number < round_.number)
        .group_by(Award.entry_id)
    )
    return {int(entry_id): int(place) for entry_id, place in rows}


def count_participants(round_: Round, rules: PrizeRules) -> dict[str, int]:
    """People of each list of prizes."""
    counts: dict[str, int] = {}
    rows = db.session.execute(
        select(Entry.category, func.count())
        .join(Result, (Result.contest_id == Entry.contest_id) & (Result.entry_id == Entry.id))
        .where(Result.contest_id == round_.contest_id, Result.round_number == round_.number)
        .group_by(Entry.category)
    )
    for category, count in rows:
        code = rules.list_of(category)
        counts[code] = counts.get(code, 0) + int(count)
    return counts


def list_rulings(contest_id: int, round_number: int) -> Sequence[AwardRuling]:
    """Decisions about a round's prizes that stand, oldest first."""
    return db.session.scalars(
        select(AwardRuling)
        .where(
            AwardRuling.contest_id == contest_id,
            AwardRuling.round_number == round_number,
            AwardRuling.ended_at.is_(None),
        )
        .order_by(AwardRuling.ruled_at, AwardRuling.id)
    ).all()


def taken_out(rulings: Sequence[AwardRuling]) -> frozenset[int]:
    """People who get no prize."""
    return frozenset(int(one) for ruling in rulings if ruling.kind == "out" for one in ruling.people)


def tie_decisions(rulings: Sequence[AwardRuling]) -> dict[frozenset[int], TieDecision]:
    """What was decided about equal people, by the group; the last word counts."""
    found = {}
    for ruling in rulings:
        if ruling.kind == "tie":
            people = tuple(int(one) for one in ruling.people)
            found[frozenset(people)] = TieDecision(
                () if ruling.all_alike else people, all_alike=ruling.all_alike
            )
    return found


def checks_of(contest_id: int, round_number: int) -> dict[int, AwardCheck]:
    """How far the check of each winner is."""
    rows = db.session.scalars(
        select(AwardCheck).where(AwardCheck.contest_id == contest_id, AwardCheck.round_number == round_number)
    )
    return {row.entry_id: row for row in rows}


def results_of(contest_id: int, round_number: int, entry_ids: Sequence[int]) -> dict[int, Result]:
    """The results of these people in a round."""
    rows = db.session.scalars(
        select(Result).where(
            Result.contest_id == contest_id,
            Result.round_number == round_number,
            Result.entry_id.in_(entry_ids),
        )
    )
    return {row.entry_id: row for row in rows}
