"""Who counts as a child under the law: under sixteen a representative agrees too. Pure."""

from datetime import date

from quiz.contests.definition_entry import CHILD_BELOW
from quiz.core.dates import age_on


def is_child(birth_date: date | None, today: date) -> bool:
    """Whether the person is under sixteen, or may be.

    1 January stands for "day and month unknown" and for contests that ask only the year: then the youngest
    age that fits counts.
    """
    if birth_date is None:
        return False
    is_vague = (birth_date.month, birth_date.day) == (1, 1)
    youngest = birth_date.replace(month=12, day=31) if is_vague else birth_date
    return age_on(youngest, today) < CHILD_BELOW
