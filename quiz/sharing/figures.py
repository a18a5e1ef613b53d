"""Which figures of a round may leave the site now."""

from dataclasses import dataclass
from datetime import datetime

from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.contests.visibility import Visible
from quiz.scoring.prediction import Counter
from quiz.standings.cache import figures
from quiz.standings.scopes import round_scope


@dataclass(frozen=True, slots=True)
class OpenFigures:
    """People and attempts of a round, each None while it must not be known."""

    people: int | None
    attempts: int | None


NOTHING = OpenFigures(None, None)


def shown_of(round_: Round, now: datetime) -> Visible:
    """What the public may see of a round."""
    return round_scope(round_, now).shown


def open_figures(contest: Contest, round_: Round | None, now: datetime) -> OpenFigures:
    """The figures of a round that everybody may see; none before it opens."""
    if round_ is None or round_.window.phase(now) is Phase.SCHEDULED:
        return NOTHING
    shown, counted = shown_of(round_, now), figures(contest.id, round_.number, now)
    return OpenFigures(
        people=counted.participants if shown.shows(Counter.PARTICIPANTS) else None,
        attempts=counted.attempts if shown.shows(Counter.ATTEMPTS) else None,
    )
