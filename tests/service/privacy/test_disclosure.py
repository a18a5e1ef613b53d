"""Unmasked data: a reason, a line in the log for each, so many a day."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.contests.models import Contest
from quiz.core.database import db
from quiz.privacy import disclosure, queries
from quiz.privacy.errors import DisclosureRefused, RequestInvalid
from tests.support.factories import KEYRING, NOW, make_contest, make_entry
from tests.support.staff import make_staff

REASON = "Gọi xác minh người đạt giải Nhì"


@pytest.fixture
def contest(app: Flask) -> Contest:
    """A contest."""
    return make_contest()


def officer(name: str = "ha.nguyen") -> Actor:
    """Who looks."""
    staff = make_staff(name)
    return Actor.staff(staff.id, staff.name)


def test_every_look_has_a_reason_and_a_line_in_the_log(contest: Contest) -> None:
    entry, actor = make_entry(contest, 1), officer()
    shown = disclosure.reveal(contest, entry.id, REASON, actor=actor, now=NOW, keyring=KEYRING)
    assert (shown.identity.phone, shown.identity.birth_date) == ("+84900000001", date(1962, 8, 15))
    kept = queries.list_disclosures(contest.id, entry.id)
    assert [(one.kind, one.reason, one.staff_id) for one in kept] == [("view", REASON, actor.id)]
    logged = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "data_shown")).one()
    assert (logged.actor_id, logged.detail["reason"]) == (actor.id, REASON)


@pytest.mark.parametrize("reason", ["", "   ", "xem", "x" * 400])
def test_without_a_reason_nothing_is_shown(contest: Contest, reason: str) -> None:
    entry, actor = make_entry(contest, 1), officer()
    with pytest.raises(RequestInvalid, match="reason_to_see_needed"):
        disclosure.reveal(contest, entry.id, reason, actor=actor, now=NOW, keyring=KEYRING)
    assert not queries.list_disclosures(contest.id, entry.id)


def test_an_officer_has_a_limit_a_day_in_all_contests_together(
    contest: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(disclosure.MOST_A_DAY, disclosure.VIEW, 2)
    actor, other = officer(), make_contest("khac")

    def look(mine: Contest, who: Actor, hours: int) -> int:
        now = NOW + timedelta(hours=hours)
        entry_id = make_entry(mine, 1).id
        return disclosure.reveal(mine, entry_id, REASON, actor=who, now=now, keyring=KEYRING).left_today

    assert [look(contest, actor, 0), look(other, actor, 1)] == [1, 0]
    # NOW is ten in the morning in Viet Nam: thirteen hours later it is the same day, fourteen later not.
    with pytest.raises(DisclosureRefused, match="disclosure_limit"):
        look(contest, actor, 13)
    assert look(contest, actor, 14) == 1
    assert look(contest, officer("thu"), 2) == 1


def test_an_export_counts_every_person_or_writes_nothing(
    contest: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(disclosure.MOST_A_DAY, disclosure.EXPORT, 3)
    people, actor = [make_entry(contest, number).id for number in range(1, 5)], officer()
    with pytest.raises(DisclosureRefused):
        disclosure.note_export(contest, people, REASON, actor=actor, now=NOW)
    assert not queries.list_disclosures(contest.id, people[0])
    disclosure.note_export(contest, people[:3], REASON, actor=actor, now=NOW)
    assert [len(queries.list_disclosures(contest.id, one)) for one in people] == [1, 1, 1, 0]
