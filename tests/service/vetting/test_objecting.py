"""An annulled entrant objects once, organisers answer once, and what was said goes when the person goes."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from quiz.attempts.models import Attempt
from quiz.attempts.queries import list_attempts
from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.contests.models import Contest
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.privacy.erasure import erase
from quiz.vetting import integrity_queries as queries
from quiz.vetting.annul_filter import AnnulFilter
from quiz.vetting.annulling import annul, fingerprint, preview, take_back
from quiz.vetting.objecting import ObjectionRefused, answer, object_to
from tests.support.factories import NOW, make_entry
from tests.support.sittings import RIGHT, fixed_contest, sit

STAFF: dict[str, Any] = {"actor": Actor.system("tests"), "now": NOW}


@pytest.fixture
def annulled() -> tuple[Contest, Attempt]:
    contest = fixed_contest()
    entry = make_entry(contest, 1)
    sit(contest, entry.id, RIGHT)
    wanted = AnnulFilter(people=(entry.id,))
    seen = fingerprint(preview(contest, 1, wanted).attempts)
    annul(contest, 1, wanted, seen=seen, reason="Lý do", notice="Không được tính", **STAFF)
    return contest, list_attempts(contest.id, entry.id, 1)[0]


def test_one_objection_and_one_answer(annulled: tuple[Contest, Attempt]) -> None:
    contest, attempt = annulled
    said = object_to(contest, attempt, "  Em thi cùng chị ở nhà. ", now=NOW + timedelta(seconds=1))
    assert said.words == "Em thi cùng chị ở nhà."
    assert queries.count_unanswered(contest.id, 1) == 1
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "annulment_objected")).one()
    assert (event.actor_kind, event.actor_id) == ("entrant", attempt.entry_id)
    assert "Em thi" not in str(event.detail), "words of people are not in the log"
    with pytest.raises(ObjectionRefused, match="objected_already"):
        object_to(contest, attempt, "Lần nữa", now=NOW)
    key = (said.annulment_id, attempt.entry_id)
    assert answer(contest, *key, " Đã xem lại. ", **STAFF).answer == "Đã xem lại."
    assert queries.count_unanswered(contest.id, 1) == 0
    with pytest.raises(ObjectionRefused, match="objection_answered"):
        answer(contest, *key, "Lần nữa", **STAFF)


@pytest.mark.parametrize("words", ["", "  ", "x" * 2_001])
def test_words_are_needed_and_not_too_many(annulled: tuple[Contest, Attempt], words: str) -> None:
    contest, attempt = annulled
    with pytest.raises(ObjectionRefused, match="objection_length"):
        object_to(contest, attempt, words, now=NOW)


def test_without_an_annulment_there_is_nothing_to_object_to(annulled: tuple[Contest, Attempt]) -> None:
    contest, attempt = annulled
    event = queries.find_annulment(attempt)
    assert event is not None
    event_id = event.id
    with pytest.raises(NotFound):
        answer(contest, event_id, 4711, "Trả lời", **STAFF)
    take_back(contest, 1, event_id, reason="Nhầm", **STAFF)
    again = db.session.get_one(Attempt, (contest.id, attempt.id), populate_existing=True)
    with pytest.raises(NotFound):
        object_to(contest, again, "Quá muộn", now=NOW)
    found = queries.find_annulment(again)
    assert found is not None
    assert found.undone_at == NOW


def test_what_was_said_goes_with_the_person(annulled: tuple[Contest, Attempt]) -> None:
    contest, attempt = annulled
    said = object_to(contest, attempt, "Tôi là Hương", now=NOW)
    entry_id, event_id = attempt.entry_id, said.annulment_id
    erase(contest.id, [entry_id], now=NOW + timedelta(days=1))
    assert queries.find_objection(contest.id, event_id, entry_id) is None
    assert list_attempts(contest.id, entry_id, 1)[0].void_notice is None
