"""Two organisers decide at the same moment; people start and hand in while they are merged."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.attempts import service
from quiz.attempts.models import Attempt
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.contests.definition import AttemptRule
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest
from quiz.core.database import db
from quiz.core.errors import DomainError
from quiz.entries.models import Entry
from quiz.standings.verifying import verify
from quiz.vetting.duplicate_queries import list_rulings
from quiz.vetting.merging import plan_merge
from quiz.vetting.ruling import Category, disqualify, merge, undo
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.parallel import at_once
from tests.support.sittings import RIGHT, fixed_contest, sit

STAFF = Actor.staff(7, "Nguyễn Thị Minh Hà")
WHO = {"reason": "Cùng căn cước", "actor": STAFF, "now": NOW}


@pytest.fixture
def contest() -> Contest:
    """Two entries of one person, an attempt each; the rule allows three."""
    made = fixed_contest(attempts=AttemptRule(limit=3))
    for number in (1, 2):
        sit(made, make_entry(made, number).id, RIGHT, now=NOW + timedelta(minutes=number))
    return made


def ids(contest: Contest) -> list[int]:
    return list(db.session.scalars(select(Entry.id).where(Entry.contest_id == contest.id).order_by(Entry.id)))


def test_of_many_merges_at_once_one_is_done(contest: Contest, app: Flask) -> None:
    one, two = ids(contest)
    seen, slug = plan_merge(contest, one, two).fingerprint, contest.slug

    def decide() -> str:
        try:
            merge(get_contest(slug), one, two, seen=seen, **WHO)  # type: ignore[arg-type]  # reason, actor, now
        except DomainError as error:
            return error.code
        return "done"

    told = at_once(app, 6, decide)
    assert sorted(set(told)) == ["done", "entry_is_set_aside"]
    assert told.count("done") == 1
    assert len(list_rulings(contest.id)) == 1
    assert verify(contest) == []


def test_of_many_undos_at_once_one_is_done(contest: Contest, app: Flask) -> None:
    _one, two = ids(contest)
    slug = contest.slug
    ruling = disqualify(contest, two, category=Category.OTHER, **WHO).id  # type: ignore[arg-type]  # the same

    def take_back() -> str:
        try:
            undo(get_contest(slug), ruling, **WHO)  # type: ignore[arg-type]  # the same
        except DomainError as error:
            return error.code
        return "done"

    told = at_once(app, 6, take_back)
    assert told.count("done") == 1
    assert set(told) == {"done", "ruling_is_undone"}
    assert verify(contest) == []


def test_people_play_on_while_they_are_merged(contest: Contest, app: Flask) -> None:
    """Whatever comes first, every attempt is somebody's, every board follows, and an undo gives all back."""
    one, two = ids(contest)
    slug, turns = contest.slug, iter(range(12))

    def act() -> str:
        turn = next(turns)
        own = get_contest(slug)
        try:
            if turn % 3 == 0:
                seen = plan_merge(own, one, two).fingerprint
                merge(own, one, two, seen=seen, **WHO)  # type: ignore[arg-type]  # reason, actor, now
            else:
                entry, later = (one, two)[turn % 2], NOW + timedelta(hours=1, minutes=turn)
                attempt = service.start(own, entry, 1, now=later, keyring=KEYRING)
                service.submit(
                    attempt.code, Sheet(1, {1: (1,)}, (), None), entry_id=entry, now=later, keyring=KEYRING
                )
        except DomainError as error:
            return error.code
        return "done"

    told = at_once(app, 12, act)
    assert "done" in told
    assert set(told) <= {
        *("done", "entry_is_set_aside", "changed_meanwhile", "attempt_is_running"),
        *("no_attempts_left", "entry_merged", "not_found", "must_wait", "too_soon"),
    }, told
    db.session.expire_all()
    assert verify(contest) == []
    for ruling in list_rulings(contest.id):
        undo(contest, ruling.id, **WHO)  # type: ignore[arg-type]  # the same
    assert verify(contest) == []
    owners = set(db.session.scalars(select(Attempt.entry_id).where(Attempt.contest_id == contest.id)))
    assert owners <= {one, two}
