"""The boards of a contest's collective rules, read from the results. Nothing here writes."""

from collections.abc import Sequence
from datetime import datetime

from quiz.collective import queries as facts_queries
from quiz.contests import queries as contests
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.contests.visibility import Visible, visible
from quiz.scoring.collective import Over
from quiz.standings import cache, collective_queries
from quiz.standings.collective_boards import (
    CollectiveBoard,
    RoundCount,
    UnitFacts,
    collective_boards,
)
from quiz.standings.list_counts import count_list
from quiz.standings.winners import round_winners

_boards: cache.ShortCache[list[CollectiveBoard]] = cache.ShortCache(cache.LIFETIME)


def rounds_of(contest: Contest, rule: CollectiveDefinition, round_: Round, now: datetime) -> list[Round]:
    """The rounds that a rule looks at when it is shown for a round; those to come are left out."""
    if rule.over is Over.EACH and rule.of_list is None:
        return [round_]
    numbers = (
        rule.rounds if rule.of_list is None else contests.get_list(contest, rule.of_list).settings.rounds
    )
    return [
        one
        for one in contests.list_counting_rounds(contest)
        if (not numbers or one.number in numbers) and one.window.phase(now) is not Phase.SCHEDULED
    ]


def visible_over(rounds: Sequence[Round], now: datetime) -> Visible:
    """What a board over these rounds may show: nothing that any of them hides."""
    each = [
        visible(
            one.window.phase(now),
            one.settings.prediction.target if one.settings.prediction else None,
            one.settings.publish,
            is_held=one.held_since(now) is not None,
        )
        for one in rounds
    ]
    return Visible(
        board=all(one.board for one in each),
        own_score=all(one.own_score for one in each),
        key=all(one.key for one in each),
        most_rows=min((one.most_rows for one in each if one.most_rows is not None), default=None),
        hidden=frozenset(counter for one in each for counter in one.hidden),
        is_official=bool(each) and all(one.is_official for one in each),
        is_held=any(one.is_held for one in each),
    )


def boards_of(
    contest: Contest, rule: CollectiveDefinition, rounds: Sequence[Round], now: datetime
) -> list[CollectiveBoard]:
    """The rule's boards over these rounds, at most five seconds old."""
    states = tuple((one.number, one.state) for one in rounds)
    key = (contest.id, contest.snapshot_at, contest.units_at, rule, states)
    return _boards.get(key, now, lambda: _boards_of(contest, rule, rounds, now))


def fixed_boards(
    contest: Contest, rule: CollectiveDefinition, rounds: Sequence[Round]
) -> list[CollectiveBoard]:
    """The rule's boards over rounds whose results are fixed, counted now, from the prizes that were decided.

    For who decides about collective prizes: a board that everybody reads may be older by seconds, and shows
    what was decided only when it is published.
    """
    return _boards_of(contest, rule, rounds, None)


def _boards_of(
    contest: Contest, rule: CollectiveDefinition, rounds: Sequence[Round], now: datetime | None
) -> list[CollectiveBoard]:
    """Without `now` the rounds are fixed: nothing remembered is taken."""
    facts = UnitFacts(
        merits=facts_queries.merit_points(contest.id, rule.merit_list) if rule.needs_merit else {},
        group_headcounts=facts_queries.group_headcounts(contest.id, rule.categories)
        if rule.categories
        else {},
    )
    lists = {number: _count_list(contest, number, rule, now) for number in rule.lists}
    if rule.of_list is not None:
        of_list = lists[rule.of_list]
        return collective_boards(rule, contests.list_units(contest.id), [of_list], facts, of_list, lists)
    whole = _count(contest, rule, rounds, now)
    counts = [whole]
    if rule.over is Over.MEAN and len(rounds) > 1:
        counts = [_count(contest, rule, [one], now) for one in rounds]
    return collective_boards(rule, contests.list_units(contest.id), counts, facts, whole, lists)


def _count_list(
    contest: Contest, number: int, rule: CollectiveDefinition, now: datetime | None
) -> RoundCount:
    list_ = contests.get_list(contest, number)
    own = [one for one in contests.list_rounds(contest) if one.number in list_.settings.rounds]
    is_known = now is None or all(one.window.phase(now) is Phase.PUBLISHED for one in own)
    return count_list(list_, rule, decided=is_known)


def _count(
    contest: Contest, rule: CollectiveDefinition, rounds: Sequence[Round], now: datetime | None
) -> RoundCount:
    numbers = [one.number for one in rounds]
    return RoundCount(
        sums=cache.unit_sums(contest.id, numbers[0], now)
        if len(numbers) == 1 and now is not None
        else collective_queries.list_sums(contest.id, numbers),
        winners=round_winners(contest, rounds, now) if rule.needs_winners else (),
        best=collective_queries.list_best(contest.id, numbers, rule.most_best) if rule.most_best else (),
        groups=collective_queries.list_group_sums(contest.id, numbers, rule.categories)
        if rule.categories
        else (),
    )
