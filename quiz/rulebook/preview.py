"""Made-up people ranked under a round's rules, to be looked at before anybody real has come."""

from decimal import Decimal
from random import Random

from flask_babel import gettext as _

from quiz.contests.definition import RoundDefinition
from quiz.rulebook.articles import Grid
from quiz.rulebook.ranking import CELLS, columns
from quiz.scoring.ranking import Facts, competition_ranks, qualifies, rank_key
from quiz.standings.boards import prize_of

PEOPLE = 12
_MINUTE_MS, _HOUR_MS = 60_000, 3_600_000


def sample_ranking(definition: RoundDefinition, seed: int) -> Grid:
    """So many people with results as they happen, in the order of the board; the same seed, the same people.

    Results lie close together, as those at the top of a board do, so that every criterion has work. Ranks,
    the filter for all correct and the key of ranking are the contest's own.
    """
    people = [_person(definition, Random(f"{seed}/{index}")) for index in range(PEOPLE)]  # noqa: S311
    keyed = sorted(
        (rank_key(definition.ranking, facts), index)
        for index, facts in enumerate(people)
        if qualifies(definition.ranking, facts)
    )
    ranks = competition_ranks([key for key, _index in keyed])
    shown = columns(definition.ranking)
    rows = [
        (
            str(rank),
            _("Người %(n)s", n=index + 1),
            *(CELLS[criterion](people[index]) for _head, criterion in shown),
            prize_of(rank, definition.prizes) or "",
        )
        for rank, (_key, index) in zip(ranks, keyed, strict=True)
    ]
    ranked = {index for _key, index in keyed}
    rows += [
        (
            _("không xếp"),
            _("Người %(n)s", n=index + 1),
            *(CELLS[criterion](facts) for _head, criterion in shown),
            "",
        )
        for index, facts in enumerate(people)
        if index not in ranked
    ]
    head = (_("Hạng"), _("Người"), *(head for head, _criterion in shown), _("Giải"))
    return Grid(_("%(n)s người giả định trong %(round)s", n=PEOPLE, round=definition.name), head, tuple(rows))


def _person(definition: RoundDefinition, random: Random) -> Facts:
    total = definition.paper.question_count
    missed = min(total, random.choice((0, 0, 0, 0, 0, 1, 1, 2)))
    length = (definition.minutes or 20) * _MINUTE_MS
    often = 1 if definition.attempts.limit == 1 else random.randint(1, min(definition.attempts.limit or 5, 5))
    opens = round(definition.opens_at.timestamp() * 1000)
    first = opens + random.randrange(1, 30) * _HOUR_MS + random.randrange(60) * _MINUTE_MS
    # A few minutes apart only: people with the same time are what the next criterion is for.
    spent = int(length * random.choice((0.35, 0.4, 0.4, 0.45, 0.6)))
    off = Decimal(random.choice((0, 3, 3, 8, 8, 21, 150)))
    return Facts(
        correct_count=total - missed,
        total=total,
        all_correct=missed == 0 < total,
        prediction_error=off if definition.prediction else None,
        duration_ms=spent,
        submitted_ms=first + spent + (often - 1) * _HOUR_MS,
        attempts=often,
        registered_ms=opens + random.randrange(60) * _MINUTE_MS,
        first_start_ms=first,
        times_at_best=random.randint(1, often),
        is_above=bool(off) and random.random() < 0.5,
    )
