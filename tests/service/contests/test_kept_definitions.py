"""What every request reads of a contest is made once for its text, and anew as soon as that changes."""

from dataclasses import replace

from quiz.contests.queries import get_contest, get_round
from quiz.core.database import db, transaction
from tests.support.factories import make_contest


def test_values_are_made_once_and_anew_when_the_row_changes(app) -> None:
    slug = make_contest().slug
    first = _settings(slug)
    assert _settings(slug) is first
    with transaction():
        round_ = get_round(get_contest(slug), 1)
        round_.settings = replace(round_.settings, name="Vòng khác")
    assert _settings(slug).name == "Vòng khác"
    assert first.name != "Vòng khác"


def _settings(slug: str):
    db.session.remove()
    return get_round(get_contest(slug), 1).settings
