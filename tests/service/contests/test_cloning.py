"""A contest out of another one: rules come along with their days moved, people and their attempts do not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from quiz.attempts.models import Attempt
from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.contests import queries
from quiz.contests.clone_service import clone_contest
from quiz.contests.cloning import cloned, first_day
from quiz.contests.definition import Decision
from quiz.contests.errors import ContestRefused
from quiz.contests.phases import Phase
from quiz.contests.service import definition_of
from quiz.core.database import db
from quiz.entries.models import Entry
from tests.support.factories import NOW, make_entry
from tests.support.sittings import RIGHT, fixed_contest, sit

ACTOR = Actor.system("tests")


def test_rules_come_along_and_people_do_not(app):
    contest = fixed_contest()
    sit(contest, make_entry(contest).id, RIGHT)
    made = clone_contest(
        contest, slug="nam-sau", title="Năm sau", opens_on=date(2027, 11, 21), actor=ACTOR, now=NOW
    )
    old, new = definition_of(contest), definition_of(made)
    days = timedelta(days=(date(2027, 11, 21) - first_day(old)).days)
    assert new.rounds == tuple(
        replace(one, opens_at=one.opens_at + days, closes_at=one.closes_at + days) for one in old.rounds
    )
    assert (new.entry, new.collective, new.lists) == (old.entry, old.collective, old.lists)
    assert [one.window.phase(NOW) for one in queries.list_rounds(made)] == [Phase.DRAFT]
    assert made.snapshot_at is None
    for rows in (Entry, Attempt):
        assert db.session.scalar(select(func.count()).where(rows.contest_id == made.id)) == 0
    log = db.session.scalars(
        select(AuditEvent).where(AuditEvent.contest_id == made.id).order_by(AuditEvent.id)
    ).all()
    assert [event.action for event in log] == ["contest_applied", "contest_cloned"]
    assert log[1].detail["source"] == contest.slug


def test_an_address_is_given_once_and_then_nothing_is_changed(app):
    contest = fixed_contest()
    with pytest.raises(ContestRefused) as refused:
        clone_contest(contest, slug=contest.slug, title="Khác", opens_on=None, actor=ACTOR, now=NOW)
    assert refused.value.code == "slug_is_taken"
    assert queries.get_contest(contest.slug).title != "Khác"


def test_hours_stay_when_the_clocks_change_and_the_decision_is_left_behind(app):
    contest = fixed_contest()
    whole = definition_of(contest)
    opens = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)  # 08:00 in Paris, in winter
    definition = replace(
        whole,
        settings=replace(
            whole.settings,
            timezone="Europe/Paris",
            decision=Decision("1-KH", date(2026, 1, 1)),
            two_persons=False,
        ),
        entry=replace(whole.entry, age_on=date(2026, 3, 1)),
        rounds=(replace(whole.rounds[0], opens_at=opens, closes_at=opens + timedelta(days=3)),),
    )
    made = cloned(definition, "khac", "Khác", date(2026, 7, 1))
    assert made.rounds[0].opens_at == datetime(2026, 7, 1, 6, 0, tzinfo=UTC)  # 08:00 in summer
    assert made.entry.age_on == date(2026, 7, 1)
    assert made.settings.decision is None
    assert made.settings.two_persons
