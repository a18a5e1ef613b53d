"""Collective prizes of a fixed round: who gets what on each board of each rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quiz.awards import queries
from quiz.awards.prized import FIXED
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.definition_collective import Band, BoardKey
from quiz.contests.definition_rounds import quotas
from quiz.contests.models import Contest, Round
from quiz.contests.queries import list_lists, list_rounds
from quiz.scoring.collective import Over
from quiz.scoring.prizes import Candidate, Outcome, PrizeRules, award
from quiz.standings.collective_boards import CollectiveBoard, CollectiveRow
from quiz.standings.collective_reading import fixed_boards
from quiz.standings.prize_models import UnitAward
from quiz.standings.prizes import list_unit_awards


@dataclass(frozen=True, slots=True)
class Judged:
    """One board of a rule with its prizes given; `rows` are the units in line, by id."""

    rule: CollectiveDefinition
    key: BoardKey
    outcome: Outcome
    rows: Mapping[int, CollectiveRow] = field(default_factory=dict)


def due_rules(contest: Contest, round_: Round) -> list[tuple[CollectiveDefinition, list[Round]]]:
    """Rules whose prizes are given with this round, with the rounds they look at.

    A rule over several rounds or over combined lists is due with the last of all these rounds, once all are
    fixed.
    """
    counting = [one for one in list_rounds(contest) if one.counts]
    lists = {one.number: one for one in list_lists(contest)}
    found = []
    for rule in contest.collective:
        of_lists = {number for one in rule.lists for number in lists[one].settings.rounds}
        own = [one for one in counting if not rule.rounds or one.number in rule.rounds]
        if not rule.prizes or (rule.of_list is None and round_.number not in [one.number for one in own]):
            continue
        rounds = [round_] if rule.over is Over.EACH else own
        needed = [
            one for one in counting if one.number in of_lists or (rule.of_list is None and one in rounds)
        ]
        if needed and needed[-1].number == round_.number and all(one.state in FIXED for one in needed):
            found.append((rule, rounds))
    return found


def has_unit_prizes(contest: Contest, round_: Round) -> bool:
    """Whether units get prizes with this round."""
    return bool(due_rules(contest, round_))


def judged_units(contest: Contest, round_: Round) -> list[Judged]:
    """Which units get what as results, figures and decisions stand now, rule by rule and board by board."""
    found = []
    rulings = queries.list_rulings(contest.id, round_.number, of_units=True)
    for rule, rounds in due_rules(contest, round_):
        own = [ruling for ruling in rulings if ruling.rule == rule.name]
        out, decisions = queries.taken_out(own), queries.tie_decisions(own)
        for board in fixed_boards(contest, rule, rounds):
            outcome = award(PrizeRules(quotas(rule.prizes)), _in_line(board, out), {}, decisions)
            found.append(Judged(rule, board.key, outcome, {row.unit.id: row for row in board.rows}))
    return found


def _in_line(board: CollectiveBoard, out: frozenset[int]) -> list[Candidate]:
    """The units that have a place: nobody took part for the others, or their figures are wrong."""
    return [
        Candidate(row.unit.id, row.rank, is_out=row.unit.id in out)
        for row in sorted(board.rows, key=lambda row: row.rank or 0)
        if row.rank is not None and row.totals.participants
    ]


def follow_units(session: Session, contest: Contest, round_: Round) -> int:
    """Let the stored list say what results and decisions give; how many prizes."""
    key = {"contest_id": contest.id, "round_number": round_.number}
    session.execute(delete(UnitAward).filter_by(**key))
    awards = [UnitAward(**key, **one) for one in _given(judged_units(contest, round_))]
    session.add_all(awards)
    session.flush()
    return len(awards)


def _given(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    return [
        {
            "rule": board.rule.name,
            "unit_id": one.key,
            "board": stored_key(board.key),
            "place": one.place,
            "prize": one.prize,
            "rank": one.rank,
        }
        for board in judged
        for one in board.outcome.given
    ]


def are_current(contest: Contest, round_: Round, judged: Sequence[Judged]) -> bool:
    """Whether the stored list says what results and decisions give."""
    stored = [
        (one.rule, one.unit_id, one.board, one.place, one.prize)
        for one in list_unit_awards(contest.id, round_.number)
    ]
    given = [
        (one["rule"], one["unit_id"], one["board"], one["place"], one["prize"]) for one in _given(judged)
    ]
    return sorted(stored, key=repr) == sorted(given, key=repr)


def stored_key(key: BoardKey) -> list[Any]:
    """A board as it is kept."""
    return [key.division, [key.band.low, key.band.below] if key.band is not None else None]


def loaded_key(kept: Sequence[Any]) -> BoardKey:
    """The board that was kept."""
    division, band = kept
    return BoardKey(division, Band(*band) if band is not None else None)
